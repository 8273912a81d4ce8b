"""A real web server on loopback that answers as a test wants it to: well, badly or never."""

from __future__ import annotations

import socket
import ssl
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

Mishap = Literal["reset", "never", "endless", "drip"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: Message
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say: an answer, or a mishap instead of one.

    "reset" cuts the connection, "never" stays silent, "endless" sends a body without an end,
    "drip" as well, one byte at a time.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    mishap: Mishap | None = None


class Loopback:
    """``with Loopback(answer) as site``: serves on 127.0.0.1 until the block ends.

    ``site.seen`` are the requests so far. While ``site.listens`` is not set, whoever calls gets a
    connection and nothing more, not even a handshake; ``site.called`` says that somebody did.
    """

    def __init__(
        self, answer: Callable[[Seen], Answer], *, tls: ssl.SSLContext | None = None
    ) -> None:
        self.closing = threading.Event()
        self.called, self.listens = threading.Event(), threading.Event()
        self.listens.set()
        self.crashes: list[BaseException] = []
        self.seen: list[Seen] = []
        self._server = _Server(self, answer)
        if tls:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port: int = self._server.server_address[1]
        self.origin = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self.listens.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        if error is None:
            assert self.crashes == []


class Strict(Loopback):
    """A site that keeps what it was not pleased with, and fails when nobody takes it."""

    def __init__(
        self, answer: Callable[[Seen], Answer], *, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(answer, tls=tls)
        self.complaints: list[str] = []
        self._planned: deque[Answer] = deque()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if error is None:
            assert self.complaints == []

    def take_complaints(self) -> list[str]:
        """Return what it was not pleased with, and forget it."""
        taken, self.complaints = self.complaints, []
        return taken


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for all of them, so that nothing outlives a test

    def __init__(self, site: Loopback, answer: Callable[[Seen], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.answer = answer
        self.open: set[socket.socket] = set()

    def hang_up(self) -> None:
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was faster

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's signature
        error = sys.exc_info()[1]
        if error and not isinstance(error, OSError):  # an OSError is a caller who hung up
            self.site.crashes.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connection: socket.socket

    @property
    def home(self) -> _Server:
        assert isinstance(self.server, _Server)
        return self.server

    def setup(self) -> None:
        super().setup()
        self.home.open.add(self.connection)
        self.home.site.called.set()
        self.home.site.listens.wait()

    def finish(self) -> None:
        self.home.open.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length", 0))
        seen = Seen(self.command, self.path, self.headers, self.rfile.read(length))
        self.home.site.seen.append(seen)
        answer = self.home.answer(seen)
        if answer.mishap:
            self._fail(answer.mishap)
        else:
            self._say(answer)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the library's names

    def _say(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in {204, 304}:
            self.send_header("content-length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def _fail(self, mishap: Mishap) -> None:
        self.close_connection = True
        if mishap == "never":
            self.home.site.closing.wait()
        elif mishap == "reset":
            # lingering for zero seconds is how TCP says RST instead of FIN
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        else:
            self.send_response_only(200)
            self.end_headers()
            self._go_on(slowly=mishap == "drip")

    def _go_on(self, *, slowly: bool) -> None:
        closing = self.home.site.closing
        while not (closing.wait(0.05) if slowly else closing.is_set()):
            self.wfile.write(b"." if slowly else b"more and more and more " * 100)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing."""
