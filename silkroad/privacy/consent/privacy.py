"""What is stored of consents, and why. Clauses P.1, 6.3."""

from __future__ import annotations

from silkroad.kit.inventory import (
    CONVERSATION,
    LOG,
    MEMBERSHIP_LIFE,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_CONSENT = personal(
    "visitor",
    DataClass.CONSENT,
    "S1",
    Purpose.ACCOUNTABILITY,
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
)
_ACCEPTED = personal(
    "member",
    DataClass.CONSENT,
    "S1",
    Purpose.ACCOUNTABILITY,
    basis="legal_duty",
    retention=MEMBERSHIP_LIFE,
    erasure="delete",
)
_GRANT = personal(
    "visitor",
    DataClass.OPERATION,
    "S1",
    Purpose.MICROPHONE,
    Purpose.CAMERA,
    basis="consent",
    retention=LOG,
    erasure="delete",
)
_COMPANY = personal(
    "member",  # a sole trader's company bears a person's name
    DataClass.PROFILE,
    "S1",
    Purpose.ACCOUNTABILITY,
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
    sealed=True,
)
_WORKSPACE = nonpersonal("the company's workspace")
_TERMS = nonpersonal("the question's own facts, the same for everybody")

DECLARATIONS: Declarations = {
    "consents": {
        "workspace_id": _WORKSPACE,
        "subject_id": _CONSENT,
        "purpose": _CONSENT,
        "recipient": _CONSENT,
        "event": _CONSENT,
        "record_id": _CONSENT,
        "terms": _TERMS,
        "notice_hash": _CONSENT,
        "at": _CONSENT,
        "expires_at": _CONSENT,
    },
    "consent_records": {
        "workspace_id": _WORKSPACE,
        "id": _CONSENT,
        "schema_version": nonpersonal("the standard that the record is shaped like"),
        "event": _CONSENT,
        "at": _CONSENT,
        "subject_kind": nonpersonal("member or visitor"),
        "subject_id": _CONSENT,
        "purpose": _CONSENT,
        "data": _TERMS,
        "controller": _COMPANY,
        "recipient": _CONSENT,
        "notice_hash": _CONSENT,
        "language": _CONSENT,
        "retention": _TERMS,
        "retention_days": _TERMS,
        "jurisdiction": nonpersonal("the workspace's region"),
        "method": _CONSENT,
        "withdrawal": nonpersonal("by which door it is taken back"),
        "expires_at": _CONSENT,
        "relationship": _CONSENT,
        "evidence": _CONSENT,
    },
    "consent_renewals": {
        "workspace_id": _WORKSPACE,
        "purpose": nonpersonal("a purpose that everybody is asked about anew"),
        "since": nonpersonal("since when"),
    },
    "notice_acceptances": {
        "workspace_id": _WORKSPACE,
        "subject_id": _ACCEPTED,
        "notice_hash": _ACCEPTED,
        "language": _ACCEPTED,
        "at": _ACCEPTED,
    },
    "media_grants": {
        "workspace_id": _WORKSPACE,
        "id": _GRANT,
        "subject_id": _GRANT,
        "device": _GRANT,
        "consent_id": _GRANT,
        "granted_at": _GRANT,
        "ends_at": _GRANT,
    },
}
