"""Servers under measurement: each on the server core, in a folder of its own, one at a time.

All candidates of a round are started once and take turns. Who has no turn is stopped (SIGSTOP),
so that its timers cost the others nothing.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from bench.job import Job, Measured, People, Sender
from bench.machine import SERVER_CORE, allow_many_sockets, pin

READY = "ready: http://"
STOP_SECONDS = 15.0


class Program(NamedTuple):
    """A command and what it finds in its environment."""

    command: list[str]
    environment: dict[str, str]
    health: str = "/healthz"
    """What answers with 200 once it works."""


class Candidate(Protocol):
    """Something that can be measured: how to start it, and how to get people into it."""

    name: str
    stores: list[int]
    """Processes that were there before and work for it: a database, a bus."""

    def program(self, folder: Path) -> Program: ...

    def invite(self, server: "Server", pairs: int, failing: int) -> People: ...

    def invite_idle(self, server: "Server", count: int) -> list[str]: ...


class Server:
    """One started candidate."""

    def __init__(self, candidate: Candidate, folder: Path) -> None:
        self.candidate = candidate
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.log = (folder.parent / f"{folder.name}.log").open("w+")
        program = candidate.program(folder)
        began = time.perf_counter()
        self.process = subprocess.Popen(
            program.command,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env=os.environ | program.environment,
            start_new_session=True,
            preexec_fn=settle,  # noqa: PLW1509 - this process has no other threads
        )
        self.lines: list[str] = []
        self.port = self.wait_until_ready(program.health)
        self.ready_at = time.perf_counter()
        self.started_in = self.ready_at - began

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def pids(self) -> list[int]:
        """Return what its processor time is counted of: itself, and the stores that it needs."""
        return [self.pid, *self.candidate.stores]

    def wait_until_ready(self, health: str) -> int:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith(READY):
                port = int(line.removeprefix(READY).split()[0].rstrip("/").rpartition(":")[2])
                self.wait_until_healthy(f"http://127.0.0.1:{port}{health}")
                return port
        self.log.seek(0)
        raise RuntimeError(f"{self.candidate.name} did not start:\n{self.log.read()}")

    def wait_until_healthy(self, address: str) -> None:
        while True:
            try:
                with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
                    assert answer.status == 200
                    return
            except urllib.error.URLError:
                time.sleep(0.005)

    @contextmanager
    def turn(self) -> Iterator[None]:
        os.killpg(self.pid, signal.SIGCONT)
        try:
            yield
        finally:
            self.rest()

    def rest(self) -> None:
        os.killpg(self.pid, signal.SIGSTOP)

    def stop(self) -> None:
        os.killpg(self.pid, signal.SIGCONT)
        os.killpg(self.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            self.process.wait()
        for stream in (self.log, self.process.stdout):
            if stream:
                stream.close()

    def load(self, job: Job) -> Measured:
        """Run the load generator against this server."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.load"],
            input=msgspec.json.encode(job),
            stdout=subprocess.PIPE,
            check=True,
        )
        return msgspec.json.decode(done.stdout, type=Measured)


def settle() -> None:
    pin(SERVER_CORE)
    allow_many_sockets()


class BareFloor:
    """The candidate in `bench/floor.py`; its tickets are just names."""

    name = "floor"
    stores: list[int] = []  # noqa: RUF012 - it has none, ever

    def program(self, folder: Path) -> Program:
        return Program([sys.executable, "-m", "bench.floor", str(folder)], {})

    def invite(self, server: Server, pairs: int, failing: int) -> People:
        assert failing == 0, "nothing can fail in the floor"
        return People(
            senders=[Sender(hello(f"{server.pid}-{pair}/visitor")) for pair in range(pairs)],
            receivers=[hello(f"{server.pid}-{pair}/agent") for pair in range(pairs)],
        )

    def invite_idle(self, server: Server, count: int) -> list[str]:
        return [hello(f"{server.pid}-idle-{number}/visitor") for number in range(count)]


def hello(ticket: str) -> str:
    return msgspec.json.encode({"t": "hello", "ticket": ticket}).decode()
