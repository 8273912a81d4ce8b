"""What is stored of exceptions: who asked, who agreed, why, and every use. Clauses 4.3, P.1."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    Beyond,
    Column,
    DataClass,
    Declarations,
    Export,
    Purpose,
    Source,
    Subject,
    nonpersonal,
    on_record,
    passing,
    personal,
)


def _kept(
    subjects: Subject | tuple[Subject, ...],
    data: DataClass = DataClass.AUDIT,
    *,
    source: Source = "use",
    export: Export = "include",
    sealed: bool = False,
) -> Column:
    """Return the declaration of what has to be shown later: it stays as long as the workspace."""
    return personal(
        subjects,
        data,
        "S1",
        Purpose.ACCOUNTABILITY,
        source=source,
        basis="legal_duty",
        retention=WORKSPACE_LIFE,
        erasure="retain",
        export=export,
        sealed=sealed,
    )


_WORKSPACE = nonpersonal("the company's workspace")
_ID = nonpersonal("random id of an exception")
_WHO: tuple[Subject, ...] = ("visitor", "member")
_MEMBER = _kept("member")
_SUBJECT = _kept(_WHO, export="exclude")  # a law may forbid to tell of it: see the notices
_TOLD = _kept(_WHO)
_REFUSAL = _kept(_WHO, DataClass.CONSENT, source="subject")
_CODE = nonpersonal("which of the eleven exceptions")
_GROUNDS = _kept(_WHO, source="authorised", export="exclude", sealed=True)

DECLARATIONS: Declarations = {
    "exceptions": {
        "workspace_id": _WORKSPACE,
        "id": _ID,
        "code": _CODE,
        "grounds": _GROUNDS,
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

_WHO_IT_IS = {"subject": on_record(*_WHO)}
_NO = {"code": on_record(*_WHO)}

BEYOND: Beyond = {
    "event": {
        "ExceptionChanged": {"exception_id": _ID},
        "ExceptionUsed": {"exception_id": _ID},
        "PersonTold": {
            "exception_id": _ID,
            "subject_id": passing(_WHO, Purpose.ACCOUNTABILITY),
        },
    },
    "job": {"CloseException": {"exception_id": _ID}},
    "audit": {
        **{
            f"exception.{what}": {"code": _CODE}
            for what in ("proposed", "approved", "began", "ended", "expired")
        },
        "exception.person_told": _WHO_IT_IS,
        "exception.handed_over": _WHO_IT_IS,
        "exception.refused": _NO,
        "exception.refusal_ended": _NO,
    },
    "document": {
        "exceptions.grounds": dict.fromkeys(
            (
                *("reason", "statute", "instrument", "case_id"),
                *("source", "source_date", "fields"),
            ),
            _GROUNDS,
        )
    },
}
