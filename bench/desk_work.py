"""What an agent does all day, timed: answer, open a conversation, look at the list, come back."""

import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import msgspec
from websockets.sync.client import ClientConnection, connect

from bench.people import Browser
from bench.servers import Server
from bench.speech import TEXT

WARM_UP = 3
GAP = 100
"""So many facts an agent has missed while their line was cut."""


class Agent:
    """Somebody at work in one installation, as their console would be."""

    def __init__(self, server: Server, browser: Browser, talks: list[str]) -> None:
        self.server = server
        self.browser = browser
        self.talks = talks
        self.socket: ClientConnection

    @contextmanager
    def at_work(self) -> Iterator[Self]:
        """Have the turn, with a socket open."""
        with self.server.turn():
            self.socket = self.connect()
            try:
                yield self
            finally:
                self.socket.close()
                self.browser.line.hang_up()

    def timed(self, thing: str, times: int) -> list[float]:
        """Do a thing so many times; return how long each took, in milliseconds."""
        do = THINGS[thing]
        for _ in range(WARM_UP):
            do(self)
        took = []
        for _ in range(times):
            began = time.perf_counter()
            do(self)
            took.append((time.perf_counter() - began) * 1000)
        return took

    def send(self) -> None:
        """Answer in any conversation, and have it stored."""
        number = f"{time.time_ns() // 1_000_000:x}-{secrets.token_hex(12)}"
        self.say(t="send", id=number, conversation=random.choice(self.talks), text=TEXT)
        self.hear_until("ack", self.socket)

    def open_conversation(self) -> None:
        """Look into any conversation: who it is, and the newest page."""
        talk = f"/api/conversations/{random.choice(self.talks)}"
        self.browser.ask("GET", talk)
        found = self.browser.ask("GET", f"{talk}/messages")
        assert found["items"], "an empty conversation"

    def list_inbox(self) -> None:
        found = self.browser.ask("GET", "/api/conversations?filter=all")
        assert found["items"], "an empty inbox"

    def count(self) -> None:
        """Fetch the numbers beside the filters."""
        self.browser.ask("GET", "/api/conversations/counts")

    def resume(self) -> None:
        """Come back with a new socket, and hear what was said meanwhile."""
        with self.connect() as socket:
            left_at = max(0, self.feed - GAP)
            socket.send(msgspec.json.encode({"t": "resume", "feed": left_at}).decode())
            self.hear_until("resumed", socket)

    def connect(self) -> ClientConnection:
        hello = self.browser.hello("/api/live/ticket")
        origin: Any = self.browser.line.origin
        socket = connect(f"{origin.replace('http', 'ws')}/live", origin=origin, compression=None)
        socket.send(hello)
        self.feed = self.hear_until("welcome", socket)["feed"]
        return socket

    def say(self, **frame: Any) -> None:
        self.socket.send(msgspec.json.encode(frame).decode())

    def hear_until(self, kind: str, socket: ClientConnection) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = msgspec.json.decode(socket.recv(timeout=30))
            if frame["t"] == kind:
                return frame
            assert frame["t"] not in {"error", "gap"}, frame


THINGS: dict[str, Callable[[Agent], None]] = {
    "send": Agent.send,
    "open_conversation": Agent.open_conversation,
    "list_inbox": Agent.list_inbox,
    "count": Agent.count,
    "resume": Agent.resume,
}
