"""What stays of whoever was erased: that they were, as an id and times. Clauses P.1, 6.1e."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_ERASED = personal(
    "visitor",
    DataClass.AUDIT,
    "S1",
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
    basis="legal_duty",
    retention=WORKSPACE_LIFE,
    erasure="retain",  # without it a restored backup would bring them back
)

DECLARATIONS: Declarations = {
    "erasures": {
        "workspace_id": nonpersonal("the company's workspace"),
        "subject_id": _ERASED,
        "asked_at": _ERASED,
        "shredded_at": _ERASED,
        "erased_at": _ERASED,
    }
}
