"""Whoever says no or is erased while figures are made is in none of them. Clauses 4.3.11, D.7."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from silkroad.research.routes import MOST_TRIES
from tests.attacks import stored
from tests.cast import VisitorOf, set_up
from tests.harness.engines import Engine
from tests.harness.server import Server

from .slowly import go_on
from .town import Town, allow, ask_for, erase, live

PROGRAM = ("tests.clauses.section_d_7.slowly",)


@pytest.fixture
def slow_town(tmp_path: Path, engine: Engine) -> Iterator[Town]:
    with Server(tmp_path / "data", on=engine, program=PROGRAM) as server:
        set_up(server)
        town = live(server, 6)
        allow(town)
        yield town


@pytest.fixture
def asked(slow_town: Town) -> Iterator[Future[Any]]:
    """An administrator asks for the second month, and waits for the answer."""
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(ask_for, slow_town.admin, slow_town.months[1])
        for number in range(1, MOST_TRIES + 1):
            goes_on(slow_town, number)


def counted(town: Town, number: int) -> None:
    """Wait until people were counted, for the first time or again."""
    town.server.wait_for(f"^counted {number}$")


def goes_on(town: Town, number: int) -> None:
    go_on(town.server.data, number).touch()


def refuses(visitor: VisitorOf) -> None:
    visitor.put(visitor.path("/exceptions/refusals"), {"code": "EX11", "refused": True})


def people_in(given: Any) -> int:
    return int(given["people"] + given["left_out"])


def test_who_says_no_meanwhile_is_in_no_figure(slow_town: Town, asked: Future[Any]) -> None:
    """The month is counted anew, without them; whoever was not counted stops nothing."""
    town = slow_town
    everybody = town.shop.visitors[-30:]
    counted(town, 1)
    refuses(everybody[0])
    goes_on(town, 1)
    counted(town, 2)
    assert stored.all_of(town.server, "research_extracts") == [], "nothing was kept of the first"
    refuses(town.shop.visitors[0])  # of the month before
    goes_on(town, 2)
    given = asked.result()
    assert given.status_code == 200, given.text
    assert people_in(given.json()) == len(everybody) - 1
    report = town.admin.get("/api/exceptions/report")["items"]
    assert [use["asked"] for use in report] == ["research.extract"], (
        "one use, of what was given out"
    )
    assert ask_for(town.admin, town.months[1]).json() == given.json()


def test_who_is_erased_meanwhile_is_in_no_figure(slow_town: Town, asked: Future[Any]) -> None:
    town = slow_town
    everybody = town.shop.visitors[-30:]
    counted(town, 1)
    erase(town, everybody[0])
    goes_on(town, 1)
    counted(town, 2)
    assert stored.all_of(town.server, "research_extracts") == [], "nothing was kept of the first"
    goes_on(town, 2)
    assert people_in(asked.result().json()) == len(everybody) - 1


def test_when_people_go_on_saying_no_nothing_is_kept(slow_town: Town, asked: Future[Any]) -> None:
    town = slow_town
    for number in range(1, MOST_TRIES + 1):
        counted(town, number)
        refuses(town.shop.visitors[-number])
        goes_on(town, number)
    assert asked.result().json()["code"] == "unavailable"
    assert stored.all_of(town.server, "research_extracts") == []
    assert town.admin.get("/api/exceptions/report")["items"] == []
