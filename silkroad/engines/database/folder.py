"""A data folder with SQLite in it is one process's: whoever serves or moves it has it alone.

The lock is the system's own (flock), so it is gone with the process, however that ended. A mark
stays in a folder whose rows have moved to another database: nobody goes on with the old ones.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from silkroad.engines.disk import put

from .driver import Unsafe

NAME = "lock"
MARK = "moved"


class Taken(Unsafe):
    """Somebody else has the folder."""


class Moved(Unsafe):
    """What is in the folder was moved to another database."""


@contextmanager
def having(folder: Path) -> Iterator[None]:
    """Have the folder for oneself, which is made if need be. Raises Taken, Moved."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Taken(f"{folder} is in use by another process; stop that one first.") from taken
        refuse_moved(folder)
        yield
    finally:
        os.close(descriptor)


def mark_moved(folder: Path, at: int) -> None:
    """Let nobody open the rows in the folder any more; ``at`` in Unix ms. Raises OSError."""
    when = f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    put(folder / MARK, f"This installation has moved already, on {when}.\n".encode(), 0o444)


def refuse_moved(folder: Path) -> None:
    """Raise Moved if the rows in the folder were moved, and say what to do."""
    mark = folder / MARK
    if mark.exists():
        raise Moved(
            f"{mark.read_text().strip().removesuffix('.')}: set SILKROAD_DATABASE_URL to its new "
            f"database, or remove {mark} to go back on purpose to what was left here."
        )
