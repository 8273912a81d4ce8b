"""Asking for an exception, approving it, using it, ending it, and saying no to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from silkroad.engines.database import Transaction
from silkroad.kit.clock import DAY, HOUR
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.privacy import assessments

from . import store
from .events import CloseException, ExceptionChanged, ExceptionUsed, PersonTold
from .model import (
    KINDS,
    MOST_OPEN,
    NOT_OFFERED,
    UNASKED,
    Answer,
    Code,
    ExceptionDraft,
    ExceptionNotice,
    ExceptionRecord,
    ExceptionUse,
    Kind,
    Living,
    Use,
    off_here,
    shown_use,
)
from .people import store as people
from .uses import store as uses

REPORT_AT_ONCE = 200


class Surroundings(NamedTuple):
    """What the transaction cannot know: what a contract needs, and whether this is the press."""

    contract_fields: Mapping[str, DataClass]
    press: bool


class Report(NamedTuple):
    """Uses, the newest first, and where the older ones go on; None at the end."""

    items: list[ExceptionUse]
    before: int | None


# asking and approving


def propose(tx: Transaction, draft: ExceptionDraft, around: Surroundings) -> ExceptionRecord:
    """Ask for an exception. One that needs no approval begins at once.

    Raises Refusal ``invalid``, ``exception_off``, ``too_many``, ``feature_locked``.
    """
    assessments.require_open(tx, "exceptions")
    kind = KINDS[draft.code]
    if off_here(kind, press=around.press):
        raise refuse("exception_off")
    _check_grounds(tx, kind, draft)
    _check_scope(tx, kind, draft, around.contract_fields)
    if store.count_open(tx) >= MOST_OPEN:
        raise refuse("too_many")
    exception_id = tx.new_id("exc")
    store.add(tx, exception_id, draft)
    tx.audit("exception.proposed", exception_id, code=draft.code)
    return _begin_if_approved(tx, exception_id)


def _check_grounds(tx: Transaction, kind: Kind, draft: ExceptionDraft) -> None:
    for need in kind.needs:
        if not getattr(draft.grounds, need):
            raise invalid(f"$.grounds.{need}", f"{kind.code} needs this.", "required")
    if draft.grounds.source_date:
        _check_date(draft.grounds.source_date, tx.now)
    if draft.barred and "case_id" not in kind.needs:
        raise invalid("$.barred", "Only an investigation may forbid to tell of it.")


def _check_date(text: str, now: int) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise invalid("$.grounds.source_date", "This is not a day.") from wrong
    if (day - date(1970, 1, 1)).days > now // DAY + 1:  # the day begins earlier in the east
        raise invalid("$.grounds.source_date", "This day has not come yet.")


def _check_scope(
    tx: Transaction, kind: Kind, draft: ExceptionDraft, needed: Mapping[str, DataClass]
) -> None:
    if not tx.now < draft.expires_at <= tx.now + kind.longest:
        hours = kind.longest // HOUR
        raise invalid("$.expires_at", f"{kind.code} lasts {hours} hours at most.", "too_long")
    _check_purpose(kind, draft)
    if draft.everybody == bool(draft.subjects):
        raise invalid("$.subjects", "Name the people, or say that it is everybody.", "required")
    if kind.named and draft.everybody:
        raise invalid("$.everybody", f"{kind.code} is for people who are named.")
    if beyond := set(draft.data) - kind.data:
        raise invalid("$.data", f"{kind.code} does not reach {', '.join(sorted(beyond))}.")
    if "fields" in kind.needs:
        _check_fields(draft, needed)


def _check_purpose(kind: Kind, draft: ExceptionDraft) -> None:
    """Hold what is asked for against a kind that is for one purpose alone."""
    if kind.only is None:
        if draft.purpose in NOT_OFFERED:
            raise invalid("$.purpose", f"{kind.code} is not for this.")
        return
    if draft.purpose != kind.only:
        raise invalid("$.purpose", f"{kind.code} is for {kind.only} alone.")
    if not draft.everybody:
        raise invalid("$.everybody", f"{kind.code} is for everybody, and nobody by name.")
    if set(draft.data) != kind.data:
        raise invalid("$.data", f"{kind.code} is for all its kinds of data.")


def _check_fields(draft: ExceptionDraft, needed: Mapping[str, DataClass]) -> None:
    """Hold EX07 against the fields that are declared as needed for a contract."""
    beyond = sorted(set(draft.grounds.fields) - needed.keys())
    if beyond:
        raise invalid("$.grounds.fields", f"No contract needs {', '.join(beyond)}.")
    if set(draft.data) != {needed[name] for name in draft.grounds.fields}:
        raise invalid("$.data", "These are not the kinds of data of the fields.")


def approve(
    tx: Transaction, exception_id: str, admins_of: Callable[[Transaction], Collection[str]]
) -> ExceptionRecord:
    """Agree to an exception that somebody else asked for; with the last approval it begins.

    Only those count who are administrators still.
    Raises Refusal ``not_found``, ``exception_over``, ``own_proposal``, ``already_exists``.
    """
    store.lock(tx, exception_id)
    record = by_id(tx, exception_id)
    if record.state in {"ended", "expired"}:
        raise refuse("exception_over")
    if record.proposed_by == tx.scope.actor_id:
        raise refuse("own_proposal")
    if record.state == "active" or tx.scope.actor_id in record.approved_by:
        raise refuse("already_exists")
    store.approve(tx, exception_id)
    tx.audit("exception.approved", exception_id, code=record.code)
    with tx.doing(Purpose.TEAMWORK):
        admins = admins_of(tx)
    return _begin_if_approved(tx, exception_id, admins)


def _begin_if_approved(
    tx: Transaction, exception_id: str, admins: Collection[str] = ()
) -> ExceptionRecord:
    record = by_id(tx, exception_id)
    if len(set(record.approved_by) & set(admins)) >= record.approvals_needed:
        store.start(tx, exception_id)
        tx.audit("exception.began", exception_id, code=record.code)
        tx.enqueue(CloseException(exception_id), delay=record.expires_at - tx.now)
    tell_administrators(tx, record)
    return by_id(tx, exception_id)


# being over


def end(tx: Transaction, exception_id: str) -> ExceptionRecord:
    """End an exception, or take a proposal back.

    Raises Refusal ``not_found``, ``exception_over``.
    """
    store.lock(tx, exception_id)
    record = by_id(tx, exception_id)
    if record.state in {"ended", "expired"}:
        raise refuse("exception_over")
    store.end(tx, exception_id)
    tx.audit("exception.ended", exception_id, code=record.code)
    _close(tx, record)
    return by_id(tx, exception_id)


def run_out(tx: Transaction, job: CloseException) -> None:
    """Tell whoever has to know that the time of an exception is over."""
    record = store.one(tx, job.exception_id)
    if record and record.state == "expired":
        tx.audit("exception.expired", record.id, code=record.code)
        _close(tx, record)


def _close(tx: Transaction, record: ExceptionRecord) -> None:
    if KINDS[record.code].tells:
        for subject_id in uses.touched(tx, record.id):
            people.tell(tx, record.id, subject_id)
            tx.audit("exception.person_told", record.id, subject=subject_id)
            tx.emit(PersonTold(record.id, subject_id))
    tell_administrators(tx, record)


def tell_administrators(tx: Transaction, record: ExceptionRecord) -> None:
    """Tell the consoles of a change, unless a law forbids it."""
    if not record.barred:
        tx.emit(ExceptionChanged(record.id))


# using


def covered(
    tx: Transaction,
    subject_id: str,
    purpose: Purpose,
    data: DataClass,
    *,
    asked: str,
    field: str = "",
    answer: Answer = UNASKED,
) -> Living | None:
    """Return the exception under which this may be done without consent, and write the use down.

    ``asked`` names what asks, such as an operation; ``subject_id`` is empty for what is done with
    everybody's data at once; for the rest see ``covers``. None, and nothing
    written, when there is none. Needs a writing transaction.
    """
    living = covers(tx, subject_id, purpose, data, field=field, answer=answer)
    if living is not None:
        with tx.doing(Purpose.ACCOUNTABILITY):
            use = Use(subject_id, data, field, asked, answer)
            uses.add(tx, tx.emit(ExceptionUsed(living.id)), living, use)
    return living


def covers(
    tx: Transaction,
    subject_id: str,
    purpose: Purpose,
    data: DataClass,
    *,
    field: str = "",
    answer: Answer = UNASKED,
) -> Living | None:
    """Return the living exception that reaches this person, purpose and kind of data.

    ``field`` is a ``table.column``, without which EX07 covers nothing. None also when the person
    has said no to it, or to the purpose itself, unless a law asks for it whatever they said; and
    while exceptions are locked.
    """
    if assessments.is_locked(tx, "exceptions"):
        return None
    with tx.doing(Purpose.ACCOUNTABILITY):  # whatever is being done, the register is read for this
        refused = people.refused(tx, subject_id)
        for living in store.covering(tx, subject_id, purpose):
            barred = living.code in refused or (answer.no and not KINDS[living.code].despite_no)
            if not barred and living.reaches(data, field):
                return living
    return None


def whoever_refuses(tx: Transaction, code: Code) -> set[str]:
    """Return who has said no to a kind."""
    with tx.doing(Purpose.ACCOUNTABILITY):
        return people.refusing(tx, code)


# looking


def by_id(tx: Transaction, exception_id: str) -> ExceptionRecord:
    """Return an exception of this workspace. Raises Refusal ``not_found``."""
    record = store.one(tx, exception_id)
    if record is None:
        raise refuse("not_found")
    return record


def list_exceptions(tx: Transaction) -> list[ExceptionRecord]:
    """Return the newest exceptions of the workspace; older ones are read by their ids.

    Those of which nobody may be told stay with whoever has a hand in them.
    """
    return [record for record in store.newest(tx) if may_be_told_of(tx, record)]


def report(tx: Transaction, before: int) -> Report:
    """Return the uses with lower numbers than ``before``, the newest first."""
    found = uses.before(tx, before, REPORT_AT_ONCE + 1)
    page = found[:REPORT_AT_ONCE]
    records = {name: by_id(tx, name) for name in {noted.exception_id for noted in page}}
    shown = [noted for noted in page if may_be_told_of(tx, records[noted.exception_id])]
    more = page[-1].number if len(found) > REPORT_AT_ONCE else None
    return Report([shown_use(noted, records[noted.exception_id].code) for noted in shown], more)


def may_be_told_of(tx: Transaction, record: ExceptionRecord) -> bool:
    """Whether the caller may hear of it: a law may forbid it, but not to who has a hand in it."""
    hands = {record.proposed_by, *record.approved_by}
    return not record.barred or tx.scope.actor_id in hands


# the person's own


class AboutMe(NamedTuple):
    """What the caller was told afterwards, and to what they have said no."""

    notices: list[ExceptionNotice]
    refused: list[Code]


def about_me(tx: Transaction) -> AboutMe:
    told = people.told(tx, tx.scope.actor_id)
    notices = [_notice(tx, by_id(tx, exception_id), at) for exception_id, at in told]
    return AboutMe(notices, people.refused(tx, tx.scope.actor_id))


def _notice(tx: Transaction, record: ExceptionRecord, told_at: int) -> ExceptionNotice:
    return ExceptionNotice(
        code=record.code,
        clause=record.clause,
        reason=record.grounds.reason,
        purpose=record.purpose,
        data=record.data,
        started_at=record.started_at or record.proposed_at,
        ended_at=record.ended_at or record.expires_at,
        uses=uses.count_about(tx, record.id, tx.scope.actor_id),
        told_at=told_at,
    )


def refuse_public_sources(tx: Transaction, subject_id: str, code: Code, *, no: bool) -> None:
    """Note that a person says no to a use of what is public about them, or takes that back.

    It holds for every exception of that kind, now and later. Raises Refusal ``invalid`` for a
    kind that does not ask them, and what holds a visitor for whatever is no refusal (7a).
    """
    if not KINDS[code].refusable:
        raise invalid("$.code", f"{code} does not depend on this person.")
    if tx.scope.held and not no:
        raise refuse(tx.scope.held)
    (people.refuse if no else people.allow)(tx, subject_id, code)
    tx.audit("exception.refused" if no else "exception.refusal_ended", subject_id, code=code)
