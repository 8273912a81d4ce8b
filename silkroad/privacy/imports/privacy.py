"""What is stored of imports: who answers for what they brought in. Clauses 1.6b, P.1."""

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
    Purpose.REGISTRATION,
    source="use",
    basis="legal_duty",
    retention=WORKSPACE_LIFE,
    erasure="retain",
)

_WHAT = {
    "what": nonpersonal("what kind of thing was brought in"),
    "count": nonpersonal("how many"),
    "basis": nonpersonal("the ground that was attested"),
}

DECLARATIONS: Declarations = {
    "imports": {
        "workspace_id": nonpersonal("the company's workspace"),
        "id": nonpersonal("random id of an import"),
        **_WHAT,
        "notice_hash": nonpersonal("hash of a public text"),
        "imported_by": _BY,
        "at": _BY,
    }
}

BEYOND: Beyond = {"audit": {"import.attested": _WHAT}}
