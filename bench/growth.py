"""Does work become dearer as it grows? The same few things in small and in large installations.

Installations of several sizes are up at once, on SQLite and on PostgreSQL, and take turns. Each
larger one is the smaller one a few years later: it was copied, and filled further.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psycopg

from bench.desk_work import THINGS, Agent
from bench.filling import Task
from bench.grown_up import Shared
from bench.machine import GENERATOR_CORE, on_core
from bench.people import Browser, Line
from bench.product import Silkroad
from bench.report import Line as ReportLine
from bench.report import line
from bench.servers import Program, Server

KEPT_TALKS = 1_000
"""So many conversations are known by name, chosen at random, for somebody to open."""
Times = dict[tuple[str, str, int], dict[str, list[float]]]


@dataclass(frozen=True)
class Growth:
    """How large installations become, and how often each thing is done in them."""

    talks: tuple[int, ...] = (100, 1_000, 10_000)
    """Conversations in one workspace, of ``messages`` each."""
    messages: int = 100
    workspaces: tuple[int, ...] = (1, 100, 1_000)
    """Each has ``few_talks`` conversations of ``few_messages``."""
    few_talks: int = 10
    few_messages: int = 20
    rounds: int = 6
    times: int = 20


QUICK = Growth(
    talks=(1, 2), messages=4, workspaces=(1, 2), few_talks=1, few_messages=4, rounds=1, times=1
)
"""For tests."""


@dataclass(frozen=True)
class Place:
    """One installation: how it has grown, on which folder, and what is known of it."""

    axis: str
    size: int
    folder: Path
    cookies: dict[str, str]
    talks: list[str]


class Installed(Silkroad):
    """The real command on a store that is there already."""

    def __init__(self, database: dict[str, str]) -> None:
        super().__init__()
        self.database = database

    def program(self, folder: Path) -> Program:
        program = super().program(folder)
        return program._replace(environment=program.environment | self.database)


def measure(growth: Growth, folder: Path) -> Iterator[ReportLine]:
    """Fill, move, measure; the folder holds it all meanwhile. Yields the lines of the report."""
    with ExitStack() as until:
        shared = Shared(until)
        places = [*by_messages(growth, folder), *by_workspaces(growth, folder)]
        agents = {}
        for engine in ("sqlite", "postgresql"):
            for place in places:
                server = until.enter_context(serving(engine, place, shared))
                agents[engine, place.axis, place.size] = Agent(
                    server, at_the_desk(server, place), place.talks
                )
        with on_core(GENERATOR_CORE):
            rounds = [in_turns(agents, growth.times, number) for number in range(growth.rounds)]
    yield from lines(rounds)


def by_messages(growth: Growth, folder: Path) -> Iterator[Place]:
    """One workspace, and ever more in it."""
    young, cookies = born(folder / "messages-0")
    talks: list[str] = []
    for number in growth.talks:
        size = number * growth.messages
        young = shutil.copytree(young, folder / f"messages-{size}")
        talks += fill(young, Task(number - len(talks), growth.messages))
        yield Place("messages", size, young, cookies, some_of(talks))
        told(f"a workspace of {size} messages")


def by_workspaces(growth: Growth, folder: Path) -> Iterator[Place]:
    """Ever more workspaces; the one that is looked at stays as it is."""
    young, cookies = born(folder / "workspaces-0")
    talks = fill(young, Task(growth.few_talks, growth.few_messages))
    there = 1
    for number in growth.workspaces:
        young = shutil.copytree(young, folder / f"workspaces-{number}")
        fill(young, Task(growth.few_talks, growth.few_messages, (there, number)))
        there = number
        yield Place("workspaces", number, young, cookies, talks)
        told(f"{number} workspaces")


def born(folder: Path) -> tuple[Path, dict[str, str]]:
    """Set an installation up by its public API; return it stopped, and an agent's cookies."""
    server = Server(silkroad := Silkroad(), folder)
    try:
        company = silkroad.company(server)
        agent = company.desk(0).agent
        company.line.hang_up()
    finally:
        server.stop()
    return folder, agent.cookies


def fill(folder: Path, task: Task) -> list[str]:
    """Add to a stopped installation; return which conversations."""
    program = Silkroad().program(folder)
    done = subprocess.run(
        [sys.executable, "-m", "bench.filling"],
        input=msgspec.json.encode(task),
        env=os.environ | program.environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=list[str])


def some_of(talks: list[str]) -> list[str]:
    return random.sample(talks, min(KEPT_TALKS, len(talks)))


@contextmanager
def serving(engine: str, place: Place, shared: Shared) -> Iterator[Server]:
    """Serve an installation where it is, or move a copy of it to PostgreSQL before."""
    folder, database = place.folder, {}
    if engine == "postgresql":
        folder = shutil.copytree(folder, folder.with_name(f"{folder.name}-moved"))
        database = move(folder, shared)
        told(f"{place.size} {place.axis} on {engine}")
    server = Server(Installed(database), folder)
    try:
        server.rest()
        yield server
    finally:
        server.stop()


def move(folder: Path, shared: Shared) -> dict[str, str]:
    """Move an installation to a database of its own, as its operator does."""
    command, environment = (
        Path(sys.executable).with_name("silkroad"),
        Silkroad().program(folder).environment,
    )
    urls = shared.postgres.fresh()
    subprocess.run(
        [str(command), "migrate", "--to", urls.app, "--owner", urls.owner],
        env=os.environ | environment,
        capture_output=True,
        check=True,
    )
    with psycopg.connect(urls.superuser, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")  # which would come by itself, but in our turns
    return {"SILKROAD_DATABASE_URL": urls.app, "SILKROAD_BUS_URL": shared.nats.url}


def at_the_desk(server: Server, place: Place) -> Browser:
    browser = Browser(Line(server.port), 1)
    browser.cookies = dict(place.cookies)
    return browser


def in_turns(agents: dict[tuple[str, str, int], Agent], times: int, number: int) -> Times:
    """Let everybody do each thing so many times, one after the other, in reverse every round."""
    order = [*agents][:: -1 if number % 2 else 1]
    found: Times = {who: {} for who in agents}
    for thing in THINGS:
        for who in order:
            with agents[who].at_work() as agent:
                found[who][thing] = agent.timed(thing, times)
    told(f"round {number + 1}")
    return found


def lines(rounds: list[Times]) -> Iterator[ReportLine]:
    """Each size beside the smallest of its kind in the same round."""
    smallest: dict[tuple[str, str], int] = {}
    for engine, axis, size in rounds[0]:
        least = smallest.setdefault((engine, axis), size)
        for thing in THINGS if size != least else ():
            yield line(
                f"growth.{engine}.{thing}_ms.{axis}_{size}",
                "ms",
                [
                    (
                        statistics.median(one[engine, axis, size][thing]),
                        statistics.median(one[engine, axis, least][thing]),
                    )
                    for one in rounds
                ],
            )


def told(what: str) -> None:
    print(what, flush=True)
