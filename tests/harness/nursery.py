"""Where the tests' server processes are born: with the product imported, its shapes settled, and
nothing else done.

To import the product takes a second of a core, and a run of the tests starts it hundreds of times.
One process beside each process of tests has imported it, does nothing, and divides itself for each
server that is asked for. What is born is a process like another: with pipes, an environment and
signals of its own, killed without a goodbye like any. When the tests go, so do all.

    python -m tests.harness.nursery FD        (as `Nursery` starts it, with one end of a socket)
"""

from __future__ import annotations

import gc
import mimetypes
import os
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec

LEARNT = (
    "silkroad.cli",
    "silkroad.engines.blobs.s3",
    "silkroad.engines.bus.nats",
    "silkroad.engines.database.postgres",
    "silkroad.engines.keyring.postgres",
    "silkroad.migrations.script",
    "silkroad.serving",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
)
"""What a server imports before it answers, or only when it stands on something of its own."""
ENDS_WITHIN = 60.0  # seconds, a command
WORDS_AT_MOST = 65_536  # bytes of a request: a program, its words and its environment


class Wanted(msgspec.Struct):
    """A process that is asked for; its standard streams come beside it, and a pipe for its end."""

    program: tuple[str, ...]
    environment: dict[str, str]
    afresh: bool


class Child:
    """A process that was born elsewhere, used as `subprocess.Popen` is."""

    def __init__(self, pid: int, stdin: int, stdout: int, end: int) -> None:
        self.pid = pid
        self.stdin = os.fdopen(stdin, "w")
        self.stdout = os.fdopen(stdout, "r")
        self._end: BinaryIO | None = os.fdopen(end, "rb")
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, negative for a signal, or None while it lives."""
        return self._hear(0)

    def wait(self, timeout: float | None = None) -> int:
        """Return how it ended; raises `subprocess.TimeoutExpired` if it does not, in seconds."""
        code = self._hear(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def _hear(self, timeout: float | None) -> int | None:
        if self._end and _told(self._end.fileno(), timeout):
            (self.returncode,) = struct.unpack("i", self._end.read(4))
            self._end.close()
            self._end = None
        return self.returncode


def _told(pipe: int, timeout: float | None) -> bool:
    """Wait for something in a pipe; `select` cannot, where thousands of sockets are open."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    return bool(poll.poll(None if timeout is None else timeout * 1000))


class Nursery:
    """The process that bears the others."""

    def __init__(self) -> None:
        self._one_by_one = threading.Lock()
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.harness.nursery", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def bear(
        self,
        program: tuple[str, ...],
        environment: Mapping[str, str],
        stderr: BinaryIO,
        *,
        afresh: bool = False,
    ) -> Child:
        """Start a module as ``python -m`` does; ``afresh`` it imports everything for itself."""
        (stdin, give), (take, stdout), (end, ended) = os.pipe(), os.pipe(), os.pipe()
        theirs = [stdin, stdout, stderr.fileno(), ended]
        wanted = msgspec.json.encode(Wanted(program, dict(environment), afresh))
        with self._one_by_one:
            socket.send_fds(self._door, [wanted], theirs)
            (pid,) = struct.unpack("i", self._door.recv(4))
        for passed_on in (stdin, stdout, ended):
            os.close(passed_on)
        return Child(pid, give, take, end)

    def run(
        self, *words: str, environment: Mapping[str, str], typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the product's to its end, with what is typed while it asks."""
        with TemporaryFile() as said:
            child = self.bear(("silkroad", *words), environment, said)
            late = threading.Timer(ENDS_WITHIN, child.send_signal, [signal.SIGKILL])
            late.start()
            with child.stdout, child.stdin:
                child.stdin.write(typed)
                child.stdin.close()
                told, code = child.stdout.read(), child.wait(ENDS_WITHIN)
            late.cancel()
            said.seek(0)
            return subprocess.CompletedProcess(words, code, told, said.read().decode())


@cache
def nursery() -> Nursery:
    """Return the one of this process of tests."""
    return Nursery()


def keep(door: socket.socket) -> tuple[str, ...]:
    """Bear whom the other side asks for until it goes; returns in each child, with what it is."""
    ends: dict[int, tuple[int, int]] = {}  # by what tells that a child is dead: it, and its pipe
    while True:
        ready = select.select([door.fileno(), *ends], [], [])[0]
        for told_by in ends.keys() & set(ready):
            bury(told_by, *ends.pop(told_by))
        if door.fileno() not in ready:
            continue
        words, streams, _, _ = socket.recv_fds(door, WORDS_AT_MOST, 4)
        if not words:
            for child, _ in ends.values():
                os.kill(child, signal.SIGKILL)
            sys.exit()
        pid = os.fork()
        if not pid:
            return become(msgspec.json.decode(words, type=Wanted), streams, door)
        ends[os.pidfd_open(pid)] = pid, streams.pop()
        for stream in streams:
            os.close(stream)
        door.send(struct.pack("i", pid))


def bury(told_by: int, pid: int, end: int) -> None:
    """Tell how a child ended, and let go of it."""
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(BrokenPipeError):  # nobody waits for it any more
        os.write(end, struct.pack("i", code))
    os.close(end)
    os.close(told_by)


def become(wanted: Wanted, streams: list[int], door: socket.socket) -> tuple[str, ...]:
    """Take on a child's own streams and environment; nothing else of the parent stays open."""
    door.detach()
    for number, stream in enumerate(streams[:3]):
        os.dup2(stream, number)
    os.closerange(3, 1 << 16)
    os.environ.clear()
    os.environ.update(wanted.environment)
    if wanted.afresh:
        os.execv(sys.executable, [sys.executable, "-m", *wanted.program])  # noqa: S606 - ourselves
    return wanted.program


def main() -> None:
    for module in LEARNT:
        import_module(module)
    mimetypes.init()
    import_module("silkroad.kit.shapes").settle()
    gc.collect()
    gc.freeze()
    (_only_thread,) = Path("/proc/self/task").iterdir()  # with more, it must not divide itself
    module, *words = keep(socket.socket(fileno=int(sys.argv[1])))
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
