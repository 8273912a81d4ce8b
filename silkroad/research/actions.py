"""Making a month anonymous, once, and giving out what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from silkroad import conversations, visitors
from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.privacy import exceptions, guardians
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
    months_before,
)


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
    if extract is None:
        return ResearchMonth(month=month.name, k=None, people=None, left_out=None)
    return ResearchMonth(
        month=month.name, k=extract.k, people=extract.people, left_out=extract.left_out
    )


def figures(tx: Transaction, month: str) -> Figures:
    """Return the sums of what was given out of a month. Raises Refusal ``not_found``."""
    extract = store.one(tx, month)
    if extract is None:
        raise refuse("not_found")
    return figures_of(extract)


# giving out


Who = str | bytes
"""A person by all that is known: a visitor's id, or by what a site vouched for its customer."""


class Crowd(NamedTuple):
    """Who is counted for a month, and as what; ``k`` of them stand behind each figure."""

    k: int
    people: frozenset[Who]
    cases: list[Case]


class Made(NamedTuple):
    """The figures of a crowd, not given out yet."""

    crowd: Crowd
    figures: Anonymous | None


def to_be_made(tx: Transaction, name: str) -> Crowd | None:
    """Return who is to be counted for a month, and with which k; None if it was made before.

    Raises Refusal ``exception_required``, ``invalid``.
    """
    if not exceptions.covers(tx, "", Purpose.RESEARCH, DataClass.MESSAGE):
        raise refuse("exception_required")
    month = _over(tx, name)
    if store.one(tx, name):
        return None
    with tx.doing(Purpose.ACCOUNTABILITY):
        number = k_of(tx)
    cases = dict(_cases(tx, month))
    return Crowd(number, frozenset(cases), list(cases.values()))


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
    """Return who is counted in no inbox: whoever said no, and every child."""
    absent = exceptions.whoever_refuses(tx, "EX11") | guardians.children(tx)
    return {speaker.person for speaker in visitors.speakers(tx, [*absent]).values()}


def give_out(tx: Transaction, name: str, made: Made | None) -> Extract | None:
    """Keep what was made of a month, if nothing is kept of it yet, and give out what is.

    None, and nothing kept, when somebody has said no since they were counted: making the figures
    takes a while, and what is kept once is kept for good.
    Raises Refusal ``exception_required``, ``too_few_people``.
    """
    if made is not None and not made.crowd.people.isdisjoint(_absent(tx)):
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
    return extract
