"""Asking, agreeing, refusing, taking back; and the gate. Clauses 1.1, 5.1, 6.3."""

from __future__ import annotations

from typing import NamedTuple, get_args

import msgspec

from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import CONSENT_NEEDS, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.parties import Parties
from silkroad.privacy import exceptions, policy
from silkroad.privacy.exceptions import UNASKED, Answer
from silkroad.privacy.processors import makers

from . import store
from .acceptances import store as acceptances
from .events import ConsentChanged, ExpireConsent
from .grants import store as grants
from .model import (
    LIFE,
    SCHEMA,
    Agreed,
    ConsentAnswer,
    ConsentNotice,
    ConsentPurpose,
    ConsentRecord,
    Event,
    MediaDevice,
    Method,
    Recorded,
    Standing,
    Subject,
    terms_of,
)
from .notice import notice
from .scoped import to_account_for

WITHDRAWAL: dict[Method, str] = {
    "console": "POST /api/me/consents/withdrawal",
    "widget": "POST /api/widget/{inbox_id}/consents/withdrawal",
    "push_window": "POST /api/widget/{inbox_id}/consents/withdrawal",
    "guardian": "POST /api/contact/revoke",
}
"""How a consent is taken back that was given there: by the same door, in one step."""


class About(NamedTuple):
    """Which question, to whom, and who gets something: what a record is about."""

    subject: Subject
    purpose: ConsentPurpose
    recipient: str
    parties: Parties
    method: Method


def caller(tx: Transaction) -> Subject:
    """Return the calling member or visitor. Raises Refusal ``forbidden``."""
    kind = tx.scope.actor_kind
    if kind not in {"member", "visitor"}:
        raise refuse("forbidden")
    return Subject("member" if kind == "member" else "visitor", tx.scope.actor_id)


# the gate


def require(
    tx: Transaction, subject_id: str, purpose: ConsentPurpose, recipient: str = "", *, asked: str
) -> str:
    """Return the ground on which this is done now. Raises Refusal ``consent_required``."""
    ground = ground_of(tx, subject_id, purpose, recipient, asked=asked)
    if ground is None:
        raise refuse("consent_required")
    return ground


@to_account_for
def ground_of(
    tx: Transaction, subject_id: str, purpose: ConsentPurpose, recipient: str = "", *, asked: str
) -> str | None:
    """Return the id of a living consent, or else of an exception that stands in for it. 4.3.

    The use of an exception is written down, beside what the person had answered; ``asked`` names
    what asks. None when nobody may do this now.
    """
    found = store.standing(tx, subject_id, purpose, recipient)
    if found and found.lives(tx.now):
        return found.record_id
    if not _excepted(tx, subject_id, purpose):
        return None
    answer = _answered(tx, subject_id, purpose)
    about = Purpose(purpose)
    used = [
        exceptions.covered(tx, subject_id, about, kind, asked=asked, answer=answer)
        for kind in sorted(CONSENT_NEEDS[about].data)
    ]
    return used[0].id if used[0] else None


@to_account_for
def is_open(tx: Transaction, subject_id: str, purpose: ConsentPurpose, recipient: str = "") -> bool:
    """Whether there is a ground for this now, and this recipient. Nothing is written down."""
    found = store.standing(tx, subject_id, purpose, recipient)
    lives = found is not None and found.lives(tx.now)
    return lives or _excepted(tx, subject_id, purpose)


@to_account_for
def is_living(tx: Transaction, subject_id: str, purpose: Recorded) -> bool:
    """Whether a consent lives now, given by whoever can give it. No exception stands in for it."""
    found = store.standing(tx, subject_id, purpose, "")
    return found is not None and found.lives(tx.now)


def _excepted(tx: Transaction, subject_id: str, purpose: ConsentPurpose) -> bool:
    """Whether exceptions reach all that a purpose needs of a person, whatever they have answered.

    A no is heard last: to look it up opens records, and mostly there is no exception at all.
    """
    about = Purpose(purpose)
    kinds = CONSENT_NEEDS[about].data
    if not all(exceptions.covers(tx, subject_id, about, kind) for kind in kinds):
        return False
    answer = _answered(tx, subject_id, purpose)
    return all(exceptions.covers(tx, subject_id, about, kind, answer=answer) for kind in kinds)


def _answered(tx: Transaction, subject_id: str, purpose: ConsentPurpose) -> Answer:
    """Return what somebody said last to a question, whichever recipient it named."""
    said = _words(tx, subject_id, purpose)
    return Answer(said[-1].record_id, said[-1].event != "given") if said else UNASKED


def _words(tx: Transaction, subject_id: str, purpose: ConsentPurpose) -> list[ConsentRecord]:
    """Return each yes and each no of somebody to a question, the oldest first.

    To have it before one's eyes once more is no answer, and neither is what became of a yes.
    """
    return [
        record
        for record in store.records(tx, subject_id)
        if record.purpose == purpose and record.event in {"given", "refused", "withdrawn"}
    ]


# answers


@to_account_for
def answer(tx: Transaction, given: ConsentAnswer, parties: Parties, method: Method) -> None:
    """Take the caller's answer. Raises Refusal ``notice_required``, ``invalid``.

    A no to what was agreed to takes it back; a question that is asked again changes nothing.
    """
    about = About(caller(tx), given.purpose, "", parties, method)
    agreed = Agreed(given.notice_hash, given.language)
    _check_shown(about, agreed)
    match given.answer:
        case "given":
            if CONSENT_NEEDS[Purpose(given.purpose)].outside != bool(given.recipient):
                raise invalid("$.recipient", "Name who receives it, where somebody does.")
            if given.recipient and given.recipient not in makers():
                raise invalid("$.recipient", "Nobody of this name receives anything.")
            give(tx, about._replace(recipient=given.recipient), agreed)
        case "requested":
            ask(tx, about, given.language)
        case "refused":
            if _agrees(tx, about):
                withdraw(tx, about.subject, given.purpose, method)
            else:
                _write(tx, about, "refused", agreed)


@to_account_for
def give(tx: Transaction, about: About, agreed: Agreed) -> None:
    """Write down a yes to the question that was shown. Raises Refusal ``notice_required``.

    The same yes again is no other one; another question's yes supersedes the one before.
    """
    _check_shown(about, agreed)
    before = store.standing(tx, about.subject.id, about.purpose, about.recipient)
    if before and before.lives(tx.now):
        if before.notice_hash == agreed.notice_hash:
            return
        write_again(tx, before, "superseded", about.method)
    given = _write(tx, about, "given", agreed)
    tx.enqueue(ExpireConsent(given), delay=LIFE)


@to_account_for
def ask(tx: Transaction, about: About, language: Language) -> None:
    """Note that somebody has this question before them, unless they have answered it with yes.

    Where it is asked anew (8.0b) it goes on waiting for its answer: the campaign notes who saw it.
    """
    asking = Agreed(_question(about, language).hash, language)
    known = [s for s in store.standings(tx, about.subject.id) if s.purpose == about.purpose]
    asked = any(s.event == "requested" and s.notice_hash == asking.notice_hash for s in known)
    anew = any(s.event == "superseded" and s.recipient == about.recipient for s in known)
    if not (asked or anew or any(s.lives(tx.now) for s in known)):
        _write(tx, about, "requested", asking)


@to_account_for
def withdraw(tx: Transaction, subject: Subject, purpose: ConsentPurpose, method: Method) -> bool:
    """Take a consent back, from every recipient; False when nobody had said yes.

    Also one that counts no more, because it is asked for anew or has run out: it was the last word,
    and an exception would go by it (4.3). One that stands is taken back whatever the clock says of
    a no. Media grants end with it here; whatever lies above hears ``ConsentChanged``.
    """
    _note_overtaken(tx, subject.id, purpose)
    said: dict[str, str] = {}
    for record in _words(tx, subject.id, purpose):
        if record.event == "refused":  # a no to the question is one to everybody in it
            said.clear()
        said[record.recipient] = record.event
    agreed = [
        standing
        for standing in store.standings(tx, subject.id)
        if standing.purpose == purpose
        if standing.event == "given" or said.get(standing.recipient) == "given"
    ]
    for standing in agreed:
        write_again(tx, standing, "withdrawn", method)
    _end_grants(tx, subject.id, purpose)
    return bool(agreed)


@to_account_for
def withdraw_own(tx: Transaction, purpose: ConsentPurpose, method: Method) -> None:
    """Take the caller's consent back."""
    withdraw(tx, caller(tx), purpose, method)


@to_account_for
def expire(tx: Transaction, job: ExpireConsent) -> None:
    """Note that a consent has run out, if it still is the newest answer."""
    given = store.record(tx, job.record_id)
    if given is None:
        return
    found = store.standing(tx, given.subject_id, given.purpose, given.recipient)
    if found and found.record_id == given.record_id and not found.lives(tx.now):
        write_again(tx, found, "expired", "clock")
        _end_grants(tx, given.subject_id, given.purpose)


@to_account_for
def supersede(tx: Transaction, record_id: str, since: int) -> None:
    """Note that a yes counts no more since its purpose is asked for anew."""
    given = store.record(tx, record_id)
    if given is None:
        return
    found = store.standing(tx, given.subject_id, given.purpose, given.recipient)
    if found and found.record_id == record_id:
        write_again(tx, found, "superseded", "policy", since)
        _end_grants(tx, given.subject_id, given.purpose)


def _agrees(tx: Transaction, about: About) -> bool:
    """Whether there is a yes to take back. One that is asked for anew is answered, yes or no."""
    known = store.standings(tx, about.subject.id)
    return any(s.event == "given" and s.purpose == about.purpose for s in known)


def _end_grants(tx: Transaction, subject_id: str, purpose: Recorded) -> None:
    if purpose in get_args(MediaDevice):
        with tx.doing(Purpose(purpose)):
            grants.end(tx, subject_id, purpose)


# the policy


@to_account_for
def accept_notice(tx: Transaction, subject_id: str, policy_hash: str, language: Language) -> None:
    """Note which privacy policy somebody had before them when they came. Clause P.2."""
    acceptances.add(tx, subject_id, policy_hash, language)


def _record(tx: Transaction, standing: Standing) -> ConsentRecord:
    found = store.record(tx, standing.record_id)
    if found is None:
        raise RuntimeError("the newest answer is no record of the ledger")
    return found


def _check_shown(about: About, agreed: Agreed) -> None:
    if agreed.notice_hash != _question(about, agreed.language).hash:
        raise refuse("notice_required")


def _question(about: About, language: Language) -> ConsentNotice:
    return notice(about.purpose, language, about.parties.controller)


def _write(tx: Transaction, about: About, event: Event, agreed: Agreed) -> str:
    """Write down an answer, behind what it overtakes."""
    _note_overtaken(tx, about.subject.id, about.purpose)
    shown = _question(about, agreed.language)
    policy.keep_question(tx, policy.Shown(shown.hash, shown.language, shown.text))
    need = CONSENT_NEEDS[Purpose(about.purpose)]
    record = ConsentRecord(
        record_id=tx.new_id("cns"),
        schema_version=SCHEMA,
        event=event,
        at=tx.now,
        subject_kind=about.subject.kind,
        subject_id=about.subject.id,
        purpose=about.purpose,
        data=sorted(need.data),
        controller=about.parties.controller,
        recipient=about.recipient,
        notice_hash=agreed.notice_hash,
        language=agreed.language,
        retention=need.retention.name,
        retention_days=need.retention.days,
        jurisdiction=about.parties.region,
        method=about.method,
        withdrawal=WITHDRAWAL[about.method],
        expires_at=tx.now + LIFE if event == "given" else None,
    )
    keep(tx, record)
    return record.record_id


def _note_overtaken(tx: Transaction, subject_id: str, purpose: Recorded) -> None:
    """Note that a yes counts no more since it is asked for anew, if nobody has noted it yet."""
    for record_id, since in store.overtaken(tx, subject_id, purpose):
        supersede(tx, record_id, since)


def write_again(
    tx: Transaction, standing: Standing, event: Event, method: Method, at: int | None = None
) -> None:
    """Write down what became of a consent: its own record's words, with another event."""
    changes = {"event": event, "method": method, "at": at or tx.now, "expires_at": None}
    before = _record(tx, standing)
    keep(tx, msgspec.structs.replace(before, record_id=tx.new_id("cns"), **changes))


def keep(tx: Transaction, record: ConsentRecord) -> None:
    store.add(tx, record, terms_of(record.purpose, record.recipient))
    tx.audit(f"consent.{record.event}", record.record_id, purpose=record.purpose)
    tx.emit(ConsentChanged(record.subject_id, record.purpose))
