"""What is stored of children and their guardians, and why. Clauses P.1, D.5, 7a."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    CONVERSATION,
    Beyond,
    Column,
    DataClass,
    Declarations,
    Purpose,
    Source,
    nonpersonal,
    on_record,
    passing,
    personal,
)

_AGE = personal(
    "visitor",
    DataClass.MINOR,
    "S1",
    Purpose.RIGHTS,
    source="use",
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
)


def _child(source: Source) -> Column:
    """Return the declaration of what must stay under lock about a child."""
    return personal(
        "visitor",
        DataClass.MINOR,
        "S3",
        Purpose.RIGHTS,
        source=source,
        basis="legal_duty",
        retention=CONVERSATION,
        erasure="shred",
        sealed=True,
    )


_CONSENT = replace(_child("authorised"), export="exclude")
"""A guardian's name and words: theirs, and not the child's to hand on."""

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
        "birth_date": _child("subject"),
        "request_id": _AGE,
        "consent": _CONSENT,
        "consent_key": replace(_AGE, export="exclude"),
        "notice_hash": _AGE,
        "language": _AGE,
        "changed_at": _AGE,
    },
}

_TOLD = replace(passing("visitor", Purpose.RIGHTS), data=DataClass.MINOR, basis="legal_duty")

_WHICH = {"visitor_id": _TOLD}

BEYOND: Beyond = {
    "event": {"WardChanged": _WHICH},
    "job": {"ForgetWritten": _WHICH},
    "audit": {
        "age_gate.changed": {"asks": nonpersonal("whether the company asks for birth dates")},
        "guardian.claimed": {"relationship": on_record("visitor")},
    },
    "document": {"wards.consent": dict.fromkeys(("name", "relationship", "evidence"), _CONSENT)},
}
