"""Rounds: everybody is started, takes turns cell by cell in one order, and is stopped again."""

import time
from dataclasses import dataclass
from pathlib import Path

from bench.cells import ALL, Cell, Figures, Sizes, start
from bench.machine import busy_seconds
from bench.servers import Candidate, Server

QUIET_CORES = 0.3

Round = dict[str, Figures]
"""Figures by place."""


@dataclass(frozen=True)
class Entry:
    """One place in the comparison: who holds it, and the cells they take part in."""

    place: str
    candidate: Candidate
    cells: frozenset[Cell]


def run_round(entries: list[Entry], sizes: Sizes, folder: Path) -> Round:
    found: Round = {}
    servers: dict[str, Server] = {}
    wait_until_quiet(sizes.patience)
    try:
        for entry in entries:
            server = servers[entry.place] = Server(entry.candidate, folder / entry.place)
            with server.turn():
                found[entry.place] = start(server, sizes)
        for cell in ALL:
            for entry in entries:
                if cell in entry.cells:
                    with servers[entry.place].turn():
                        found[entry.place] |= cell(servers[entry.place], sizes)
    finally:
        for server in servers.values():
            server.stop()
    return found


def wait_until_quiet(patience: float) -> None:
    """Other people's work on the machine is the largest error, and often soon over."""
    give_up = time.monotonic() + patience
    busy = QUIET_CORES
    while busy >= QUIET_CORES and time.monotonic() < give_up:
        before = busy_seconds()
        time.sleep(1.0)
        busy = busy_seconds() - before
