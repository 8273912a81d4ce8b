"""GATE: a door that is shut answers so, and nothing whatever comes of having tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.attacks import stored
from tests.harness.people import Json, Person
from tests.harness.server import Server

from .trap import calls


def gate(
    person: Person, method: str, path: str, body: Json = None, *, code: str, status: int = 403
) -> None:
    """Knock, and see that the answer is this refusal, no row is left, and nobody heard."""
    with nothing_changes(person.server):
        answer = person.ask(method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


@contextmanager
def nothing_changes(server: Server) -> Iterator[None]:
    """Fail if a row comes, goes or changes meanwhile, a text message goes out, or anything else.

    What is due is done before either look, so that what was tried has had its effect.
    """
    server.rest()
    rows, outside = stored.rows(server), _outside(server)
    yield
    server.rest()
    changed = stored.changes(rows, stored.rows(server))
    assert changed == [], changed
    assert _outside(server) == outside


def _outside(server: Server) -> tuple[int, int]:
    """Count what has left the server: text messages, and calls of one whose way out is a trap."""
    said = [*server.heard, *server._lines.queue]
    return len([line for line in said if line.startswith("SMS ")]), len(calls(server))
