"""A WebSocket client (RFC 6455) with only what the load generator needs, and nothing slow."""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import cast

import msgspec
from websockets.speedups import apply_mask

from bench.job import Sender
from bench.speech import TEXT as KETTLE
from bench.speech import Heard

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
FINAL, MASKED, TWO_BYTE_LENGTH = 0x80, 0x80, 126
MASK = os.urandom(4)
"""One mask for the whole run: masks protect proxies from hostile pages, and here are neither."""

heard_in = msgspec.json.Decoder(Heard).decode


class SocketClient(asyncio.Protocol):
    """One connection to `/live`: says hello, then hands what every text frame says to `hear`."""

    transport: asyncio.Transport

    def __init__(
        self, host: str, hello: str, hear: Callable[[Heard], None], lost: Callable[[str], None]
    ) -> None:
        self.host = host
        self.hello = hello
        self.hear = hear
        self.lost = lost
        self.welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.upgraded = False
        self.unread = b""
        self.goodbye = "no close frame"

    @staticmethod
    def words(sender: Sender) -> Callable[[str], bytes]:
        """Return what makes the frame of one more message, from its id."""
        conversation = msgspec.json.encode(sender.conversation).decode()
        files = ',"files":["no-such-file"]' if sender.fails else ""
        tail = f'","conversation":{conversation},"text":"{KETTLE}"{files}}}'
        return lambda client_id: f'{{"t":"send","id":"{client_id}{tail}'.encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            f"GET /live HTTP/1.1\r\nHost: {self.host}\r\nOrigin: http://{self.host}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self.unread = self.unread + data if self.unread else data
        if self.upgraded or self.upgrade():
            self.read_frames()

    def upgrade(self) -> bool:
        answer, end, rest = self.unread.partition(b"\r\n\r\n")
        if end and not answer.startswith(b"HTTP/1.1 101"):
            self.lost(f"no upgrade: {answer!r}")
        elif end:
            self.unread = rest
            self.upgraded = True
            self.send(self.hello.encode())
        return self.upgraded

    def read_frames(self) -> None:
        data, at = self.unread, 0
        while len(data) - at >= 2:
            length, start = data[at + 1], at + 2
            if length >= TWO_BYTE_LENGTH:
                start += 2 if length == TWO_BYTE_LENGTH else 8
                length = int.from_bytes(data[at + 2 : start])
            if len(data) < start + length:
                break
            self.read_frame(data[at] & 0x0F, data[start : start + length])
            at = start + length
        self.unread = data[at:]

    def read_frame(self, kind: int, payload: bytes) -> None:
        if kind == TEXT and self.welcomed.done():
            self.hear(heard_in(payload))
        elif kind == TEXT:
            self.welcomed.set_result(None)
        elif kind == PING:
            self.send(payload, PONG)
        elif kind == CLOSE:
            self.goodbye = f"{int.from_bytes(payload[:2])} {payload[2:].decode()}"

    def send(self, payload: bytes, kind: int = TEXT) -> None:
        length = len(payload)
        head = (
            bytes((FINAL | kind, MASKED | length))
            if length < TWO_BYTE_LENGTH
            else bytes((FINAL | kind, MASKED | TWO_BYTE_LENGTH)) + length.to_bytes(2)
        )
        self.transport.write(head + MASK + apply_mask(payload, MASK))

    def connection_lost(self, error: Exception | None) -> None:
        self.lost(f"the server closed a socket: {self.goodbye} {error or ''}")
