"""A TCP proxy on loopback that can be made as bad as a network: per direction, and healed again.

It stands between the product and a real server (a database, a bus, a push service). Bytes are never
taken out of a stream, as TCP never does: a silent direction holds them until it is healed. Only
whole messages of a protocol that this proxy knows are dropped, doubled or put out of order, by the
``Messages`` that a direction is given. ::

    with Proxy("127.0.0.1", nats.port, Messages) as proxy:
        proxy.to_client.silent = True   # half-open: the server hears, and its answers are lost
        proxy.heal()
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

GLANCE = 0.01
PIECE = 65536
PATIENCE = 10.0


class Rewriter(Protocol):
    """What is done to the whole messages of one connection in one direction."""

    def feed(self, piece: bytes, way: Way) -> bytes: ...


@dataclass
class Way:
    """One direction; what is set here holds for all connections at once."""

    silent: bool = False
    latency: float = 0.0
    bytes_per_second: int = 0
    drop: bool = False
    double: bool = False
    swap: bool = False

    def heal(self) -> None:
        vars(self).update(vars(Way()))


class Proxy:
    """``with Proxy(host, port) as proxy``: listens on ``proxy.port`` until the block ends."""

    def __init__(
        self, host: str, port: int, rewriter: Callable[[], Rewriter] | None = None
    ) -> None:
        self._there = (host, port)
        self._rewriter = rewriter
        self.to_server, self.to_client = Way(), Way()
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def refuse(self) -> None:
        """Let nobody in until healed; who is in stays in."""
        self._do(self._deafen())

    def reset(self) -> None:
        """Cut every connection of this moment with RST."""
        self._do(self._cut())

    def black_hole(self) -> None:
        """Take connections and bytes, and pass nothing on either way until healed."""
        self.to_server.silent = self.to_client.silent = True

    def heal(self) -> None:
        """Be a good network again; what was held is passed on."""
        self.to_server.heal()
        self.to_client.heal()
        self._do(self._listen())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _deafen(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _cut(self) -> None:
        for writer in list(self._open):
            # lingering for zero seconds is how TCP says RST instead of FIN
            held: socket.socket = writer.get_extra_info("socket")
            with contextlib.suppress(OSError):  # it has just ended by itself
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    async def _end(self) -> None:
        await self._deafen()
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        me = asyncio.current_task()
        assert me
        self._serving.add(me)
        ends = {writer}
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                far_reader, far_writer = await asyncio.open_connection(*self._there)
                ends.add(far_writer)
                self._open |= ends
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._carry(reader, far_writer, self.to_server))
                    both.create_task(self._carry(far_reader, writer, self.to_client))
        except* OSError:
            pass  # one end is gone, and so both go
        finally:
            self._open -= ends
            self._serving.discard(me)
            for end in ends:
                end.close()

    async def _carry(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: Way
    ) -> None:
        rewriter = self._rewriter() if self._rewriter else None
        while piece := await source.read(way.bytes_per_second or PIECE):
            if way.latency or way.bytes_per_second:
                pace = len(piece) / way.bytes_per_second if way.bytes_per_second else 0
                await asyncio.sleep(way.latency + pace)
            while way.silent:  # noqa: ASYNC110 - set from the test's thread, where an Event is not safe
                await asyncio.sleep(GLANCE)
            target.write(rewriter.feed(piece, way) if rewriter else piece)
            await target.drain()
        target.write_eof()
