"""Holding children at the door, and letting them in with a guardian's consent."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.parties import Parties
from silkroad.kit.scope import Held
from silkroad.privacy import consent
from silkroad.privacy.consent import Agreed, ForChild

from . import store
from .events import ForgetWritten, WardChanged
from .model import AgeGate, GuardianConsent, Relationship, Standing, born, is_child
from .store import Ward

# the company's choice


def gate(tx: Transaction) -> AgeGate:
    return AgeGate(store.asks(tx))


def set_gate(tx: Transaction, asks: AgeGate) -> AgeGate:
    """Let the widget ask for birth dates, or not. Who is known to be a child stays one."""
    store.set_gate(tx, to=asks.asks)
    tx.audit("age_gate.changed", tx.scope.workspace_id, asks=asks.asks)
    return gate(tx)


def asks(tx: Transaction) -> bool:
    """Whether the scope's company asks for birth dates."""
    return store.asks(tx)


# at the door


def held(tx: Transaction, visitor_id: str) -> Held:
    """Return the code of what a visitor has to do first, or nothing. Clause 7a.

    ``birth_date_required`` or ``guardian_required``.
    """
    with tx.doing(Purpose.RIGHTS):
        ward = store.of(tx, visitor_id)
        if ward is None:
            return "birth_date_required" if store.asks(tx) else ""
        return "guardian_required" if _is_held(tx, ward) else ""


def _is_held(tx: Transaction, ward: Ward) -> bool:
    if ward.standing == "old_enough":
        return False
    return not _agreed(tx, ward) and store.is_child(tx, ward)


def _agreed(tx: Transaction, ward: Ward) -> bool:
    """Whether a guardian's consent lives. One to other facts than today's is asked for again."""
    given = ward.standing == "given"
    return given and consent.is_living(tx, ward.visitor_id, "conversation")


def may_be_child(tx: Transaction, visitor_id: str) -> bool:
    """Whether somebody is a child, also one who may write by now, or has yet to say their age."""
    with tx.doing(Purpose.RIGHTS):
        ward = store.of(tx, visitor_id)
        if ward is None:
            return store.asks(tx)
        return ward.standing != "old_enough" and store.is_child(tx, ward)


def admit(tx: Transaction, birth_date: str | None) -> bool:
    """Look at the age of whoever begins; return whether it was asked for. Nothing is stored.

    Raises Refusal ``birth_date_required``, ``guardian_required``; ``invalid`` also for a birth date
    that nobody asked for.
    """
    if not store.asks(tx):
        if birth_date is not None:
            raise invalid("$.birth_date", "Nobody asks for a birth date here.")
        return False
    if birth_date is None:
        if tx.scope.actor_kind == "visitor" and not held(tx, tx.scope.actor_id):
            return False
        raise refuse("birth_date_required")
    if is_child(born(birth_date, tx.now), tx.now):
        raise refuse("guardian_required")
    return True


def note_old_enough(tx: Transaction, visitor_id: str) -> None:
    """Note that a visitor said they are old enough, and not on which day they were born."""
    with tx.doing(Purpose.RIGHTS):
        store.add_old_enough(tx, visitor_id)


# the guardian


def await_guardian(tx: Transaction, visitor_id: str, birth_date: str, request_id: str) -> None:
    """Hold a child until the guardian answers by their request.

    Raises Refusal ``invalid`` for somebody who is no child, ``wrong_step`` where there is consent.
    """
    day = born(birth_date, tx.now)
    if not store.asks(tx) or not is_child(day, tx.now):
        raise invalid("$.birth_date", "Nobody has to be asked.")
    known = store.of(tx, visitor_id)
    if known and (known.standing == "claimed" or _agreed(tx, known)):
        raise refuse("wrong_step")
    store.add_child(tx, visitor_id, day, request_id)
    tx.audit("guardian.asked", visitor_id)
    tx.emit(WardChanged(visitor_id))


def children(tx: Transaction) -> set[str]:
    """Return who was a child when they said when they were born."""
    with tx.doing(Purpose.RIGHTS):
        return store.children(tx)


def standing_of(tx: Transaction, request_id: str) -> Standing | None:
    """Return how it stands with the child that a request is about, if it is about one."""
    ward = store.by_request(tx, request_id)
    return ward.standing if ward else None


def is_under_age(tx: Transaction, visitor_id: str) -> bool | None:
    """Whether somebody is a child, by their birth date; None when it is not known.

    Who only said to be old enough may have said it as a child. Raises Refusal ``erased``.
    """
    ward = store.of(tx, visitor_id)
    return None if ward is None or ward.birth_date is None else store.is_child(tx, ward)


def has_written(tx: Transaction, request_id: str) -> bool:
    """Whether there are words of a guardian's to be read."""
    ward = store.by_request(tx, request_id)
    return ward is not None and ward.consent_key is not None


def consent_of(tx: Transaction, request_id: str) -> GuardianConsent | None:
    """Return what the guardian wrote, revealed."""
    ward = store.by_request(tx, request_id)
    return store.consent_of(tx, ward) if ward else None


def claim(tx: Transaction, request_id: str, written: GuardianConsent, agreed: Agreed) -> None:
    """Take a guardian's written consent, to be looked at, and what they had before them.

    Raises Refusal ``wrong_step``.
    """
    ward = _ward(tx, request_id, "asked", "revoked")
    read = ward._replace(notice_hash=agreed.notice_hash, language=agreed.language)
    store.move(tx, store.written(tx, read, written), "claimed")
    tx.audit("guardian.claimed", ward.visitor_id, relationship=written.relationship)


def accept(tx: Transaction, request_id: str, parties: Parties) -> None:
    """Accept a guardian's consent: it is on record, and opens the door.

    Raises Refusal ``wrong_step``, also where nobody has noted what the guardian had read.
    """
    ward = _ward(tx, request_id, "claimed")
    if ward.consent_key is None or ward.notice_hash is None or ward.language is None:
        raise refuse("wrong_step")
    if store.is_child(tx, ward):
        agreed = Agreed(ward.notice_hash, ward.language)
        by: Relationship = "parent" if store.is_by_parent(tx, ward) else "guardian"
        ends = store.of_age_by(tx, ward)
        given = ForChild(ward.visitor_id, agreed, by, request_id, ends)
        consent.give_for_child(tx, given, parties)
        tx.enqueue(ForgetWritten(ward.visitor_id), delay=ends - tx.now)
    store.move(tx, ward, "given")
    tx.audit("guardian.consent_given", ward.visitor_id)
    tx.emit(WardChanged(ward.visitor_id))


def reject(tx: Transaction, request_id: str) -> None:
    """Do not accept a guardian's consent, and delete what they wrote.

    Raises Refusal ``wrong_step``.
    """
    ward = _ward(tx, request_id, "claimed")
    store.move(tx, ward.unwritten(), "asked")
    tx.audit("guardian.consent_rejected", ward.visitor_id)
    tx.emit(WardChanged(ward.visitor_id))


def revoke(tx: Transaction, request_id: str) -> None:
    """Take a consent back: the child is held from now on, and what it opened is shut.

    What the guardian wrote is deleted, for it is kept as long as the consent holds.

    Raises Refusal ``wrong_step``, also once the child has turned 14: all is their own by then.
    """
    ward = _ward(tx, request_id, "claimed", "given")
    if not store.is_child(tx, ward):
        raise refuse("wrong_step")
    if ward.standing == "given":
        consent.withdraw_for_child(tx, ward.visitor_id)
    store.move(tx, ward.unwritten(), "revoked")
    tx.audit("guardian.consent_revoked", ward.visitor_id)
    tx.emit(WardChanged(ward.visitor_id))


def forget_written(tx: Transaction, job: ForgetWritten) -> None:
    """Delete what a guardian wrote, once the consent is over because the child is of age."""
    ward = store.of(tx, job.visitor_id)
    if ward and ward.standing == "given" and ward.consent and not store.is_child(tx, ward):
        store.move(tx, ward.unwritten(), "given")
        tx.audit("guardian.written_forgotten", ward.visitor_id)


def _ward(tx: Transaction, request_id: str, *standings: Standing) -> Ward:
    ward = store.by_request(tx, request_id)
    if ward is None or ward.standing not in standings:
        raise refuse("wrong_step")
    return ward


def forget(tx: Transaction, request_id: str) -> None:
    """Delete the birth date of a child whose guardian has not agreed, as the request is closed.

    Raises Refusal ``wrong_step`` where there is consent: its request stays the guardian's door.
    """
    if standing_of(tx, request_id) == "given":
        raise refuse("wrong_step")
    store.forget(tx, request_id)
