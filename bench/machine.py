"""What this machine is and what a process uses of it: cores, processor time, memory."""

import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import apsw

from bench.job import Measured

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
SERVER_CORE, GENERATOR_CORE = 0, 1


def pin(core: int) -> None:
    """Keep this process on one core, so that server and load generator never share one."""
    available = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {available[core % len(available)]})


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Stay on one core meanwhile, and so does what is started."""
    everywhere = os.sched_getaffinity(0)
    pin(core)
    try:
        yield
    finally:
        os.sched_setaffinity(0, everywhere)


def allow_many_sockets() -> None:
    """A thousand sockets need more open files than the usual 1,024."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def family(pid: int) -> list[int]:
    """A process and everything it has started, on whichever of its threads."""
    try:
        tasks = [*Path(f"/proc/{pid}/task").glob("*/children")]
        children = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:  # a database's helpers come and go
        return []
    return [pid, *(one for child in children for one in family(child))]


def cpu_seconds(pids: list[int]) -> float:
    """User and system time so far, of each and of its children, those that have ended as well
    (`proc(5)`, fields 14 to 17 of stat).
    """
    ticks = 0
    for one in (one for pid in pids for one in family(pid)):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / TICKS_PER_SECOND


def busy_seconds() -> float:
    """Processor time that the whole machine has used, all cores together."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    del fields[3:5]  # idle, and waiting for input or output
    return sum(map(int, fields)) / TICKS_PER_SECOND


def resident_kib(pid: int) -> int:
    """Resident memory, children included."""
    return sum(
        int(line.split()[1])
        for one in family(pid)
        for line in Path(f"/proc/{one}/status").read_text().splitlines()
        if line.startswith("VmRSS:")
    )


def describe_machine() -> str:
    names = ("msgspec", "uvicorn", "uvloop", "websockets")
    return (
        f"{processor()}, {os.cpu_count()} cores, Linux {platform.release()}, "
        f"Python {platform.python_version()}\n"
        f"APSW {apsw.apsw_version()} with SQLite {apsw.sqlite_lib_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in names)
        + "\nserver and load generator each on a core of its own, loopback, no TLS"
    )


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


class Meter:
    """Processor time between its making and its reading: the server's, ours and everybody's."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids
        self.began = self.now()

    def now(self) -> tuple[float, float, float, float]:
        return (
            time.perf_counter(),
            cpu_seconds(self.pids),
            time.process_time(),
            busy_seconds(),
        )

    def read(self) -> Measured:
        seconds, server, generator, busy = (
            after - before for before, after in zip(self.began, self.now(), strict=True)
        )
        return Measured(
            seconds=seconds,
            server_cpu=server,
            generator_cpu=generator,
            other_cpu=max(0.0, busy - server - generator),
        )
