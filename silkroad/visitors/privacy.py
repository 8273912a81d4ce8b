"""What is stored of visitors, and why. Clauses P.1, 1.2, 1.3."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    CONVERSATION,
    SESSION,
    ByRow,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_ID = personal(
    "visitor",
    DataClass.CONTACT,
    "S1",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source="use",
    basis="contract",
    retention=CONVERSATION,
    erasure="delete",
)
_CAME = personal(
    "visitor",
    DataClass.CONTACT,
    "S1",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    Purpose.ACCOUNTABILITY,  # what they were told depends on it
    source="use",
    basis="contract",
    retention=CONVERSATION,
    erasure="delete",
)
_SPEAKER = replace(_ID, purposes=_ID.purposes | {Purpose.RESEARCH})
_TOLD_BY_ROW = ByRow("source", {"visitor": "subject", "site": "authorised", "team": "authorised"})
_DETAIL = personal(
    "visitor",
    DataClass.CONTACT,
    "S1",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source=_TOLD_BY_ROW,
    basis="contract",
    retention=CONVERSATION,
    erasure="shred",
    sealed=True,
)
_NOTICE = personal(
    "visitor",
    DataClass.CONSENT,
    "S1",
    Purpose.ACCOUNTABILITY,
    source="use",
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
)
_SESSION = personal(
    "visitor",
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    Purpose.CONVERSATION,
    source="use",
    basis="contract",
    retention=SESSION,
    erasure="delete",
    export="exclude",
)

DECLARATIONS: Declarations = {
    "visitors": {
        "workspace_id": nonpersonal("the company's workspace"),
        "id": _SPEAKER,
        "inbox_id": nonpersonal("the channel"),
        "language": _SPEAKER,
        "name": _DETAIL,
        "email": _DETAIL,
        "phone": _DETAIL,
        "customer_index": replace(_SPEAKER, source="authorised"),
        "verified": _ID,
        "notice_hash": _NOTICE,
        "source": _NOTICE,
        "created_at": _CAME,
    },
    "visitor_sessions": {
        "workspace_id": nonpersonal("the company's workspace"),
        "id": _SESSION,
        "token_hash": _SESSION,
        "visitor_id": _SESSION,
        "created_at": _SESSION,
        "expires_at": _SESSION,
    },
}
