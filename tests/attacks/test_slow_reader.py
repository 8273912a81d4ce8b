"""Sockets that are never read: cut off soon, at little cost, and nothing is missed after. R9."""

from __future__ import annotations

import json
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.cast import Shop, invite, open_shop
from tests.depth import by_depth
from tests.harness.people import Line, Person
from tests.harness.server import Server

READERS = by_depth(16, 1_000, 1_000)
OF_ONE = 200  # lines of one member, who gets 240 tickets at once
MESSAGES = 300
USUAL = 50  # messages before the slow ones come, and again after they were cut off
LONG = "😀" * 4000  # 16 KB each
MOST_MEMORY = (20 + READERS * 0.625) * 1024 * 1024  # 256 KB in line and what the layers below hold
MOST_DELAY = 3.0  # of others, as a multiple of their own delay without slow ones
TOO_SLOW = {4408, 1006}


@pytest.fixture
def stuck() -> Iterator[ExitStack]:
    with ExitStack() as lines:
        yield lines


@contextmanager
def narrow(person: Person, ticket_path: str = "/api/live/ticket") -> Iterator[ClientConnection]:
    """Open a line that is as slow as its reader, with next to no room for what comes."""
    server = person.server
    ticket = person.post(ticket_path)["ticket"]
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    door.connect(("127.0.0.1", server.port))
    with connect(
        server.origin.replace("http", "ws") + "/live",
        sock=door,
        origin=Origin(server.origin),
        compression=None,
        max_queue=1,
        close_timeout=0.1,
    ) as line:
        line.send(json.dumps({"t": "hello", "ticket": ticket}))
        yield line


@pytest.mark.timeout(by_depth(60, 600, 600))
def test_members_who_never_read_cost_little_and_miss_nothing(
    own_server: Server, stuck: ExitStack
) -> None:
    shop = open_shop(own_server)
    visitor, conversation = shop.asks("Hello")
    speaker, ear = visitor.line(), shop.wei.socket()
    usual = statistics.median(hear_all(speaker, ear, conversation, range(2, USUAL + 2)))
    more = [invite(shop.admin, f"Agent {n}", [shop.inbox["id"]]) for n in range(READERS // OF_ONE)]
    slow = [shop.arta, *more]
    lines = [stuck.enter_context(narrow(slow[n % len(slow)])) for n in range(READERS)]
    feed, before, most = ear.welcome["feed"], own_server.memory(), 0
    delays, cut = [], USUAL + MESSAGES + 2
    for delay in hear_all(speaker, ear, conversation, range(USUAL + 2, cut)):
        delays.append(delay)
        most = max(most, own_server.memory())
    last = cut + USUAL - 1
    after = statistics.median(hear_all(speaker, ear, conversation, range(cut, last + 1)))
    usual = max(usual, after)  # this process has their sockets to look after, then and now
    held = (most - before) / READERS / 1024
    print(f"{statistics.median(delays) / usual:.2f} times the usual, {held:.0f} KB for each reader")
    assert max(delays) < by_depth(1, 5, 5), "somebody else waits for the slow ones"
    assert statistics.median(delays) < MOST_DELAY * usual
    assert most - before < MOST_MEMORY
    members = shop.wei.get("/api/members")["items"]
    away = {member["id"] for member in members if member["presence"] == "offline"}
    assert {member.member_id for member in slow} <= away, "they are cut off"
    assert {end_of(line) for line in lines} <= TOO_SLOW
    with narrow(shop.arta) as back:
        back.send(json.dumps({"t": "resume", "feed": feed}))
        assert list(missed(back)) == list(range(2, last + 1))


def hear_all(speaker: Line, ear: Line, conversation: str, told: range) -> Iterator[float]:
    """Send one long message after the other; yield how long each took to be heard."""
    for seq in told:
        started = time.monotonic()
        assert speaker.send(conversation, LONG)["seq"] == seq
        assert ear.hear("message")["message"]["seq"] == seq
        yield time.monotonic() - started


def end_of(line: ClientConnection) -> int:
    """Read what still comes and return the code with which it ends."""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            line.recv(timeout=5)
    return closed.value.rcvd.code if closed.value.rcvd else 1006


def missed(line: ClientConnection) -> Iterator[int]:
    """Yield the numbers of the messages that are told again, all on one line."""
    while (frame := json.loads(line.recv(timeout=5)))["t"] != "resumed":
        assert frame["t"] != "gap"
        if frame["t"] == "message":
            yield frame["message"]["seq"]


def test_a_visitor_who_never_reads_misses_nothing_either(shop: Shop, stuck: ExitStack) -> None:
    visitor, conversation = shop.asks("Hello")
    line = stuck.enter_context(narrow(visitor, visitor.path("/ticket")))
    speaker = shop.arta.socket()
    for number in range(MESSAGES // 2):
        assert speaker.send(conversation, LONG)["seq"] == number + 2
    assert end_of(line) in TOO_SLOW
    with narrow(visitor, visitor.path("/ticket")) as back:
        back.send(json.dumps({"t": "resume", "conversation": conversation, "seq": 1}))
        assert list(missed(back)) == list(range(2, MESSAGES // 2 + 2))
