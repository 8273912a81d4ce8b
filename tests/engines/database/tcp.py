"""A road to PostgreSQL that can be cut at a chosen place: a TCP proxy of the test's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit


class Road:
    """Passes bytes on both ways, until ``cut_after_commit`` is set and a COMMIT goes by.

    That one is passed on, its answer is read to the end, and nobody is told of it.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.cut_before_commit = self.cut_after_commit = False
        self.cuts = 0
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._begin(self._welcome)
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._door, *self._ends):
            _shut(end)
        for thread in self._threads:
            thread.join()
        for end in (self._door, *self._ends):
            end.close()

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        self._threads.append(threading.Thread(target=work, args=arguments))
        self._threads[-1].start()

    def url(self, url: str) -> str:
        """Return the URL of a database by this road."""
        parts = urlsplit(url)
        return parts._replace(netloc=f"{parts.username}@127.0.0.1:{self.port}").geturl()

    def _welcome(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._to))
            silent = threading.Event()
            self._ends += client, server
            for work in (self._there, self._back):
                self._begin(work, client, server, silent)

    def _there(self, client: socket.socket, server: socket.socket, silent: threading.Event) -> None:
        commit = b""
        while data := _read(client):
            commit = commit or _name_of_commit(data)
            if self._goes_by(data, commit):
                self.cuts += 1
                if self.cut_before_commit:
                    self.cut_before_commit = False
                    break
                self.cut_after_commit = False
                silent.set()
            if not _sent(server, data):
                break
        _shut(server)
        _shut(client)

    def _back(self, client: socket.socket, server: socket.socket, silent: threading.Event) -> None:
        while data := _read(server):
            if silent.is_set() or not _sent(client, data):
                break
        _shut(client)
        _shut(server)

    def _goes_by(self, data: bytes, commit: bytes) -> bool:
        asked = self.cut_before_commit or self.cut_after_commit
        return asked and bool(commit) and commit in data


def _name_of_commit(data: bytes) -> bytes:
    """Return how the connection binds the statement that it has prepared as COMMIT."""
    end = data.find(b"\0COMMIT\0")
    if end < 0:
        return b""
    name = data[data.rfind(b"P", 0, end) + 5 : end]
    return b"\0" + name + b"\0"


def _read(end: socket.socket) -> bytes:
    try:
        return end.recv(1 << 16)
    except OSError:
        return b""


def _sent(end: socket.socket, data: bytes) -> bool:
    try:
        end.sendall(data)
    except OSError:
        return False
    return True


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
