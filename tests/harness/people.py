"""People at the server's public doors: each has cookies, a way to ask, and a socket."""

from __future__ import annotations

import copy
import itertools
import json
from contextlib import ExitStack
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import quote

import httpx2
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from .server import Server
from .wire import Wire

Json = Any
HEAR_WITHIN = 5.0
GOODBYE_WITHIN = 0.5  # seconds; who has left much unread does not hear it at all
_visiting: list[Wire | Line] = []
_counter = itertools.count(1)


class Refused(AssertionError):
    """The server said no; the test may expect it."""

    def __init__(self, response: httpx2.Response) -> None:
        self.status = response.status_code
        self.headers = response.headers
        assert response.headers["content-type"] == "application/problem+json", response.text
        self.problem = response.json()
        self.code: str = self.problem["code"]
        super().__init__(f"{self.status} {self.code}: {self.problem['detail']}")


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.name = name
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []
        number = next(_counter)
        self.address = f"198.18.{number // 250}.{number % 250 + 1}"  # RFC 2544's test range
        self._come()

    def _come(self) -> None:
        self._wire = Wire(self.server.address)
        _visiting.append(self._wire)

    def ask(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        headers: dict[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx2.Response:
        """Ask as the product's own pages do and return the raw response."""
        own = {"X-Silkroad": "1", "Origin": self.server.origin, "Sec-Fetch-Site": "same-origin"}
        sent = {
            "X-Forwarded-For": self.address,
            **(own if method != "GET" else {}),
            **(headers or {}),
        }
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if body is not None:
            sent["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        if self._wire.is_closed:  # sent home, and asked once more
            self._come()
        response = self._wire.ask(method, path, content, sent)
        for header in response.headers.get_list("set-cookie"):
            self._keep(header)
        return response

    def get(self, path: str) -> Json:
        return self._settle(self.ask("GET", path))

    def post(self, path: str, body: Json = None) -> Json:
        return self._settle(self.ask("POST", path, {} if body is None else body))

    def put(self, path: str, body: Json) -> Json:
        return self._settle(self.ask("PUT", path, body))

    def patch(self, path: str, body: Json) -> Json:
        return self._settle(self.ask("PATCH", path, body))

    def delete(self, path: str) -> Json:
        return self._settle(self.ask("DELETE", path))

    def upload(self, path: str, name: str, content: bytes) -> Json:
        headers = {"X-File-Name": quote(name), "Content-Type": "application/octet-stream"}
        return self._settle(self.ask("POST", path, headers=headers, content=content))

    def socket(self, ticket_path: str = "/api/live/ticket", at: Server | None = None) -> Line:
        """Open a live line, as the pages do: a ticket first; ``at`` another node if need be."""
        ticket = self.post(ticket_path)["ticket"]
        return Line(at or self.server, ticket)

    def goes_to(self, server: Server) -> Self:
        """Ask another node from now on; the address in the browser stays the same."""
        self.server = server
        self._come()
        return self

    def window(self, at: Server) -> Self:
        """Open another window of the same browser, at this node."""
        twin = copy.copy(self)
        return twin.goes_to(at)

    @staticmethod
    def _settle(response: httpx2.Response) -> Json:
        if response.status_code >= 400:
            raise Refused(response)
        return response.json()

    def _keep(self, header: str) -> None:
        self.set_cookies.append(header)
        for name, morsel in SimpleCookie(header.split(";", maxsplit=1)[0]).items():
            if morsel.value:
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


class Line:
    """A live socket."""

    def __init__(self, server: Server, ticket: str, *, origin: str | None = None) -> None:
        url = server.address.replace("http", "ws") + "/live"
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(
            connect(
                url,
                origin=Origin(origin or server.origin),
                compression=None,
                max_size=2**20,
                close_timeout=GOODBYE_WITHIN,
            )
        )
        _visiting.append(self)
        self.say(t="hello", ticket=ticket)
        self.welcome = self.hear("welcome")

    def say(self, **frame: Json) -> None:
        self.socket.send(json.dumps(frame))

    def send(self, conversation: str | None, text: str, *, as_id: str = "", **more: Json) -> Json:
        """Send a message and return its acknowledgement."""
        client_id = as_id or f"client-{next(_counter):06}"
        self.say(t="send", id=client_id, conversation=conversation, text=text, **more)
        while True:
            frame = self.hear("ack", "error")
            if frame.get("id") == client_id:
                return frame

    def hear(self, *kinds: str, within: float = HEAR_WITHIN) -> Json:
        """Return the next frame of one of these kinds."""
        while True:
            frame = json.loads(self.socket.recv(timeout=within))
            if frame["t"] in kinds:
                return frame

    def hears_nothing(self, *kinds: str, within: float = 0.3) -> bool:
        """Whether no frame of these kinds comes within the time."""
        try:
            self.hear(*kinds, within=within)
        except TimeoutError:
            return True
        return False

    def closes_with(self) -> int:
        """Wait until the server closes the line and return its code."""
        while True:
            try:
                self.socket.recv(timeout=HEAR_WITHIN)
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006

    def close(self) -> None:
        self._open.close()


def client_id() -> str:
    """Return a fresh client id."""
    return f"client-{next(_counter):06}"


def present() -> int:
    """Return how many are here now."""
    return len(_visiting)


def everybody_leaves(but: int = 0) -> None:
    """Close what people have opened; ``but`` so many, who were here first."""
    while len(_visiting) > but:
        _visiting.pop().close()
