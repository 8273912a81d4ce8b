"""Handing over to an authority what its request names: an investigation's entry opens it. 5.5.

Nothing but a living entry with the number of a case, people by name and two who approved does; and
nobody may ask who has no hand in one of which a law forbids to tell.
"""

from __future__ import annotations

from typing import NamedTuple

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import DataClass
from silkroad.privacy import assessments, erasures, holdings

from . import actions, store
from .events import ExceptionUsed
from .model import KINDS, UNASKED, ExceptionRecord, Living, Use
from .uses import store as uses

ASKED = "exceptions.copies"


class HandedOver(NamedTuple):
    """Of whom, and of which kinds of data, a copy is made; ``left_out`` are no visitors (now)."""

    people: list[str]
    classes: frozenset[DataClass]
    left_out: list[str]


def hand_over(tx: Transaction, exception_id: str) -> HandedOver:
    """Let the people whom an entry names be copied; each is a use in the report, and audited.

    Raises Refusal ``not_found``, ``exception_over``, ``not_approved``, ``wrong_step`` for one that
    is no investigation or names nobody who can be copied, ``feature_locked``.
    """
    assessments.require_open(tx, "exceptions")
    store.lock(tx, exception_id)
    record = actions.by_id(tx, exception_id)
    _check(tx, record)
    held = holdings.learned()
    people = [p for p in record.subjects if held.knows(tx, p) and not erasures.progress_of(tx, p)]
    if not people:
        raise refuse("wrong_step")
    classes = frozenset(record.data) & KINDS[record.code].data
    living = Living(record.id, record.code, record.purpose, classes, frozenset())
    for person_id in people:
        for data in sorted(classes):
            use = Use(person_id, data, "", ASKED, UNASKED)
            uses.add(tx, tx.emit(ExceptionUsed(record.id)), living, use)
        tx.audit("exception.handed_over", record.id, subject=person_id)
    actions.tell_administrators(tx, record)
    return HandedOver(people, classes, [p for p in record.subjects if p not in people])


def require_open(tx: Transaction, exception_id: str) -> None:
    """Raise Refusal, as ``hand_over`` does, unless an entry still opens what is being copied."""
    assessments.require_open(tx, "exceptions")
    _check(tx, actions.by_id(tx, exception_id))


def _check(tx: Transaction, record: ExceptionRecord) -> None:
    if not actions.may_be_told_of(tx, record):
        raise refuse("not_found")
    if "case_id" not in KINDS[record.code].needs or record.everybody:
        raise refuse("wrong_step")
    if record.state in {"ended", "expired"}:
        raise refuse("exception_over")
    if record.state != "active":
        raise refuse("not_approved")
