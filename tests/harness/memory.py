"""A folder in memory for all that tests write: no power is lost there, and a sync costs nothing.

What is true only of a disk is tried on one: `make prove` writes to it, and so does whoever has set
TMPDIR. So does a machine that has not ten gigabytes to spare.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
PREFIX = "silkroad-tests-"
ROOM = 10 * 1024**3  # bytes; a whole run has about three of them at a time
OURS = Path("/sys/fs/cgroup")
"""What a container may have, and has: less than its machine."""


class InMemory:
    """A plugin of the process that starts the others: everything temporary of theirs lies there.

    What a failing run has left stays until the next one begins.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        if "TMPDIR" in os.environ or not usable():
            return
        for folder in MEMORY.glob(f"{PREFIX}*"):
            forget(folder)
        self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY))
        self._folder.chmod(0o711)  # a database server of somebody else's has its folder in it
        self._lock = lock(self._folder)
        os.environ["TMPDIR"] = tempfile.tempdir = str(self._folder)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if self._folder and exitstatus == 0:
            shutil.rmtree(self._folder, ignore_errors=True)


def usable() -> bool:
    """Say whether memory is a place for files here, where programs run, and whether it is free."""
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return False
    return min(available(), shutil.disk_usage(MEMORY).free) >= ROOM


def available() -> int:
    """Return how many bytes nobody needs, on this machine and in this container."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    kibibytes = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    most, used = OURS / "memory.max", OURS / "memory.current"
    if most.exists() and (limit := most.read_text().strip()).isdigit():
        return min(kibibytes * 1024, int(limit) - int(used.read_text()))
    return kibibytes * 1024


def lock(folder: Path) -> int:
    """Hold a folder for as long as this process lives. Raises OSError if somebody holds it."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise
    return held


def forget(folder: Path) -> None:
    """Remove what a run has left that failed or was killed; leave a living one, and others'."""
    try:
        held = lock(folder)
    except OSError:
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.close(held)
