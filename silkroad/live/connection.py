"""One open socket. A frame goes out at once while the client keeps up, else it waits in line.

ASGI's ``send`` is a coroutine that only ever waits when the transport is full. So it is run here on
the spot, without a task of its own, and a task takes over when it has to wait (measured: an event
and a task switch per frame, 12 of 80 µs). A reader for whom more than 256 KiB wait is cut off with
a code that lets it resume.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from silkroad.kit.scope import Scope

Send = Callable[[dict[str, Any]], Awaitable[None]]  # a coroutine function, as ASGI says

MOST_WAITING = 256 * 1024
TOO_SLOW = 4408


class Connection:
    """The way to one client. ``sending`` is the client id that it is just storing, if any."""

    __slots__ = ("_reader", "_send", "_size", "_task", "_waiting", "closing", "scope", "sending")

    def __init__(self, scope: Scope, send: Send, reader: asyncio.Task[Any]) -> None:
        self.scope = scope
        self.closing = 0
        self.sending: str | None = None
        self._send = send
        self._reader = reader
        self._task: asyncio.Task[None] | None = None
        self._waiting: deque[tuple[dict[str, Any], int]] = deque()
        self._size = 0

    def push(self, frame: bytes) -> None:
        """Send a frame, or put it in line."""
        if self.closing:
            return
        event = {"type": "websocket.send", "text": frame.decode()}
        if self._task is None:
            self._go(event)
            return
        self._size += len(frame)
        self._waiting.append((event, len(frame)))
        if self._size > MOST_WAITING:
            self.close(TOO_SLOW)

    async def room(self) -> None:
        """Wait until nothing waits in line, before more of a long answer that was asked for."""
        while self._task is not None:
            await asyncio.wait({self._task})

    def close(self, code: int) -> None:
        """Close the socket with this code; one that is stuck is dropped."""
        if self.closing:
            return
        self.closing = code
        if self._task is None:
            self._go({"type": "websocket.close", "code": code})
        else:
            self._task.cancel()
            self._drop()

    def _go(self, event: dict[str, Any]) -> None:
        step = self._send(event).__await__()
        try:
            full = next(step)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 - however it went wrong, the client has to come back
            self._drop()
            return
        self._task = asyncio.get_running_loop().create_task(self._catch_up(step, full))

    async def _catch_up(self, step: Iterator[Any], full: asyncio.Future[Any]) -> None:
        """Wait for room, then send what waits in order."""
        try:
            await _finish(step, full)
            while self._waiting:
                event, size = self._waiting.popleft()
                self._size -= size
                await self._send(event)
        except Exception:  # noqa: BLE001 - as above
            self._drop()
        self._task = None

    def _drop(self) -> None:
        """End without a word: what could not be sent is asked for again on the next socket."""
        self.closing = self.closing or TOO_SLOW
        self._waiting.clear()
        self._reader.cancel()


async def _finish(step: Iterator[Any], full: asyncio.Future[Any]) -> None:
    """Run a coroutine to its end that has begun outside a task and waits for ``full``.

    It has yielded that future already, so nobody may await it a second time.
    """
    while True:
        await asyncio.wait({full})
        try:
            full = next(step)
        except StopIteration:
            return
