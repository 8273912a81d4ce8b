"""The server dies at random moments under load, time and again; nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from pathlib import Path

import pytest

from tests.cast import VisitorOf, open_shop, set_up
from tests.depth import by_depth
from tests.harness.people import Json, Person
from tests.harness.server import Server

from .history import History
from .load import Writer

KILLS = by_depth(20, 200, 1000)
WRITERS = by_depth(12, 50, 50)
ROUNDS = 8
READY_AGAIN_WITHIN = by_depth(10.0, 3.0, 3.0)
"""Seconds, the median. At every change other tests have most of the machine."""


@pytest.mark.timeout(by_depth(300, 3000, 15000))
def test_kills_lose_nothing_and_double_nothing(own_server: Server) -> None:
    shop = open_shop(own_server)
    writers = [shop.asks("first", f"writer{n:02}") for n in range(WRITERS)]
    history = History()
    for _, conversation in writers:
        history.try_to_send(conversation, "first-words")
    ready = asyncio.run(under_fire(own_server, writers, history))
    assert statistics.median(ready) <= READY_AGAIN_WITHIN
    assert history.count() > KILLS * WRITERS, "the writers hardly wrote: this proves nothing"
    for visitor, conversation in writers:
        as_visitor = everything(visitor, visitor.path("/messages"))
        as_agent = [
            m
            for m in everything(shop.arta, f"/api/conversations/{conversation}/messages")
            if m["lane"] == "public"
        ]
        assert history.faults(conversation, as_visitor) == []
        assert [m["seq"] for m in as_agent] == [m["seq"] for m in as_visitor]
        assert [m["client_id"] for m in as_agent] == [m["client_id"] for m in as_visitor]


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("broken", "fault"),
    [("tests.faults.broken_commit", "lost: "), ("tests.faults.broken_memory", "twice: ")],
)
def test_a_broken_server_is_found_out(tmp_path: Path, broken: str, fault: str) -> None:
    """The same harness on servers that acknowledge too early, or store what they have already.

    Kills cannot show ``synchronous=NORMAL``: the kernel keeps what a killed process wrote, and only
    a lost power supply tells the difference (``tests/faults/disk``).
    """
    with Server(tmp_path / "data") as server:
        set_up(server)
        shop = open_shop(server)
        writers = [shop.asks("first", f"writer{n:02}") for n in range(4)]
        history = History()
        for _, conversation in writers:
            history.try_to_send(conversation, "first-words")
        server.kill()
        server.program = (broken,)
        server.start()
        for _ in range(ROUNDS):  # a kill between storing and answering is a matter of luck
            asyncio.run(under_fire(server, writers, history, kills=3))
            if any(said.startswith(fault) for said in all_faults(writers, history)):
                return
        pytest.fail("the broken server was not found out")


def all_faults(writers: list[tuple[VisitorOf, str]], history: History) -> list[str]:
    return [
        fault
        for visitor, conversation in writers
        for fault in history.faults(conversation, everything(visitor, visitor.path("/messages")))
    ]


async def under_fire(
    server: Server,
    writers: list[tuple[VisitorOf, str]],
    history: History,
    kills: int = KILLS,
) -> list[float]:
    """Let everybody write while the server is killed; return how long it took to be ready again."""
    ready = []
    enough, chance = asyncio.Event(), random.Random(7)
    writing = [
        asyncio.create_task(Writer(visitor, conversation, history).write_until(enough))
        for visitor, conversation in writers
    ]
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.2, 0.9))
        server.kill()
        started = time.monotonic()
        await asyncio.to_thread(server.start)
        ready.append(time.monotonic() - started)
    await asyncio.sleep(0.5)
    enough.set()
    await asyncio.gather(*writing)
    return ready


def everything(person: Person, path: str) -> list[Json]:
    """Return all messages of a conversation, by pages."""
    found: list[Json] = []
    page = person.get(f"{path}?limit=100")
    while True:
        found = page["items"] + found
        if not page["more"]:
            return found
        first = next(m["seq"] for m in page["items"] if m["lane"] == "public")
        page = person.get(f"{path}?limit=100&before={first}")


def test_the_checker_sees_each_kind_of_fault() -> None:
    history = History()
    for client_id in ("a", "b", "c"):
        history.try_to_send("talk", client_id)
    history.acknowledge("talk", "a", 1)
    history.acknowledge("talk", "b", 2)
    good = [{"client_id": "a", "seq": 1}, {"client_id": "b", "seq": 2}]
    assert history.faults("talk", good) == []
    assert history.faults("talk", good[:1])[0].startswith("lost: b")
    assert "twice: a" in history.faults("talk", [*good, {"client_id": "a", "seq": 3}])
    assert "gap" in history.faults("talk", [good[0], {"client_id": "c", "seq": 3}])[-1]
    assert any(
        "nowhere" in f for f in history.faults("talk", [*good, {"client_id": "x", "seq": 3}])
    )
    with pytest.raises(AssertionError):
        history.acknowledge("talk", "a", 9)


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
