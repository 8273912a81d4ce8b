"""What is given out about a town leads to nobody in it. Clauses D.7, 4.3.11."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from typing import Any

import apsw
import pytest

from silkroad.privacy.anonymous import DEFAULT
from tests.attacks import stored
from tests.clauses.verbs.sweep import hits

from .linkage import COLUMNS, Known, Line, differences, everybody, matches
from .town import Town, allow, ask_for, bounds, columns, extract, lines_of

K = DEFAULT


def known(town: Town, month: str) -> list[Known]:
    return everybody(town.server, town.admin.workspace_id, *bounds(month))


def test_the_attack_finds_nobody_in_what_is_given_out(town: Town) -> None:
    allow(town)
    people = known(town, town.months[0])
    assert len(people) > 280 and Counter(one.language for one in people)["sq"] == 1
    given = extract(town.admin, town.months[0])
    assert tuple(given["columns"]) == COLUMNS and given["k"] == K
    assert given["people"] > 200, "it is worth something"
    assert len(given["lines"]) > 3
    assert matches(lines_of(given), given["left_out"], people, K) == []
    assert given["people"] + given["left_out"] == len(people)


@pytest.mark.parametrize(
    "seen", ["exactly", "by the hour", "without a floor", "one left out", "all the same"]
)
def test_the_attack_finds_people_where_the_work_is_done_badly(town: Town, seen: str) -> None:
    people = known(town, town.months[0])
    lines, left_out = badly(people, seen)
    found = matches(lines, left_out, people, K)
    assert found, "whoever attacks like this finds nobody anywhere"


def badly(people: list[Known], seen: str) -> tuple[list[Line], int]:
    """Make figures as somebody would who thinks that leaving out the names is enough."""
    if seen == "one left out":  # a crowd that hides everybody but one, of whom the total tells
        crowd = [one for one in people if one.language != "sq"]
        return [(("*",) * 6, len(crowd))], 1
    if seen == "all the same":  # nobody is alone, and yet it says of everybody how it went
        still = sum(not one.closed for one in people)
        return [(("*",) * 5 + ("no",), still)], len(people) - still
    counted = Counter(_told(one, exact=seen == "exactly") for one in people)
    least = {"exactly": K, "by the hour": 2, "without a floor": 1}[seen]
    lines = [(values, n) for values, n in counted.items() if n >= least]
    return lines, len(people) - sum(n for _, n in lines)


def crowds(people: list[Known]) -> list[Line]:
    """Make figures of which each is a crowd, as often as somebody asks."""
    counted = Counter((one.language, "*", "*", "*", "*", "*") for one in people)
    return [(values, n) for values, n in counted.items() if n >= K]


def _told(one: Known, *, exact: bool) -> tuple[str, ...]:
    waited = "none" if one.first_answer is None else "answered"
    if exact:
        return one.language, "*", str(one.messages), waited, "*", "yes" if one.closed else "no"
    hour = one.began // 3_600_000 % 24
    day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(one.began // 86_400_000 + 3) % 7]
    return one.language, f"{day} {hour:02}", str(one.messages), waited, "*", "*"


def test_two_months_have_nobody_in_common_and_a_month_stays_as_it_was_given_out(
    town: Town,
) -> None:
    allow(town)
    first, second = (ask_for(town.admin, month).content for month in town.months)
    given = json.loads(second)
    early, late = (known(town, month) for month in town.months)
    assert {one.visitor_id for one in early} & {one.visitor_id for one in late} == set()
    assert given["people"] + given["left_out"] == len(late)
    assert matches(lines_of(given), given["left_out"], late, K) == []
    town.writes(town.odd["albanian"])
    town.answers(town.odd["night"], close=True)
    town.admin.put("/api/research", {"k": 5})
    anew, before = (crowds(people) for people in (early, early[1:]))
    assert differences(before, anew, K), "figures that are made anew tell of who came or went"
    again = [ask_for(member, month).content for member in town.boards for month in town.months]
    assert again == [first, second] * 3, "the difference would be about two people"
    assert differences(lines_of(json.loads(first)), lines_of(json.loads(again[0])), K) == []


def test_the_order_tells_nothing(town: Town) -> None:
    allow(town)
    for month in town.months:
        lines = extract(town.admin, month)["lines"]
        assert lines == sorted(lines)
        assert len({tuple(values) for values, _ in lines}) == len(lines), "a line is a group"


def test_nothing_in_it_is_anybodys(town: Town) -> None:
    """No id, no word, no name, no moment: every value is the name of a class."""
    allow(town)
    given = {form: ask_for(town.admin, town.months[0], form).content for form in ("json", "csv")}
    assert given["csv"].decode().splitlines()[0] == ",".join([*COLUMNS, "people"])
    ids = stored.ids_of(town.server, town.admin.workspace_id)
    words = [f"zq-canary-{n}-qz" for n in range(1, town.written + 1)]
    moments = {str(one.began) for month in town.months for one in known(town, month)}
    assert len(ids) > 500
    assert hits(given, [*ids, *words, "Somebody", *moments]) == []


def test_no_salt_and_no_key_came_into_being(town: Town) -> None:
    """Nothing links an extract to anybody, so there is nothing that would have to be destroyed."""
    allow(town)
    town.server.rest()
    known_columns, held = columns(town.server), keyring(town)
    before = stored.rows(town.server)
    town.admin.put("/api/research", {"k": 7})
    assert ask_for(town.boards[1], town.months[1]).status_code == 200
    town.server.rest()
    changed = {row[0] for row in stored.changes(before, stored.rows(town.server))}
    assert changed <= {"research_settings", "research_extracts", *ACCOUNTS}
    assert {"audit_entries", "exception_uses", "research_settings"} <= changed
    assert columns(town.server) == known_columns
    assert keyring(town) == held
    own = {name for table, name in known_columns if table == "research_extracts"}
    assert own == {"workspace_id", "month", "k", "people", "left_out", "lines"}


ACCOUNTS = {"audit_entries", "exception_uses", "facts", "numbers", "sessions", "feeds"}
"""What is written of every act: who did it, in which order."""


def keyring(town: Town) -> list[tuple[Any, ...]]:
    """Return all keys that there are, as they lie beside the data."""
    path, flags = str(town.server.data / "keys" / "keyring.db"), apsw.SQLITE_OPEN_READONLY
    with closing(apsw.Connection(path, flags=flags)) as file:
        held = file.execute("SELECT * FROM keys ORDER BY workspace_id, key_id").fetchall()
    assert len(held) > len(town.shop.visitors), "each of them has one"
    return held
