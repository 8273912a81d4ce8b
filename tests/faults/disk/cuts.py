"""Many power cuts along one log: at each place, one of the disks that there may be then."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.harness.memory import MEMORY

from .judge import faults
from .log import Log
from .power import Disk, put_down


def cut_often(log: Log, times: int, tried: set[str], chance: Random, since: int = 0) -> list[str]:
    """Cut the power so often, at places after ``since``; return every fault that was found."""
    entries = log.entries
    places = sorted(chance.randint(since, len(entries)) for _ in range(times))
    disk, done, found = Disk(), 0, []
    for place in places:
        for position in range(done, place):
            disk.follow(position, entries[position])
        done = place
        with an_empty_folder() as folder:
            put_down(disk.after_power_cut(chance).items(), folder)
            here = faults(folder, log.promises(place), tried)
            found += [f"cut at {place} of {len(entries)}: {fault}" for fault in here]
    return found


@contextmanager
def an_empty_folder() -> Iterator[Path]:
    """Return a folder in memory where there is one: an image needs no real disk any more."""
    folder = Path(tempfile.mkdtemp(prefix="power-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
