"""What is stored of consents, and why. Clauses P.1, 6.3."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    CONVERSATION,
    LOG,
    MEMBERSHIP_LIFE,
    Beyond,
    ByRow,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    on_record,
    passing,
    personal,
)

from .model import EVENTS

_CONSENT = personal(
    ("visitor", "member"),
    DataClass.CONSENT,
    "S1",
    Purpose.ACCOUNTABILITY,
    source="use",
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
)
_RECORD = replace(
    _CONSENT,
    source=ByRow(
        "method",
        {
            "console": "subject",
            "widget": "subject",
            "push_window": "subject",
            "guardian": "authorised",
            "clock": "use",
            "policy": "use",
        },
    ),
)
_ACCEPTED = personal(
    "member",
    DataClass.CONSENT,
    "S1",
    Purpose.ACCOUNTABILITY,
    source="subject",
    basis="legal_duty",
    retention=MEMBERSHIP_LIFE,
    erasure="delete",
)
_GRANT = personal(
    ("visitor", "member"),
    DataClass.OPERATION,
    "S1",
    Purpose.ACCOUNTABILITY,  # that it was allowed, and on which ground, stays to be shown
    Purpose.MICROPHONE,
    Purpose.CAMERA,
    source="subject",
    basis="legal_duty",
    retention=LOG,
    erasure="delete",
)
_COMPANY = personal(
    "member",  # a sole trader's company bears a person's name
    DataClass.PROFILE,
    "S1",
    Purpose.ACCOUNTABILITY,
    source="subject",
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
        "id": _RECORD,
        "schema_version": nonpersonal("the standard that the record is shaped like"),
        "event": _RECORD,
        "at": _RECORD,
        "subject_kind": nonpersonal("member or visitor"),
        "subject_id": _RECORD,
        "purpose": _RECORD,
        "data": _TERMS,
        "controller": _COMPANY,
        "recipient": _RECORD,
        "notice_hash": _RECORD,
        "language": _RECORD,
        "retention": _TERMS,
        "retention_days": _TERMS,
        "jurisdiction": nonpersonal("the workspace's region"),
        "method": _RECORD,
        "withdrawal": nonpersonal("by which door it is taken back"),
        "expires_at": _RECORD,
        "relationship": _RECORD,
        "evidence": _RECORD,
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

_ANSWER = passing(("visitor", "member"), Purpose.ACCOUNTABILITY)
_ANSWERED = on_record("visitor", "member")

BEYOND: Beyond = {
    "event": {"ConsentChanged": {"subject_id": _ANSWER, "purpose": _ANSWER}},
    "job": {
        "ExpireConsent": {"record_id": _ANSWER},
        "RenewConsents": {
            "about": nonpersonal("a purpose that everybody is asked about anew"),
            "since": nonpersonal("since when"),
        },
    },
    "audit": {
        **{f"consent.{event}": {"purpose": _ANSWERED} for event in EVENTS},
        "media.granted": {"device": _ANSWERED},
    },
    "memory": {
        "privacy.consent.details": {"_resting": nonpersonal("names of what the program stores")},
    },
}
