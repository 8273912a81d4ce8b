"""What is stored of children and their guardians, and why. Clauses P.1, D.5, 7a."""

from __future__ import annotations

from silkroad.kit.inventory import (
    CONVERSATION,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_AGE = personal(
    "visitor",
    DataClass.MINOR,
    "S1",
    Purpose.RIGHTS,
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
)
_CHILD = personal(
    "visitor",
    DataClass.MINOR,
    "S3",
    Purpose.RIGHTS,
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="shred",
    sealed=True,
)

DECLARATIONS: Declarations = {
    "age_gates": {
        "workspace_id": nonpersonal("the company's workspace"),
        "asks": nonpersonal("whether the company asks for birth dates"),
        "changed_at": nonpersonal("when that was decided"),
    },
    "wards": {
        "workspace_id": nonpersonal("the company's workspace"),
        "visitor_id": _AGE,
        "standing": _AGE,
        "birth_date": _CHILD,
        "request_id": _AGE,
        "consent": _CHILD,
        "notice_hash": _AGE,
        "language": _AGE,
        "changed_at": _AGE,
    },
}
