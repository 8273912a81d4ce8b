"""Making a month anonymous, once, and giving out what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from silkroad import conversations, visitors
from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.privacy import assessments, erasures, exceptions, guardians
from silkroad.privacy.anonymous import DEFAULT, Anonymous, Case

from . import store
from .model import (
    Extract,
    Figures,
    Month,
    ResearchMonth,
    case_of,
    extract_of,
    figures_of,
    month_called,
    months_before,
)

FEATURE = "research"


def k_of(tx: Transaction) -> int:
    """Return how many people at least stand behind each figure of the company."""
    return store.k(tx) or DEFAULT


def set_k(tx: Transaction, number: int) -> int:
    """Choose it for the months that are still to be given out. Within floor and ceiling."""
    store.set_k(tx, number)
    tx.audit("research.k_set", tx.scope.workspace_id, k=number)
    return number


def months(tx: Transaction) -> list[ResearchMonth]:
    """Return the months that are over, the newest first, and what was given out of each."""
    kept = store.kept(tx)
    return [_shown(month, kept.get(month.name)) for month in months_before(tx.now)]


def _shown(month: Month, extract: Extract | None) -> ResearchMonth:
    if extract is None or extract.destroyed:
        gone = extract is not None
        return ResearchMonth(month=month.name, k=None, people=None, left_out=None, destroyed=gone)
    return ResearchMonth(
        month=month.name,
        k=extract.k,
        people=extract.people,
        left_out=extract.left_out,
        destroyed=False,
    )


def figures(tx: Transaction, month: str) -> Figures:
    """Return the sums of what was given out of a month.

    Raises Refusal ``not_found``, ``figures_destroyed``.
    """
    extract = store.one(tx, month)
    if extract is None:
        raise refuse("not_found")
    return figures_of(_still_there(extract))


def _still_there(extract: Extract) -> Extract:
    if extract.destroyed:
        raise refuse("figures_destroyed")
    return extract


# giving out


Who = str | bytes
"""A person by all that is known: a visitor's id, or by what a site vouched for its customer."""


class Crowd(NamedTuple):
    """Who is counted for a month, and as what; ``k`` of them stand behind each figure.

    ``erasures`` is how many had begun by then.
    """

    k: int
    people: frozenset[Who]
    cases: list[Case]
    erasures: int


class Made(NamedTuple):
    """The figures of a crowd, not given out yet."""

    crowd: Crowd
    figures: Anonymous | None


def to_be_made(tx: Transaction, name: str) -> Crowd | None:
    """Return who is to be counted for a month, and with which k; None if it was made before.

    What was made and destroyed is not made again either. Raises Refusal ``feature_locked``,
    ``exception_required``, ``invalid``.
    """
    assessments.require_open(tx, FEATURE)
    if not exceptions.covers(tx, "", Purpose.RESEARCH, DataClass.MESSAGE):
        raise refuse("exception_required")
    month = _over(tx, name)
    if store.one(tx, name):
        return None
    with tx.doing(Purpose.ACCOUNTABILITY):
        number = k_of(tx)
    cases = dict(_cases(tx, month))
    return Crowd(number, frozenset(cases), list(cases.values()), erasures.begun(tx))


def _over(tx: Transaction, name: str) -> Month:
    for month in months_before(tx.now):
        if month.name == name:
            return month
    raise invalid("$.month", "This month is not over, or too long ago.")


def _cases(tx: Transaction, month: Month) -> Iterator[tuple[Who, Case]]:
    """Yield the conversations that began in a month: one for each person, by all that is known."""
    seen = _absent(tx)
    courses = conversations.courses(tx, month.since, month.until)
    speakers = visitors.speakers(tx, [*{course.visitor_id for course in courses}])
    for course in courses:
        speaker = speakers[course.visitor_id]
        if speaker.person not in seen:
            seen.add(speaker.person)
            yield speaker.person, case_of(course, speaker.language)


def _absent(tx: Transaction) -> set[Who]:
    """Return who is counted in no inbox: whoever said no, every child, and whoever is erased."""
    absent = exceptions.whoever_refuses(tx, "EX11") | guardians.children(tx)
    absent |= erasures.under_way(tx)
    return {speaker.person for speaker in visitors.speakers(tx, [*absent]).values()}


def give_out(tx: Transaction, name: str, made: Made | None) -> Extract | None:
    """Keep what was made of a month, if nothing is kept of it yet, and give out what is.

    None, and nothing kept, when somebody has said no since they were counted, or is being erased:
    making the figures takes a while, and what is kept once stays as it is.
    Raises Refusal ``feature_locked``, ``exception_required``, ``too_few_people``,
    ``figures_destroyed``.
    """
    assessments.require_open(tx, FEATURE)
    if made is not None and _has_changed(tx, made.crowd):
        return None
    living = exceptions.covered(
        tx, "", Purpose.RESEARCH, DataClass.MESSAGE, asked="research.extract"
    )
    if living is None:
        raise refuse("exception_required")
    if made is not None and made.figures is not None:
        store.keep(tx, extract_of(name, made.crowd.k, made.figures))
    extract = store.one(tx, name)
    if extract is None:
        raise refuse("too_few_people")
    tx.audit("research.given_out", living.id, month=name)
    return _still_there(extract)


def _has_changed(tx: Transaction, crowd: Crowd) -> bool:
    """Whether somebody who was counted is not to be counted any more, or may not be."""
    return erasures.begun(tx) != crowd.erasures or not crowd.people.isdisjoint(_absent(tx))


# destroying


def destroy_months_of(tx: Transaction, subject_id: str) -> None:
    """Destroy what is kept of each month in which somebody who is being erased began to talk.

    The lines count them and the rows do not any more, so the difference would be about them. It is
    done whether they were counted or not: who was, nobody knows. The audit trail has no entry of
    it, because that would say of an erased person in which month they came.
    """
    for name, extract in store.kept(tx).items():
        month = month_called(name)
        there = conversations.began_between(tx, subject_id, month.since, month.until)
        if there and not extract.destroyed:
            store.destroy(tx, name)
