"""What is stored of exceptions: who asked, who agreed, why, and every use. Clauses 4.3, P.1."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    Column,
    DataClass,
    Declarations,
    Export,
    Purpose,
    Subject,
    nonpersonal,
    personal,
)


def _kept(
    subject: Subject,
    data: DataClass = DataClass.AUDIT,
    *,
    export: Export = "include",
    sealed: bool = False,
) -> Column:
    """Return the declaration of what has to be shown later: it stays as long as the workspace."""
    return personal(
        subject,
        data,
        "S1",
        Purpose.ACCOUNTABILITY,
        basis="legal_duty",
        retention=WORKSPACE_LIFE,
        erasure="retain",
        export=export,
        sealed=sealed,
    )


_WORKSPACE = nonpersonal("the company's workspace")
_ID = nonpersonal("random id of an exception")
_MEMBER = _kept("member")
_SUBJECT = _kept("visitor", export="exclude")  # a law may forbid to tell of it: see the notices
_TOLD = _kept("visitor")
_REFUSAL = _kept("visitor", DataClass.CONSENT)

DECLARATIONS: Declarations = {
    "exceptions": {
        "workspace_id": _WORKSPACE,
        "id": _ID,
        "code": nonpersonal("which of the eleven exceptions"),
        "grounds": _kept("visitor", export="exclude", sealed=True),
        "purpose": nonpersonal("what it is for"),
        "data": nonpersonal("which kinds of data it reaches"),
        "everybody": nonpersonal("whether it is about all or about those who are named"),
        "barred": nonpersonal("whether a law forbids to tell of it"),
        "proposed_by": _MEMBER,
        "proposed_at": _MEMBER,
        "started_at": nonpersonal("since when it is in force"),
        "expires_at": nonpersonal("until when it is in force at the longest"),
        "ended_by": _MEMBER,
        "ended_at": _MEMBER,
    },
    "exception_subjects": {
        "workspace_id": _WORKSPACE,
        "exception_id": _SUBJECT,
        "subject_id": _SUBJECT,
    },
    "exception_approvals": {
        "workspace_id": _WORKSPACE,
        "exception_id": _MEMBER,
        "member_id": _MEMBER,
        "at": _MEMBER,
    },
    "exception_uses": {
        "workspace_id": _WORKSPACE,
        "number": _SUBJECT,
        "exception_id": _SUBJECT,
        "at": _SUBJECT,
        "purpose": _SUBJECT,
        "data": _SUBJECT,
        "field": _SUBJECT,
        "subject_id": _SUBJECT,
        "asked": _SUBJECT,
        "consent_id": _SUBJECT,
        "said_no": _SUBJECT,
        "actor_kind": _MEMBER,
        "actor_id": _MEMBER,
    },
    "exception_refusals": {
        "workspace_id": _WORKSPACE,
        "subject_id": _REFUSAL,
        "code": _REFUSAL,
        "at": _REFUSAL,
    },
    "exception_notices": {
        "workspace_id": _WORKSPACE,
        "subject_id": _TOLD,
        "exception_id": _TOLD,
        "at": _TOLD,
    },
}
