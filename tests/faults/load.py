"""Many visitors who write without pause, lose the server, come back and send again."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

from tests.cast import VisitorOf

from .history import History

GIVE_UP_AFTER = 60.0
LOST = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, EOFError)


class Writer:
    """One visitor at their keyboard. Each message is sent until it is acknowledged."""

    def __init__(self, visitor: VisitorOf, conversation: str, history: History) -> None:
        self._visitor = visitor
        self._conversation = conversation
        self._history = history
        self._written = len(history.tried.get(conversation, ()))

    async def write_until(self, enough: asyncio.Event) -> None:
        """Write until told that it is enough; the last message is seen through."""
        async with contextlib.AsyncExitStack() as lines:
            line: ClientConnection | None = None
            while not enough.is_set():
                self._written += 1
                client_id = f"{self._visitor.name}-{self._written:06}"
                self._history.try_to_send(self._conversation, client_id)
                async with asyncio.timeout(GIVE_UP_AFTER):
                    while True:
                        try:
                            if line is None:
                                line = await lines.enter_async_context(self._line())
                            await self._send(line, client_id)
                            break
                        except LOST:
                            line = None
                            await asyncio.sleep(0.05)

    async def _send(self, line: ClientConnection, client_id: str) -> None:
        frame = {
            "t": "send",
            "id": client_id,
            "conversation": self._conversation,
            "text": client_id,
        }
        await line.send(json.dumps(frame))
        while True:
            heard = json.loads(await asyncio.wait_for(line.recv(), 10))
            if heard.get("id") != client_id:
                continue
            if heard["t"] == "ack":
                self._history.acknowledge(self._conversation, client_id, heard["seq"])
                return
            raise OSError(heard["code"])

    @contextlib.asynccontextmanager
    async def _line(self) -> AsyncIterator[ClientConnection]:
        try:
            ticket = await asyncio.to_thread(self._visitor.post, self._visitor.path("/ticket"))
        except Exception as away:
            raise OSError("no ticket") from away
        server = self._visitor.server
        url = server.address.replace("http", "ws") + "/live"
        async with connect(url, origin=Origin(server.origin), compression=None) as line:
            await line.send(json.dumps({"t": "hello", "ticket": ticket["ticket"]}))
            yield line
