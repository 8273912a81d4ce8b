"""A thousand open chats that lose their server at once, and come back as the product's pages do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
from collections.abc import AsyncIterator
from typing import Any

from bench.socket_client import SocketClient
from bench.speech import Heard
from tests.cast import VisitorOf

FIRST, LONGEST = 1.0, 30.0  # as in web/live/src/backoff.ts
ANSWER_WITHIN = 10.0
AT_ONCE = 64  # requests under way, as a proxy in front would have


class Away(Exception):
    """The server is not there, or says no: try again after a while."""


class Chat:
    """One window of a visitor's, which wants to be open and to have missed nothing."""

    def __init__(
        self, visitor: VisitorOf, conversation: str, desk: Desk, chance: random.Random
    ) -> None:
        self._visitor = visitor
        self._conversation = conversation
        self._desk = desk
        self._chance = chance
        self.tries = 0
        self.told: list[int] = []
        self.resumed, self.away = asyncio.Event(), asyncio.Event()

    async def stay(self, gate: asyncio.Semaphore) -> None:
        """Come in, and come back each time, with jitter, until cancelled."""
        attempt = 0
        while True:
            with contextlib.suppress(Away, OSError, EOFError, TimeoutError):
                self.tries += 1
                async with self._line(gate) as lost:
                    attempt = 0
                    await lost.wait()
            self.resumed.clear()
            self.away.set()
            await asyncio.sleep(self._chance.random() * min(LONGEST, FIRST * 2**attempt))
            attempt = min(attempt + 1, 10)

    @contextlib.asynccontextmanager
    async def _line(self, gate: asyncio.Semaphore) -> AsyncIterator[asyncio.Event]:
        server, lost = self._visitor.server, asyncio.Event()
        self.told = []
        async with gate, asyncio.timeout(ANSWER_WITHIN):
            hello = json.dumps({"t": "hello", "ticket": await self._desk.ticket(self._visitor)})
            host = f"127.0.0.1:{server.port}"
            _, client = await asyncio.get_running_loop().create_connection(
                lambda: SocketClient(host, hello, self._hear, lambda _why: lost.set()),
                "127.0.0.1",
                server.port,
            )
            try:
                await welcomed(client, lost)
                resume = {"t": "resume", "conversation": self._conversation, "seq": 1}
                client.send(json.dumps(resume).encode())
                await self.resumed.wait()
            except BaseException:
                client.transport.abort()
                raise
        try:
            yield lost
        finally:
            client.transport.abort()

    def _hear(self, heard: Heard) -> None:
        if heard.message:
            self.told.append(heard.message.seq)
        elif heard.t == "resumed":
            self.away.clear()
            self.resumed.set()


async def welcomed(client: SocketClient, lost: asyncio.Event) -> None:
    """Wait until the server has let a socket in. Raises Away when it ends before."""
    ended = asyncio.create_task(lost.wait())
    either: list[asyncio.Future[Any]] = [client.welcomed, ended]
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()
    if lost.is_set():
        raise Away(client.goodbye)


class Desk:
    """Where tickets are fetched, on a few connections that are kept, as a proxy in front does."""

    def __init__(self) -> None:
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ticket(self, visitor: VisitorOf) -> str:
        """Fetch a ticket as the widget does. Raises Away, OSError or EOFError.

        A kept connection that has ended meanwhile is no answer: as a browser does, ask on the next.
        """
        while self._free:
            with contextlib.suppress(OSError, EOFError):
                return await self._fetch(visitor, *self._free.pop())
        connection = await asyncio.open_connection("127.0.0.1", visitor.server.port)
        return await self._fetch(visitor, *connection)

    async def _fetch(
        self, visitor: VisitorOf, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> str:
        try:
            writer.write(request(visitor))
            head = await reader.readuntil(b"\r\n\r\n")
            (size,) = re.findall(rb"(?i)content-length: (\d+)", head)
            body = await reader.readexactly(int(size))
        except BaseException:
            writer.close()
            raise
        self._free.append((reader, writer))
        if not head.startswith(b"HTTP/1.1 200"):
            raise Away(head[:40])
        return str(json.loads(body)["ticket"])

    def close(self) -> None:
        for _, writer in self._free:
            writer.close()


def request(visitor: VisitorOf) -> bytes:
    server = visitor.server
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    return (
        f"POST {visitor.path('/ticket')} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Origin: {server.origin}\r\nSec-Fetch-Site: same-origin\r\nX-Silkroad: 1\r\n"
        f"X-Forwarded-For: {visitor.address}\r\nCookie: {cookies}\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    ).encode()


@contextlib.asynccontextmanager
async def crowd(visitors: list[tuple[VisitorOf, str]], size: int) -> AsyncIterator[list[Chat]]:
    """Keep so many windows open, shared out among the visitors."""
    desk, chance, gate = Desk(), random.Random(11), asyncio.Semaphore(AT_ONCE)
    chats = [Chat(*visitors[n % len(visitors)], desk, chance) for n in range(size)]
    staying = [asyncio.create_task(chat.stay(gate)) for chat in chats]
    try:
        yield chats
    finally:
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
        desk.close()


async def everybody(chats: list[Chat]) -> None:
    """Wait until all are there, each told once what they had missed."""
    for chat in chats:
        await chat.resumed.wait()
    assert [chat.told for chat in chats if chat.told != [2]] == []
    assert not any(chat.away.is_set() for chat in chats), "some were let in and lost again"


async def nobody(chats: list[Chat]) -> None:
    """Wait until all have lost their line."""
    for chat in chats:
        await chat.away.wait()
