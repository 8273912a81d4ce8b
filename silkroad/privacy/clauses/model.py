"""A clause, and the rules by which it is kept, kept in part, or open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

State = Literal["kept", "partial", "open"]
Outcome = Literal["passed", "failed", "skipped"]


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the map.

    ``accepted`` is what has to pass before it counts as kept. ``works`` and ``missing`` are one
    sentence or a few. ``code`` and ``tests`` are places, each ``folder/file.py: name``. Raises
    ValueError where a row claims something and does not say what that rests on.
    """

    id: str
    claim: State
    promise: str
    accepted: str
    works: str = ""
    missing: str = ""
    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.claim != "open" and not (self.code and self.tests):
            raise ValueError(f"{self.id}: a claim names its code and its tests")
        if (self.claim == "kept") is bool(self.missing):
            raise ValueError(f"{self.id}: what is missing is said unless nothing is")
        if (self.claim == "partial") is not bool(self.works):
            raise ValueError(f"{self.id}: what works is said of a part, and of nothing else")


class Evidence(NamedTuple):
    """What is known of the named places: what came of each test, and which are not there at all.

    ``why_none`` says in one sentence why there is no proof of anything; then nothing came of any
    test.
    """

    outcomes: dict[str, Outcome]
    lost: frozenset[str]
    why_none: str = ""


def state(clause: Clause, evidence: Evidence) -> State:
    """Return what is proven, which is never more than what is claimed."""
    passed = any(_came_of(test, evidence) == "passed" for test in clause.tests)
    if clause.claim == "open" or not passed:
        return "open"
    return "partial" if clause.claim == "partial" or doubts(clause, evidence) else "kept"


def doubts(clause: Clause, evidence: Evidence) -> list[str]:
    """Say what stands against a claim: each named place that is lost, each test without success."""
    return [*_lost(clause, evidence), *_not_passed(clause, evidence)]


def rendered(clause: Clause, evidence: Evidence) -> list[str]:
    """Return what may be said of a clause, in paragraphs.

    The promise is among them only where it is kept; and what works in part only while nothing
    stands against it.
    """
    if state(clause, evidence) == "kept":
        return [clause.promise]
    against = doubts(clause, evidence) if clause.claim != "open" else []
    works = clause.works if state(clause, evidence) == "partial" and not against else ""
    return [
        *([f"Works: {works}"] if works else []),
        *([f"Missing: {clause.missing}"] if clause.missing else []),
        *([_not_proven(clause, evidence, against)] if against else []),
    ]


def _not_proven(clause: Clause, evidence: Evidence, against: list[str]) -> str:
    why = "" if evidence.why_none else f": {'; '.join(against)}"
    return f"Claimed as {clause.claim}, not proven{why}."


def _came_of(test: str, evidence: Evidence) -> Outcome | None:
    return None if test in evidence.lost else evidence.outcomes.get(test)


def _lost(clause: Clause, evidence: Evidence) -> Iterator[str]:
    for place in (*clause.code, *clause.tests):
        if place in evidence.lost:
            yield f"{place} is not there"


def _not_passed(clause: Clause, evidence: Evidence) -> Iterator[str]:
    said = {"failed": "failed", "skipped": "was skipped", None: "has not run"}
    for test in clause.tests:
        came = evidence.outcomes.get(test)
        if came != "passed" and test not in evidence.lost:
            yield f"{test} {said[came]}"
