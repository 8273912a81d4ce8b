"""What is stored of publications, and why. Clauses P.1, 5.3."""

from __future__ import annotations

from silkroad.kit.inventory import (
    REQUEST,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    on_record,
    passing,
    personal,
)

_RECORD = personal(
    "visitor",
    DataClass.CONSENT,
    "S1",
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
    source="subject",
    basis="legal_duty",
    retention=REQUEST,
    erasure="delete",
)
_TENANT = nonpersonal("the company's workspace")

DECLARATIONS: Declarations = {
    "publication_rules": {
        "workspace_id": _TENANT,
        "allowed": nonpersonal("whether the company lets visitors publish"),
        "changed_at": nonpersonal("when the company changed that"),
    },
    "publications": {
        "workspace_id": _TENANT,
        "id": _RECORD,
        "token_hash": _RECORD,
        "visitor_id": _RECORD,
        "inbox_id": nonpersonal("the channel"),
        "conversation_id": _RECORD,
        "last_seq": _RECORD,
        "notice_hash": _RECORD,
        "language": _RECORD,
        "purpose": _RECORD,
        "kinds": _RECORD,
        "sensitivity": _RECORD,
        "made_at": _RECORD,
        "expires_at": _RECORD,
        "ended_at": _RECORD,
    },
}

BEYOND: Beyond = {
    "job": {"ForgetPublication": {"publication_id": passing("visitor", Purpose.ACCOUNTABILITY)}},
    "audit": {
        "publication.rule": {"allowed": nonpersonal("whether the company lets visitors publish")},
        "publication.made": {"sensitivity": on_record("visitor")},
    },
}
