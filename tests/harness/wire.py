"""A plain HTTP/1.1 client on kept connections, for tests that ask thousands of times.

A whole library costs several times as much for each question. This one follows no redirect, keeps
no cookie, and hears an answer that comes before all was said.
"""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from urllib.parse import quote, urlsplit

import httpx2
from httptools import HttpParserError, HttpResponseParser

PATIENCE = 20.0  # seconds for each byte
AT_ONCE = 1 << 16  # bytes
MEANS_ITSELF = "/?&=:;,+%@!$'()*~[]"


class Wire:
    """What one browser has open to one server; threads may ask at the same time."""

    def __init__(self, address: str) -> None:
        to = urlsplit(address)
        self._at, self._host = (to.hostname or "", to.port or 80), to.netloc
        self._kept: list[socket.socket] = []
        self.is_closed = False

    def ask(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> httpx2.Response:
        """Ask and return the whole answer. Raises `httpx2.TransportError` if none comes."""
        told = {"Host": self._host, "User-Agent": "tests", "Accept": "*/*", **headers}
        if content is not None or method != "GET":
            told["Content-Length"] = str(len(content or b""))
        lines = "\r\n".join(f"{name}: {value}" for name, value in told.items())
        head = f"{method} {quote(path, MEANS_ITSELF)} HTTP/1.1\r\n{lines}\r\n\r\n"
        try:
            return self._asked(head.encode() + (content or b""))
        except TimeoutError as late:
            raise httpx2.ReadTimeout(f"{method} {path}") from late
        except OSError as gone:
            raise httpx2.ReadError(f"{method} {path}: {gone}") from gone
        except HttpParserError as nonsense:
            raise httpx2.RemoteProtocolError(f"{method} {path}: {nonsense}") from nonsense

    def close(self) -> None:
        self.is_closed = True
        kept, self._kept = self._kept, []
        for connection in kept:
            connection.close()

    def _asked(self, words: bytes) -> httpx2.Response:
        connection = self._connection()
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it has answered already
                connection.sendall(words)
            answer = _Answer()
            answer.read(connection)
        except BaseException:
            connection.close()
            raise
        if answer.stays and not self.is_closed:
            self._kept.append(connection)
        else:
            connection.close()
        status, body = answer.parser.get_status_code(), b"".join(answer.body)
        return httpx2.Response(status, headers=answer.headers, content=body)

    def _connection(self) -> socket.socket:
        while True:
            try:
                kept = self._kept.pop()
            except IndexError:
                break
            if not _has_ended(kept):
                return kept
            kept.close()
        fresh = socket.create_connection(self._at, PATIENCE)
        fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return fresh


class _Answer:
    """An answer, as the parser tells of it."""

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []
        self.whole = self.stays = False
        self.parser = HttpResponseParser(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))

    def on_body(self, part: bytes) -> None:
        self.body.append(part)

    def on_message_complete(self) -> None:
        self.whole = True
        self.stays = self.parser.should_keep_alive()  # it has forgotten that afterwards

    def read(self, connection: socket.socket) -> None:
        while not self.whole:
            part = connection.recv(AT_ONCE)
            if not part:
                raise ConnectionResetError("it ended in the middle of an answer")
            self.parser.feed_data(part)


def _has_ended(connection: socket.socket) -> bool:
    """Whether the other side has hung up; `select` cannot say it of thousands of sockets."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))
