"""One WebSocket at ``/live``: ticket first, then typed frames, each checked against its policy.

Raw ASGI, because this is the product's hot path. Reading waits while a frame is handled, so a
client that floods slows only itself; a token bucket and a count of broken frames end it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Union

import msgspec
import structlog

from silkroad.kit.clock import Clock
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.scope import Scope

from .connection import Connection, Send
from .frames import ClientFrame, FrameOperation, Hello, Welcome, error_frame, tell
from .hub import Hub
from .tickets import Tickets

log = structlog.get_logger()

HELLO_WITHIN = 10.0
MALFORMED = 4400
NO_TICKET = 4401
FLOODING = 4429
BROKEN_FRAMES = 5

Asgi = Callable[..., Awaitable[Any]]
Still = Callable[[Scope], Awaitable[Scope | None]]
FeedOf = Callable[[Scope], Awaitable[int]]


class Socket:
    """The ASGI application of ``/live``."""

    def __init__(
        self,
        house: Any,
        operations: list[FrameOperation],
        *,
        origin: str,
        hub: Hub,
        tickets: Tickets,
        clock: Clock,
        still: Still,
        feed_of: FeedOf,
        frames_per_second: int,
    ) -> None:
        self._house = house
        self._operations = {operation.frame: operation for operation in operations}
        frames: Any = Union[tuple(self._operations)]  # noqa: UP007  # made from a list at start-up
        self._decode = msgspec.json.Decoder(frames).decode
        self._origin = origin.encode()
        self._hub = hub
        self._tickets = tickets
        self._clock = clock
        self._still = still
        self._feed_of = feed_of
        self._rate = frames_per_second

    async def __call__(self, scope: MutableMapping[str, Any], receive: Asgi, send: Send) -> None:
        await receive()  # websocket.connect
        if dict(scope["headers"]).get(b"origin") != self._origin:
            await send({"type": "websocket.close", "code": 4403})
            return
        await send({"type": "websocket.accept"})
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                actor = await self._hello(receive)
        except (TimeoutError, Refusal):
            await send({"type": "websocket.close", "code": NO_TICKET})
            return
        if actor is not None:
            await self._serve(actor, receive, send)

    async def _hello(self, receive: Asgi) -> Scope | None:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return None
        try:
            hello = msgspec.json.decode(message.get("text") or b"", type=Hello)
        except (msgspec.DecodeError, RecursionError) as broken:
            raise refuse("ticket_expired") from broken
        return await self._as_of_now(await self._tickets.redeem(hello.ticket))

    async def _as_of_now(self, scope: Scope) -> Scope:
        """Return what a ticket's bearer may do now. Raises Refusal ``ticket_expired``.

        Access that ends before the look is seen by it; what ends after it was told to a hub that
        does not have this socket yet, so it is looked at again.
        """
        while True:
            endings, now = self._hub.endings, await self._still(scope)
            if now is None:
                raise refuse("ticket_expired")
            if self._hub.endings == endings:
                return now

    async def _serve(self, scope: Scope, receive: Asgi, send: Send) -> None:
        reader = asyncio.current_task()
        if reader is None:
            raise RuntimeError("a socket is served by a task")
        connection = Connection(scope, send, reader)
        self._hub.add(connection)
        try:
            feed = await self._feed_of(scope) if scope.actor_kind == "member" else None
            tell(connection, Welcome(feed=feed, at=self._clock.now(), me=scope.actor_id))
            await self._read(connection, receive)
        except asyncio.CancelledError:
            if not connection.closing:  # the server itself is stopping
                raise
        finally:
            self._hub.remove(connection)

    async def _read(self, connection: Connection, receive: Asgi) -> None:
        most = 3.0 * self._rate
        tokens, at, broken = most, self._clock.now(), 0
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect" or connection.closing:
                return  # frames that were queued before a revocation count no more
            now = self._clock.now()
            tokens, at = min(most, tokens + max(0, now - at) * self._rate / 1000), now
            try:
                frame = self._decoded(message)
            except Refusal as refusal:
                broken += 1
                connection.push(error_frame(refusal, _id_in(message)))
                if broken >= BROKEN_FRAMES:
                    connection.close(MALFORMED)
                continue
            operation = self._operations[type(frame)]
            tokens -= operation.cost
            if tokens < -most:
                connection.close(FLOODING)
            elif tokens < 0:
                throttled = refuse("throttled", retry_after=1)
                connection.push(error_frame(throttled, getattr(frame, "id", None)))
            else:
                await self._handle(operation, connection, frame)

    def _decoded(self, message: dict[str, Any]) -> ClientFrame:
        try:
            frame: ClientFrame = self._decode(message.get("text") or b"")
        except msgspec.ValidationError as wrong:
            raise Refusal("unknown_frame", str(wrong)) from wrong
        except (msgspec.DecodeError, RecursionError) as wrong:
            raise refuse("malformed") from wrong
        return frame

    async def _handle(
        self, operation: FrameOperation, connection: Connection, frame: ClientFrame
    ) -> None:
        client_id: str | None = getattr(frame, "id", None)
        try:
            permit(operation, connection.scope)
            connection.scope = connection.scope.doing(operation.purpose)
            await operation.handler(self._house, connection, frame)
        except Refusal as refusal:
            connection.push(error_frame(refusal, client_id))
        except Exception as bug:
            log.exception("frame_failed", frame=type(frame).__name__, error=type(bug).__name__)
            connection.push(error_frame(refuse("internal"), client_id))


def permit(operation: FrameOperation, scope: Scope) -> None:
    """Let the sender of a frame through, or raise Refusal ``forbidden``."""
    if scope.permissions.isdisjoint(operation.permissions):
        raise refuse("forbidden")


class _Named(msgspec.Struct):
    """What can still be read of a frame that is wrong otherwise."""

    id: str | None = None


def _id_in(message: dict[str, Any]) -> str | None:
    """Return the client id of a broken frame, so that its sender knows which one to give up."""
    try:
        return msgspec.json.decode(message.get("text") or b"", type=_Named).id
    except (msgspec.DecodeError, RecursionError):
        return None
