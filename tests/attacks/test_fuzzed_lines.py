"""Frames that are a few changes away from good ones, and bytes that are no frames, on live lines.

The parser alone is fuzzed in tests/parsers. Here all of the server is behind it: it never says that
something broke on its side, it does not die, and others hear each other meanwhile. S7.
"""

from __future__ import annotations

import itertools
import random
import socket
from collections.abc import Iterator
from contextlib import suppress

import msgspec
import pytest
from msgspec.structs import fields
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from silkroad.parts import FRAMES
from tests.cast import Shop, open_shop, set_up
from tests.depth import by_depth
from tests.harness.people import Json, Line, Person, everybody_leaves, present
from tests.harness.server import Server
from tests.parsers.mutants import mutants
from tests.parsers.parsers import IDS

from .asking import sample

COUNT = by_depth(500, 10_000, 10_000)
RAW = by_depth(30, 1_000, 1_000)
LONGEST = by_depth(120, 600, 600)  # seconds, on a machine that others use as well
AT_ONCE = 20
A_LINES_END = {4400, 4429, 1007, 1009}
"""Broken frames, a flood, no UTF-8, too large."""

BROKEN = 1011
OF_A_VISITOR, OF_A_MEMBER = 60, 6
"""Lines one after the other. There are always new visitors, and the same two members come again."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    here = present()
    with Server(tmp_path_factory.mktemp("fuzzed") / "data") as server:
        set_up(server)
        yield open_shop(server)
        everybody_leaves(but=here)
        assert server.stop() == 0, "it did not live to the end"


class Bystanders:
    """A customer and an agent who talk to each other, whatever others do."""

    def __init__(self, shop: Shop) -> None:
        customer, self.conversation = shop.asks("Hello")
        self._customer, self._agent = customer.line(), shop.wei.socket()
        self._log = shop.server.errors

    def talk(self, about: str) -> None:
        assert self._customer.send(self.conversation, about)["t"] == "ack"
        while self._agent.hear("message")["message"]["text"] != about:
            pass  # an attacker's message, or a greeting
        log = self._log.read_text()
        assert "frame_failed" not in log and "Traceback" not in log, log[-3_000:]


def attackers(shop: Shop) -> Iterator[tuple[Person, Line, str]]:
    """Yield lines without end, of visitors and of members in turn, each with a conversation."""
    members = itertools.cycle((shop.admin, shop.arta))
    while True:
        visitor, conversation = shop.asks("Hello", "Mallory")
        for _ in range(OF_A_VISITOR):
            yield visitor, visitor.line(), conversation
        member = next(members)
        for _ in range(OF_A_MEMBER):
            yield member, member.socket(), conversation


SAMPLES = [sample(frame.frame, dict(IDS)) for frame in FRAMES]
SEEDS = [msgspec.json.encode(good) for good in SAMPLES]


def frames() -> Iterator[bytes]:
    """Yield frames that are changed anywhere, and as many in which one field is."""
    chance = random.Random(1)
    for data in mutants(SEEDS, COUNT // 2, seed=1):
        yield data
        kind, good = chance.choice(list(zip(FRAMES, SAMPLES, strict=True)))
        name = chance.choice(fields(kind.frame)).name
        (value,) = mutants([str(good.get(name, 1)).encode()], 1, seed=chance.randrange(2**32))
        yield msgspec.json.encode({**good, name: value.decode("utf-8", "replace")})


@pytest.mark.timeout(LONGEST)
def test_no_frame_breaks_a_line_or_anybody_elses(shop: Shop) -> None:
    bystanders, lines = Bystanders(shop), attackers(shop)
    _, line, conversation = next(lines)
    answered = set()
    for number, data in enumerate(frames()):
        if number % AT_ONCE == 0:
            bystanders.talk(f"meanwhile {number}")
        own = data.replace(IDS["conversation"].encode(), conversation.encode())
        codes, over = told(line, own, as_text=number % 7 > 0)
        answered |= codes
        if over:
            line.close()
            _, line, conversation = next(lines)
    bystanders.talk("afterwards")
    assert {"malformed", "unknown_frame"} <= answered, "this proves nothing"
    assert "internal" not in answered


def told(line: Line, data: bytes, *, as_text: bool) -> tuple[set[str], bool]:
    """Send a frame, of text or of bytes; return what was said of it, and whether the line ended."""
    codes: set[str] = set()
    with suppress(ConnectionClosed):
        line.socket.send(data, text=as_text)
        line.say(t="send", id="mark-mark-mark", conversation="nothing", text="mark")
        while (heard := error(line))["id"] != "mark-mark-mark":
            codes.add(heard["code"])
        return codes, False
    assert line.socket.close_code in A_LINES_END
    return codes, True


def error(line: Line) -> Json:
    return line.hear("error", within=20)


@pytest.mark.timeout(LONGEST)
def test_no_bytes_on_the_wire_break_anybody_elses_line(shop: Shop) -> None:
    """Below frames: lengths that lie, masks that are missing, opcodes that do not exist."""
    bystanders, lines = Bystanders(shop), attackers(shop)
    whole = [
        Frame(opcode, data).serialize(mask=True)
        for opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT, Opcode.PING, Opcode.CLOSE)
        for data in (b"", *SEEDS)
        if opcode < Opcode.CLOSE or len(data) < 126
    ]
    ended = 0
    for number, data in enumerate(mutants(whole, RAW, seed=2)):
        _, line, _ = next(lines)
        with suppress(OSError):
            line.socket.socket.sendall(data)
        ended += is_over(line)
        cut(line)
        if number % AT_ONCE == 0:
            bystanders.talk(f"meanwhile {number}")
    bystanders.talk("afterwards")
    assert 0 < ended < RAW, "some broke their line, and of some the server waits for the rest"


def is_over(line: Line) -> bool:
    """Whether the server has ended a line, and not because something broke on its side."""
    with suppress(TimeoutError, ConnectionClosed):
        while True:
            line.socket.recv(timeout=0.05)
    assert line.socket.close_code != BROKEN
    return line.socket.close_code is not None


def cut(line: Line) -> None:
    """Leave without a goodbye, for which the server may not listen any more."""
    with suppress(OSError):
        line.socket.socket.shutdown(socket.SHUT_RDWR)
    line.close()
