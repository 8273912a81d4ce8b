"""Everybody loses the server in one moment: all come back by themselves, and soon."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterator

import pytest

from tests.cast import VisitorOf, open_shop
from tests.depth import by_depth
from tests.harness.server import Server

from .storm import crowd, everybody, nobody

SOCKETS = by_depth(1_000, 10_000, 10_000)
SHARE = 50  # windows of one visitor, who gets 120 tickets at once
BACK_WITHIN = 30.0  # seconds after the server is ready again
AS_AT_FIRST = 3.0  # or, on a busy machine, so many times what they took to come the first time
MOST_MEMORY = 400 * 1024 * 1024


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let this process hold as many sockets as it may."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.prove
@pytest.mark.usefixtures("many_files")
@pytest.mark.timeout(by_depth(120, 900, 900))
def test_all_come_back_after_the_server_was_killed(own_server: Server) -> None:
    shop = open_shop(own_server)
    visitors = [shop.asks("Hello", f"visitor{n:03}") for n in range(-(-SOCKETS // SHARE))]
    for visitor, _ in visitors:
        visitor.post(visitor.path("/messages"), {"client_id": "second-words", "text": "?"})
    first, took, tries = asyncio.run(storm(own_server, visitors))
    assert took <= max(BACK_WITHIN, AS_AT_FIRST * first), f"{took:.1f} s for {SOCKETS} sockets"
    assert tries >= SOCKETS, "nobody was cut off: this proves nothing"
    assert own_server.memory() <= MOST_MEMORY


async def storm(server: Server, visitors: list[tuple[VisitorOf, str]]) -> tuple[float, float, int]:
    """Open all windows, kill the server.

    Return how long all took to come, how long to be back (s), and in how many tries.
    """
    began = time.monotonic()
    async with crowd(visitors, SOCKETS) as chats:
        await everybody(chats)
        first = time.monotonic() - began
        before = sum(chat.tries for chat in chats)
        server.kill()
        await nobody(chats)
        await asyncio.to_thread(server.start)
        ready = time.monotonic()
        await everybody(chats)
        took = time.monotonic() - ready
        print(
            f"{SOCKETS} sockets came in {first:.1f} s and were back {took:.1f} s later, "
            f"{server.memory() >> 20} MB"
        )
        return first, took, sum(chat.tries for chat in chats) - before


def test_who_does_not_come_back_is_missed(own_server: Server) -> None:
    shop = open_shop(own_server)
    visitors = [shop.asks("Hello", f"visitor{n}") for n in range(2)]
    for visitor, _ in visitors:
        visitor.post(visitor.path("/messages"), {"client_id": "second-words", "text": "?"})
    visitors[1][0].delete(visitors[1][0].path("/visitor"))
    with pytest.raises(TimeoutError):
        asyncio.run(soon(visitors))


async def soon(visitors: list[tuple[VisitorOf, str]]) -> None:
    async with crowd(visitors, 4) as chats, asyncio.timeout(1):
        await everybody(chats)


def test_the_server_takes_all_the_open_files_that_it_may_have(own_server: Server) -> None:
    soft, hard = resource.prlimit(own_server.process.pid, resource.RLIMIT_NOFILE)
    assert soft == hard
