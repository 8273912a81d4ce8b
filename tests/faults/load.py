"""Somebody at work who loses the server, comes back, and tries the same again."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

from tests.depth import by_depth
from tests.harness.people import Json, Person

from .history import Cell, History

T = TypeVar("T")

GIVE_UP_AFTER = by_depth(60.0, 600.0, 600.0)  # a kill a moment after each start leaves little time
ANSWER_WITHIN = 10.0
AGAIN_IN = 0.05
LOST = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, EOFError)
LATER = {429, 503, 507}
PASSING = {"throttled", "storage_failed", "storage_full", "stopping", "unavailable", "internal"}
_numbers = itertools.count()


class Wrong(Exception):
    """The server has refused what it had to do."""


class Client:
    """One window of somebody's. Each act is tried until it is acknowledged.

    ``windows`` are the same window at each node: who loses one goes on at any.
    """

    ticket_path = "/api/live/ticket"
    pause = by_depth(0.3, 0.5, 2.0)  # seconds between two acts, at most

    def __init__(self, windows: Sequence[Person], history: History) -> None:
        self._windows = windows
        self.person = windows[0]
        self.history = history
        self.chance = random.Random(next(_numbers))
        self.cells: dict[str, tuple[Cell, Callable[[], Awaitable[Json]]]] = {}
        self._open: ClientConnection | None = None

    async def act(self) -> None:
        """Do one thing that this kind of client does."""
        raise NotImplementedError

    async def work_until(self, enough: asyncio.Event) -> None:
        """Work until told that it is enough; the last act is seen through."""
        while not enough.is_set():
            try:
                await self.act()
            except Wrong as wrong:
                self.history.wrongs.append(f"refused: {self.person.name}: {wrong}")
            await asyncio.sleep(self.chance.uniform(0, self.pause))
        self.lose()

    async def look_back(self) -> None:
        """See that what was acknowledged last stands."""
        for cell, read in self.cells.values():
            self.history.see(cell, await self.insist(read))

    async def insist(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try until it is done. Raises Wrong, TimeoutError."""
        async with asyncio.timeout(GIVE_UP_AFTER):
            while True:
                try:
                    return await attempt()
                except LOST:
                    self.lose()
                    await asyncio.sleep(AGAIN_IN)

    async def put(
        self,
        name: str,
        value: Json,
        read: Callable[[], Awaitable[Json]],
        write: Callable[[], Awaitable[Json]],
        *,
        grows: bool = False,
    ) -> None:
        """Write a value that nobody else writes, and see before each try that the last one stands.

        One that ``grows`` may be moved on by others as well.
        """
        if name not in self.cells:
            self.cells[name] = Cell(name, await self.insist(read), grows=grows), read
        cell, _ = self.cells[name]
        cell.tried = cell.acknowledged

        async def attempt() -> None:
            self.history.see(cell, await read())
            cell.tried = value
            await write()

        await self.insist(attempt)
        cell.acknowledged = max(value, cell.acknowledged) if grows else value
        self.did("put")

    def did(self, what: str) -> None:
        """Count an act that was acknowledged."""
        self.history.acts[f"{type(self).__name__}.{what}"] += 1

    async def ask(self, method: str, path: str, body: Json = None) -> Json:
        """Ask once. Raises OSError when there is no answer, Wrong when it is no."""
        return json.loads(await self._answer(method, path, body))

    async def upload(self, path: str, name: str, content: bytes) -> Json:
        headers = {"X-File-Name": name, "Content-Type": "application/octet-stream"}
        return json.loads(await self._answer("POST", path, headers=headers, content=content))

    async def _answer(self, method: str, path: str, body: Json = None, **more: Json) -> bytes:
        try:
            answer = await asyncio.to_thread(self.person.ask, method, path, body, **more)
        except httpx2.TransportError as away:
            raise OSError("no answer") from away
        self.history.hear(answer.content)
        if answer.status_code in LATER:
            raise OSError(f"{path} says {answer.status_code}")
        if answer.status_code >= 400:
            raise Wrong(f"{method} {path} says {answer.status_code} {answer.text}")
        return answer.content

    async def line(self) -> ClientConnection:
        """Return the open socket, and open it first if need be."""
        if self._open is None:
            ticket = (await self.ask("POST", self.ticket_path, {}))["ticket"]
            server = self.person.server
            url = server.address.replace("http", "ws") + "/live"
            origin = Origin(server.origin)
            self._open = await connect(url, origin=origin, compression=None, max_size=2**22)
            await self._open.send(json.dumps({"t": "hello", "ticket": ticket}))
        return self._open

    async def hear(self, within: float = ANSWER_WITHIN) -> Json:
        """Return the next frame of the open socket."""
        said = await asyncio.wait_for((await self.line()).recv(decode=False), within)
        self.history.hear(said)
        return json.loads(said)

    async def send(self, **frame: Json) -> Json:
        """Send a frame once and return its acknowledgement. Raises OSError, Wrong."""
        await (await self.line()).send(json.dumps(frame))
        while True:
            heard = await self.hear()
            if heard.get("id") != frame["id"]:
                continue
            if heard["t"] == "ack":
                return heard
            if heard["code"] in PASSING:
                raise OSError(heard["code"])
            raise Wrong(str(heard))

    def lose(self) -> None:
        """Let go of the socket, and go on wherever there is a node."""
        if self._open is not None:
            self._open.transport.abort()
            self._open = None
        self.person = self.chance.choice(self._windows)
