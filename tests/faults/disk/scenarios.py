"""What an installation is doing when the power goes. Each returns a log, and what was tried."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Coroutine
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

from silkroad.engines.database import sqlite

from .log import Log
from .power import Disk, put_down
from .recorder import Recorder
from .scene import Company, opened

PEOPLE, MESSAGES = 4, 12
_numbers = itertools.count()


class Recorded(NamedTuple):
    """A log, which client ids were tried in it, and from where on cuts are of interest."""

    log: Log
    tried: set[str]
    since: int = 0


async def first_start(folder: Path, seed: int) -> Recorded:
    """Everything is made and migrated, by two starts."""
    log = Log()
    for start in range(2):
        async with opened(folder, seed + start, through(folder, log)):
            pass
    return Recorded(log, set())


async def normal_work(folder: Path, seed: int) -> Recorded:
    """Visitors come and write, conversations are closed and reopen."""
    log = Log()
    async with opened(folder, seed, through(folder, log)) as db:
        company = Company(db, log, Random(seed))
        await company.found()
        since = len(log)
        await company.day(PEOPLE, MESSAGES)
    return Recorded(log, company.tried, since)


async def checkpoints_in_passing(folder: Path, seed: int) -> Recorded:
    """The log is folded in again and again while everybody writes (RESTART)."""
    with patch.object(sqlite, "CHECKPOINT_AT_ONCE", 20):
        return await normal_work(folder, seed)


async def checkpoints_when_idle(folder: Path, seed: int) -> Recorded:
    """The log is folded in whenever it is quiet for a moment (PASSIVE). Here it is always."""
    keep_house = sqlite.SqliteConnection.do_chores

    def as_if_idle(self: sqlite.SqliteConnection, *, idle: bool) -> None:  # noqa: ARG001 - always
        keep_house(self, idle=True)

    with (
        patch.object(sqlite, "CHECKPOINT_WHEN_IDLE", 20),
        patch.object(sqlite.SqliteConnection, "do_chores", as_if_idle),
    ):
        return await normal_work(folder, seed)


async def killed_before(folder: Path, seed: int) -> Recorded:
    """The process was killed in the middle, started again, and everybody sends once more.

    What the dead process wrote and did not sync is seen by the new one, and may yet be lost: it
    must not be acknowledged, nor built upon, before it is on the disk.
    """
    before, chance = await normal_work(folder / "before", seed), Random(seed)
    place = chance.choice(before.log.syncs(before.since))
    log = killed_at(before.log, place, folder / "after")
    since = len(log)
    async with opened(folder / "after", seed + 1, through(folder / "after", log)) as db:
        company = Company(db, log, chance)
        heard = len(log.promises())
        promises = before.log.promises()
        for promise in promises[heard : heard + 4] + promises:  # those without an answer first
            await company.send_again(promise)
        await company.found()
        await company.day(2, 2)
    return Recorded(log, before.tried | company.tried, since)


SCENARIOS: dict[str, Callable[[Path, int], Coroutine[Any, Any, Recorded]]] = {
    made.__name__: made
    for made in (
        first_start,
        normal_work,
        checkpoints_in_passing,
        checkpoints_when_idle,
        killed_before,
    )
}
"""A backup is one more: it runs beside ``Company.day``, and its file is judged once promised."""


def killed_at(before: Log, place: int, folder: Path) -> Log:
    """Put down what the next process sees after a kill; return the log that it goes on with."""
    log, disk = before.until(place), Disk()
    for position, entry in enumerate(log.entries):
        disk.follow(position, entry)
    put_down(disk.as_it_looks().items(), folder)
    return log


def through(folder: Path, log: Log) -> str:
    """Return the name of a new way to the disk that records what happens below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    recorder = Recorder(f"recorder-{next(_numbers)}", folder, log)
    _kept.append(recorder)  # SQLite knows it as long as it lives
    return recorder.name


_kept: list[Recorder] = []
