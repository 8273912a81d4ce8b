"""A linkage attack on figures, by somebody who has the whole database and all keys.

It knows each person's exact values and reads the classes of the figures by itself, without the
product's ladders. A match is a person, or a group smaller than k, of whom the figures tell
something: by any set of columns, by what is missing in a total, or by a value that is certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, combinations
from typing import Any, NamedTuple

from tests.attacks import stored
from tests.harness.server import Server

MINUTE = 60_000
UNITS = {"": 1, "min": MINUTE, "h": 60 * MINUTE, "d": 24 * 60 * MINUTE}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COLUMNS = ("language", "began", "messages", "first_answer", "length", "closed")
OF_OLD = (0, 1)  # what whoever met somebody knows: their language, and when
PRIVATE = (2, 3, 4, 5)  # how it went: what nobody may learn
RANGE = re.compile(r"(\d+)(?: (min|h|d))?(?:(\+)| ?- ?(\d+))?(?: (min|h|d))?")

Line = tuple[tuple[str, ...], int]


class Known(NamedTuple):
    """What the database knows of one person's conversation; times in ms."""

    visitor_id: str
    language: str
    began: int
    messages: int
    first_answer: int | None
    length: int
    closed: bool


def everybody(server: Server, workspace_id: str, since: int, until: int) -> list[Known]:
    """Put together from the tables who began to talk between two times."""
    mine = {name: _of(server, name, workspace_id) for name in ("visitors", "messages")}
    languages = {row["id"]: row["language"] for row in mine["visitors"]}
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(mine["messages"], key=lambda row: (row["at"], row["row"])):
        if row["lane"] == "public" and row["at"] < until:
            said[row["conversation_id"]].append(row)
    found = []
    for talk in _of(server, "conversations", workspace_id):
        began = talk["created_at"]
        if since <= began < until and (rows := said[talk["id"]]):
            answers = [row["at"] - began for row in rows if row["author_kind"] == "member"]
            found.append(
                Known(
                    talk["visitor_id"],
                    languages[talk["visitor_id"]],
                    began,
                    len(rows),
                    answers[0] if answers else None,
                    rows[-1]["at"] - began,
                    talk["state"] == "closed",
                )
            )
    return found


def _of(server: Server, table: str, workspace_id: str) -> list[dict[str, Any]]:
    rows = stored.all_of(server, table)
    return [row for row in rows if row["workspace_id"] == workspace_id]


def fits(value: str, column: str, known: Known) -> bool:
    """Whether a person may be one of those of whom this value is told."""
    if value == "*":
        return True
    if column == "began":
        return _fits_week(value, datetime.fromtimestamp(known.began / 1000, UTC))
    told = getattr(known, column)
    if column == "closed":
        return bool(told == (value == "yes"))
    if column == "language" or told is None:
        return bool(value == (told or "none"))
    return value == "answered" or (value != "none" and _within(value, told))


def _fits_week(value: str, at: datetime) -> bool:
    day, _, hours = value.partition(" ")
    kind = "weekend" if at.weekday() > 4 else "workday"
    first, _, end = (hours or "00-24").partition("-")
    within = int(first) <= at.hour < int(end or int(first) + 1)
    return day in {DAYS[at.weekday()], kind} and within


def _within(value: str, told: int) -> bool:
    found = RANGE.fullmatch(value)
    assert found, value
    low, unit, open_end, high, last = found.groups()
    counts = not (unit or last)
    first = int(low) * UNITS[unit or last or ""]
    if open_end:
        return told >= first
    end = int(high or low) * UNITS[last or unit or ""]
    return first <= told <= end if counts else first <= told < end


def matches(lines: Iterable[Line], left_out: int, people: list[Known], k: int) -> list[str]:
    """Return everything that the figures tell of fewer than k people, or for certain of one."""
    lines = list(lines)
    fitting = [[_fit(values, one) for one in people] for values, _ in lines]
    found = list(_small(lines, fitting, k))
    found += _certain(lines, fitting)
    missing = len(people) - sum(n for _, n in lines)
    if missing != left_out or 0 < missing < k:
        found.append(f"the total is {missing} more than the lines")
    return found


def differences(first: Iterable[Line], second: Iterable[Line], k: int) -> list[str]:
    """Subtract two sets of figures from each other: what tells of fewer than k people?"""
    before, after = dict(first), dict(second)
    changes = {line: after.get(line, 0) - before.get(line, 0) for line in before | after}
    return [f"{line}: {n}" for line, n in changes.items() if 0 < abs(n) < k]


def _fit(values: tuple[str, ...], one: Known) -> tuple[bool, ...]:
    return tuple(fits(v, c, one) for v, c in zip(values, COLUMNS, strict=True))


def _small(lines: list[Line], fitting: list[list[tuple[bool, ...]]], k: int) -> Iterator[str]:
    """Join by every set of columns: how many people are there whom this could be about?"""
    for columns in _sets(range(len(COLUMNS))):
        told: dict[tuple[str, ...], int] = defaultdict(int)
        crowd: dict[tuple[str, ...], int] = {}
        for (values, people), fit in zip(lines, fitting, strict=True):
            part = tuple(values[c] for c in columns)
            told[part] += people
            crowd[part] = sum(all(one[c] for c in columns) for one in fit)
        for part, people in told.items():
            if min(people, crowd[part]) < k or people > crowd[part]:
                yield f"{part}: {people} of {crowd[part]}"


def _certain(lines: list[Line], fitting: list[list[tuple[bool, ...]]]) -> Iterator[str]:
    """Look a person up by what is known of old: is there only one answer to what is private?"""
    for columns in _sets(OF_OLD):
        keys = {tuple(values[c] for c in columns) for values, _ in lines}
        for key in keys:
            same = [values for values, _ in lines if tuple(values[c] for c in columns) == key]
            for place in PRIVATE:
                answers = {values[place] for values in same}
                if len(answers) == 1 and answers != {"*"}:
                    yield f"{key}: {COLUMNS[place]} is {answers}"
    for fit in zip(*fitting, strict=True):
        if sum(all(one) for one in fit) > 1:
            yield "somebody is in two lines"


def _sets(columns: Iterable[int]) -> Iterator[tuple[int, ...]]:
    all_of = tuple(columns)
    return chain.from_iterable(combinations(all_of, n) for n in range(len(all_of) + 1))
