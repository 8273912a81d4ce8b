"""What a shared ticket holds for its thirty seconds. Clauses P.1, 3.2."""

from __future__ import annotations

from silkroad.kit.inventory import (
    SHORT,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_BEARER = personal(
    ("member", "visitor"),
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    source="use",
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
)

DECLARATIONS: Declarations = {
    "tickets": {
        "workspace_id": nonpersonal("the company's workspace"),
        "token_hash": nonpersonal("hash of a random token"),
        "role": nonpersonal("what the bearer may do"),
        "actor_kind": nonpersonal("visitor or member"),
        "actor_id": _BEARER,
        "account_id": _BEARER,
        "session_id": _BEARER,
        "inbox_ids": nonpersonal("the inboxes that the bearer works in"),
        "expires_at": nonpersonal("when the ticket ends"),
    },
}
