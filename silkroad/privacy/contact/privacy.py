"""What is stored of requests, and why. Clauses P.1, 6.1d, 9a, 9b."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    REQUEST,
    SHORT,
    Beyond,
    ByRow,
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

_TENANT = nonpersonal("the company's workspace, or the installation")
_REQUEST = personal(
    "requester",
    DataClass.MESSAGE,
    "S1",
    Purpose.RIGHTS,
    source="use",
    basis="legal_duty",
    retention=REQUEST,
    erasure="delete",
)
_SAID = replace(_REQUEST, source="subject")
_TOLD_BY_ROW = ByRow("author", {"person": "subject", "team": "authorised"})
_TEXT = personal(
    "requester",
    DataClass.MESSAGE,
    "S2",
    Purpose.RIGHTS,
    source=_TOLD_BY_ROW,
    basis="legal_duty",
    retention=REQUEST,
    erasure="shred",
    sealed=True,
)
_REACH = personal(
    "requester",
    DataClass.CONTACT,
    "S2",
    Purpose.RIGHTS,
    source="subject",
    basis="legal_duty",
    retention=REQUEST,
    erasure="shred",
    sealed=True,
)
_WHO_ANSWERED = personal(
    "member",
    DataClass.WORK_ROLE,
    "S1",
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
    source="use",
    basis="legal_duty",
    retention=REQUEST,
    erasure="pseudonymise",
)


def _proof(source: Source, *, sealed: bool) -> Column:
    return personal(
        "requester",
        DataClass.IDENTITY,
        "S3" if sealed else "S1",
        Purpose.RIGHTS,
        source=source,
        basis="legal_duty",
        retention=SHORT,
        erasure="shred" if sealed else "delete",
        sealed=sealed,
    )


DECLARATIONS: Declarations = {
    "contact_requests": {
        "workspace_id": _TENANT,
        "id": _REQUEST,
        "token_hash": nonpersonal("hash of the random token of a secret link"),
        "kind": _SAID,
        "state": _REQUEST,
        "language": _SAID,
        "visitor_id": _REQUEST,
        "reach": _REACH,
        "asked": _REQUEST,
        "verified_by": _REQUEST,
        "code_hash": _proof("use", sealed=False),
        "code_tries": nonpersonal("how often a code was tried"),
        "code_expires_at": nonpersonal("when a code ends"),
        "proof": _proof("subject", sealed=True),
        "proof_key": _proof("use", sealed=False),
        "proof_at": _proof("use", sealed=False),
        "outcome": _REQUEST,
        "received_at": _REQUEST,
        "warn_at": nonpersonal("when the team is warned"),
        "due_at": nonpersonal("until when an answer is owed"),
        "warned_at": nonpersonal("when the team was warned"),
        "breached_at": nonpersonal("when the time was over without an answer"),
        "answered_at": _REQUEST,
        "bound_at": _REQUEST,
        "copied_at": _REQUEST,
        "closed_at": _REQUEST,
    },
    "contact_messages": {
        "workspace_id": _TENANT,
        "request_id": _REQUEST,
        "number": _REQUEST,
        "author": _REQUEST,
        "member_id": _WHO_ANSWERED,
        "text": _TEXT,
        "at": _REQUEST,
    },
}

_WHICH = {"request_id": passing("requester", Purpose.RIGHTS)}
_HOW = {"by": on_record("requester")}

BEYOND: Beyond = {
    "event": {"RequestsChanged": _WHICH},
    "job": {
        "WarnOfRequest": _WHICH,
        "LogBreach": _WHICH,
        "ForgetProof": _WHICH,
        "CloseQuiet": _WHICH,
        "ForgetRequest": _WHICH,
    },
    "audit": {
        "request.received": dict.fromkeys(("kind", "verified"), on_record("requester")),
        "request.identity_asked": _HOW,
        "request.proof_given": dict.fromkeys(("agreed", "notice"), on_record("requester")),
        "request.verified": _HOW,
        "request.bound": {"subject": on_record("visitor")},
        "person.copied": {"request": on_record("visitor", "requester")},
    },
}
