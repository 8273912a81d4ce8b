"""A data folder with SQLite in it is one process's: whoever serves or moves it has it alone.

The lock is the system's own (flock), so it is gone with the process, however that ended.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .driver import Unsafe

NAME = "lock"


class Taken(Unsafe):
    """Somebody else has the folder."""


@contextmanager
def having(folder: Path) -> Iterator[None]:
    """Have the folder for oneself, which is made if need be. Raises Taken."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Taken(f"{folder} is in use by another process; stop that one first.") from taken
        yield
    finally:
        os.close(descriptor)
