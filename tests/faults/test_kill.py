"""The server dies at random moments under load, time and again; nothing acknowledged is lost."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import open_shop, set_up
from tests.depth import by_depth
from tests.harness.engines import Engine
from tests.harness.server import Server

from . import below
from .company import FIFTY, acts, idle, neighbours
from .fire import AFRESH, ANY, Kill, at, under_fire
from .reckoning import everything, faults
from .sudden import MOMENTS

TIMED = by_depth(2, 5, 5)  # kills
READY_AGAIN_WITHIN = 3.0  # seconds, the median
AS_IN_PEACE = 3.0
"""Where others have most of the machine: so many times what a start takes with nobody there."""


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server on the database that is tried."""
    kind: str = request.param
    postgres = request.getfixturevalue("postgres") if kind == "postgresql" else None
    with Server(tmp_path / "data", on=Engine(kind, postgres)) as server:
        set_up(server)
        yield server


@pytest.mark.timeout(by_depth(400, 3000, 15000))
@pytest.mark.parametrize(
    ("opened", "kills", "sudden"),
    [
        pytest.param("sqlite", by_depth(8, 200, 200), by_depth(1, 4, 4), id="sqlite"),
        pytest.param("postgresql", 200, 1, id="postgresql"),
        pytest.param("sqlite", 1000, 20, id="sqlite-long", marks=pytest.mark.soak),
        pytest.param("postgresql", 1000, 20, id="postgresql-long", marks=pytest.mark.soak),
    ],
    indirect=["opened"],
)
def test_kills_lose_nothing_and_double_nothing(opened: Server, kills: int, sudden: int) -> None:
    """At moments of chance, and ``sudden`` times at each of those that matter most."""
    companies = neighbours([opened], *FIFTY)
    moments = [at(moment) for moment in MOMENTS] * sudden
    ready = under_fire(
        companies, [ANY, *shuffled([ANY] * (kills - 6) + moments), *[AFRESH] * TIMED]
    )
    ready = ready[-TIMED:]
    for _ in range(3):  # on a busy machine somebody may not have had their turn yet
        if idle(companies):
            under_fire(companies, [ANY] * 5)
    again, calm = statistics.median(ready), statistics.median(started(opened) for _ in range(TIMED))
    print(f"{acts(companies)} acts; ready again after {again:.2f} s, in peace after {calm:.2f} s")
    assert idle(companies) == set(), "this proves nothing"
    for company in companies:
        assert faults(company, opened) == []
    assert below.faults(opened) == []
    assert acts(companies) > 20 * kills, "the clients hardly worked: this proves little"
    assert again <= max(READY_AGAIN_WITHIN, AS_IN_PEACE * calm)


def started(server: Server) -> float:
    """Kill a server at which nobody works; return how long it takes to be ready again, in s."""
    server.kill()
    began = time.monotonic()
    server.start()
    return time.monotonic() - began


def shuffled(kills: list[Kill]) -> list[Kill]:
    random.Random(11).shuffle(kills)
    return kills


@pytest.mark.prove
def test_a_stopped_server_has_answered_everybody(own_server: Server) -> None:
    shop = open_shop(own_server)
    visitor, conversation = shop.asks("first", "patient")
    line = visitor.line()
    for number in range(50):
        line.say(t="send", id=f"rush-{number:06}", conversation=conversation, text=str(number))
    line.hear("ack")
    assert own_server.stop() == 0
    acknowledged = {"rush-000000": 2}
    started = time.monotonic()
    while time.monotonic() - started < 5:
        try:
            frame = line.hear("ack", within=1)
        except Exception:  # noqa: BLE001 - the line has ended, as it should
            break
        acknowledged[frame["id"]] = frame["seq"]
    own_server.start()
    stored = {m["client_id"]: m["seq"] for m in everything(visitor, visitor.path("/messages"))}
    assert acknowledged.items() <= stored.items()
