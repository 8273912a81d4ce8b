"""A way to the disk for SQLite that writes down each write, cut, sync and removal.

Shared memory goes past it: after a power cut SQLite makes it anew from the log, so nothing in it
counts. A first sync of a new journal or log also syncs its folder, as SQLite's own unix VFS does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import apsw

from .log import Log, NamesSynced, Resized, Synced, Written

SYNCS_ITS_FOLDER = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL


class Recorder(apsw.VFS):
    """The files below ``root``, recorded in ``log``. Register by making one; ``name`` opens it."""

    def __init__(self, name: str, root: Path, log: Log) -> None:
        self.name = name
        self.log = log
        self._root = root
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        opened = RecordedFile(name, flags)
        if path is not None:
            opened.record(self.log, self.within(path), flags[0])
        return opened

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        super().xDelete(filename, syncdir)
        name = self.within(filename)
        self.log.remove(name)
        if syncdir:
            self.log.add(NamesSynced(folder_of(name), len(self.log)))

    def within(self, path: str) -> str:
        return str(Path(path).relative_to(self._root))


class RecordedFile(apsw.VFSFile):
    """One open file."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._log = Log()  # of a file without a name, which nobody asks for
        self._file = 0
        self._new_in = ""

    def record(self, log: Log, name: str, flags: int) -> None:
        self._log = log
        self._file, new = log.open(name)
        if new and flags & SYNCS_ITS_FOLDER:
            self._new_in = folder_of(name)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._log.add(Written(self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._log.add(Resized(self._file, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        before = len(self._log)
        super().xSync(flags)
        self._log.add(Synced(self._file, before))
        if self._new_in:
            self._log.add(NamesSynced(self._new_in, before))
            self._new_in = ""


def folder_of(name: str) -> str:
    return str(Path(name).parent)
