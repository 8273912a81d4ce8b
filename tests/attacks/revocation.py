"""How soon access is gone: one node acts, and another one, or the same, has to notice. S5.

``Nodes`` says which they are and how long it may take: a second on one node, five in a cluster.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from tests.harness.people import Line, Person
from tests.harness.server import Server

TICKETS = 24
TICKET_EVERY = 0.25  # seconds, so that they last for six
NO_TICKET = 4401
LOOK_EVERY = 0.02


class Nodes(NamedTuple):
    """Where somebody's access is ended, where it is used, and within how many seconds it ends."""

    acts: Server
    sees: Server
    within: float


def at(server: Server, person: Person) -> Person:
    """Return the same browser at another node: with the same cookies."""
    there = Person(server, person.name)
    there.cookies = dict(person.cookies)
    return there


@dataclass
class Access:
    """All that somebody has in hand: an open line, tickets, addresses; and what each is worth.

    ``paths`` are addresses that answer as long as the access is there.
    """

    person: Person
    ticket_path: str
    paths: dict[str, str]
    line: Line = field(init=False)
    tickets: list[str] = field(init=False)
    _next_ticket: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.line = self.person.socket(self.ticket_path)
        self.tickets = [self.person.post(self.ticket_path)["ticket"] for _ in range(TICKETS)]
        for path in self.paths.values():
            answer = self.person.ask("GET", path)
            assert answer.status_code == 200, path
            assert "no-store" in answer.headers["cache-control"], "a cache would keep it"

    def gone(self, within: float, *, but: str = "") -> dict[str, float]:
        """Wait until everything is worth nothing; returns after how many seconds each was.

        ``but`` names what may stay: a ticket of somebody whose access is only smaller now opens a
        line, which has what they may do now.
        """
        started, checks = time.monotonic(), self._checks()
        checks.pop(but, None)
        after: dict[str, float] = {}
        while len(after) < len(checks):
            spent = time.monotonic() - started
            for name in checks.keys() - after.keys():
                if checks[name]():
                    after[name] = time.monotonic() - started
            assert spent <= within, (
                f"still good after {spent:.1f} s: {checks.keys() - after.keys()}"
            )
            time.sleep(LOOK_EVERY)
        return after

    def _checks(self) -> dict[str, Callable[[], bool]]:
        refused = {name: partial(self._refused, path) for name, path in self.paths.items()}
        return {"line": self._closed, "ticket": self._void, **refused}

    def _refused(self, path: str) -> bool:
        """Whether an address is shut, to somebody who claims to have a fresh copy as well."""
        answer = self.person.ask("GET", path, headers={"If-None-Match": "*"})
        return answer.status_code in {401, 403, 404}

    def _closed(self) -> bool:
        try:
            while True:
                self.line.socket.recv(timeout=0)
        except TimeoutError:
            return False
        except ConnectionClosed:
            return True

    def _void(self) -> bool:
        """Whether the next ticket that was put by opens nothing; there is one for each moment."""
        if time.monotonic() < self._next_ticket or not self.tickets:
            return False
        self._next_ticket = time.monotonic() + TICKET_EVERY
        try:
            Line(self.person.server, self.tickets.pop()).close()
        except ConnectionClosed as closed:
            return bool(closed.rcvd and closed.rcvd.code == NO_TICKET)
        return False
