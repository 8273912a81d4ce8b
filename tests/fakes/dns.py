"""Names and machines of an internet that exists only in a test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import httpcore2

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"


class Names:
    """A resolver. Each name has a row of answers; the last one is given again and again."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(rows) for name, rows in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        rows = self._answers[host]
        return rows.pop(0) if len(rows) > 1 else rows[0]


class Machines(httpcore2.AsyncMockBackend):
    """Whatever is dialled answers "ok", except for the machines that are ``down``."""

    def __init__(self, down: Iterable[str] = ()) -> None:
        super().__init__([OK])
        self.dialled: list[tuple[str, int]] = []
        self._down = frozenset(down)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the engine's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append((host, port))
        if host in self._down:
            raise httpcore2.ConnectError("down")
        return await super().connect_tcp(host, port, timeout, local_address, socket_options)
