"""The operator, who has the server's terminal."""

from __future__ import annotations

import subprocess

from tests.cast import CONTROLLER
from tests.harness.nursery import nursery
from tests.harness.people import Json, Person
from tests.harness.server import Server


def command(server: Server, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of the product's on the server's data, beside it."""
    return nursery().run(*words, environment=server.environment(), typed=typed)


def operator_token(server: Server) -> str:
    """Return what stands in the link that `silkroad operator-link` prints."""
    done = command(server, "operator-link")
    assert done.returncode == 0, done.stderr
    link = done.stdout.strip()
    assert link.startswith(f"{server.origin}/operator#")
    return link.partition("#")[2]


def succeed(person: Person, **changed: str) -> Json:
    """Put other words into the controller's entry, after reading the policy as it is."""
    read = person.get("/api/policy?language=en")["hash"]
    body = {"controller": {**CONTROLLER, **changed}, "policy_hash": read}
    return person.patch("/api/operator", body)


def operator(server: Server) -> Person:
    """Let the operator in."""
    person = Person(server, "Operator")
    person.post("/api/operator/enter", {"token": operator_token(server)})
    return person
