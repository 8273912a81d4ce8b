"""Sockets that are never read: cut off soon, at little cost, and nothing is missed after. R9."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.cast import Shop, open_shop
from tests.harness.people import Person
from tests.harness.server import Server

READERS = 16
MESSAGES = 300
LONG = "😀" * 4000  # 16 KB each
MOST_MEMORY = 30 * 1024 * 1024  # for all readers together, who miss 75 MB
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


def memory_of(server: Server) -> int:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def test_members_who_never_read_cost_little_and_miss_nothing(
    own_server: Server, stuck: ExitStack
) -> None:
    shop = open_shop(own_server)
    visitor, conversation = shop.asks("Hello")
    speaker, ear = visitor.line(), shop.wei.socket()
    lines = [stuck.enter_context(narrow(shop.arta)) for _ in range(READERS)]
    assert ear.hear("presence")["presence"] == "online"
    feed, before = ear.welcome["feed"], memory_of(own_server)
    slowest = most = 0.0
    for number in range(MESSAGES):
        started = time.monotonic()
        assert speaker.send(conversation, LONG)["seq"] == number + 2
        assert ear.hear("message")["message"]["seq"] == number + 2
        slowest = max(slowest, time.monotonic() - started)
        most = max(most, memory_of(own_server))
    assert slowest < 1, "somebody else waits for the slow ones"
    assert most - before < MOST_MEMORY
    assert shop.wei.get("/api/members")["items"][1]["presence"] == "offline", "they are cut off"
    assert {end_of(line) for line in lines} <= TOO_SLOW
    with narrow(shop.arta) as back:
        back.send(json.dumps({"t": "resume", "feed": feed}))
        assert list(missed(back)) == list(range(2, MESSAGES + 2))


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
