"""What is stored of grants: who let which source deliver what. Clauses 1.8a, P.1."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_BY = personal(
    "member",
    DataClass.AUDIT,
    "S1",
    Purpose.ACCOUNTABILITY,
    Purpose.TEAMWORK,
    source="use",
    basis="legal_duty",
    retention=WORKSPACE_LIFE,
    erasure="retain",
)

_SOURCE = nonpersonal("the channel whose site delivers")

DECLARATIONS: Declarations = {
    "inbound_grants": {
        "workspace_id": nonpersonal("the company's workspace"),
        "id": nonpersonal("random id of a grant"),
        "source_id": _SOURCE,
        "details": nonpersonal("which kinds of details may be delivered"),
        "granted_by": _BY,
        "granted_at": nonpersonal("since when the source may deliver"),
        "ended_by": _BY,
        "ended_at": nonpersonal("until when the source could deliver"),
    }
}

BEYOND: Beyond = {"audit": {"grant.given": {"source": _SOURCE}, "grant.ended": {"source": _SOURCE}}}
