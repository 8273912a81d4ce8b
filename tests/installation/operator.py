"""The operator, who has the server's terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.harness.people import Person
from tests.harness.server import Server

COMMAND = Path(sys.executable).with_name("silkroad")


def command(server: Server, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of the product's on the server's data, beside it."""
    return subprocess.run(
        [COMMAND, *words],
        env=server.environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def operator_token(server: Server) -> str:
    """Return what stands in the link that `silkroad operator-link` prints."""
    done = command(server, "operator-link")
    assert done.returncode == 0, done.stderr
    link = done.stdout.strip()
    assert link.startswith(f"{server.origin}/operator#")
    return link.partition("#")[2]


def operator(server: Server) -> Person:
    """Let the operator in."""
    person = Person(server, "Operator")
    person.post("/api/operator/enter", {"token": operator_token(server)})
    return person
