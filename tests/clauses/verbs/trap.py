"""TRAP: the one way out of a server, with nothing behind it; what would leave is written down."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.harness.engines import SQLITE, Engine
from tests.harness.server import Server


class Call(msgspec.Struct, frozen=True):
    """A request that would have left."""

    recipient: str
    method: str
    url: str
    headers: dict[str, str]
    content: bytes


def trapped(data: Path, *, on: Engine = SQLITE, log_level: str = "info") -> Server:
    """Open a server that reaches nobody; whatever it sends is taken (201) and noted."""
    return Server(data, program=("tests.clauses.verbs.trapped",), on=on, log_level=log_level)


def calls(server: Server) -> list[Call]:
    """Return what would have left a trapped server by now, in order; of another one, nothing."""
    file = noted_in(server.data)
    lines = file.read_bytes().splitlines() if file.exists() else []
    return [msgspec.json.decode(line, type=Call) for line in lines]


def noted_in(data: Path) -> Path:
    return data.parent / f"{data.name}.calls"
