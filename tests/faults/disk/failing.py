"""A way to the disk for SQLite on which one call fails: the k-th, once, with an error of choice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import apsw

Kind = Literal["EIO", "ENOSPC"]

EXTENDED = {
    "xRead": apsw.SQLITE_IOERR_READ,
    "xWrite": apsw.SQLITE_IOERR_WRITE,
    "xSync": apsw.SQLITE_IOERR_FSYNC,
    "xTruncate": apsw.SQLITE_IOERR_TRUNCATE,
    "xFileSize": apsw.SQLITE_IOERR_FSTAT,
    "xLock": apsw.SQLITE_IOERR_LOCK,
    "xDelete": apsw.SQLITE_IOERR_DELETE,
    "xAccess": apsw.SQLITE_IOERR_ACCESS,
    "xOpen": apsw.SQLITE_CANTOPEN,
}
TAKE_ROOM = {"xWrite", "xTruncate", "xSync", "xOpen"}


class Fuse:
    """Counts the calls, and blows at one of them."""

    def __init__(self, at: int | None, kind: Kind) -> None:
        self.calls: list[str] = []
        self.blown = ""
        self.file = ""
        self.at = at
        self._kind = kind
        self._lock = threading.Lock()

    def pass_through(self, call: str, file: str) -> None:
        """Count a call. Raises what SQLite's own unix VFS would report, once."""
        with self._lock:
            self.calls.append(call)
            if len(self.calls) - 1 != self.at:
                return
            self.blown, self.file = call, Path(file).name
        if call == "xOpen":
            raise apsw.CantOpenError("seeded")
        if self._kind == "ENOSPC" and call == "xWrite":
            raise apsw.FullError("seeded")
        error = apsw.IOError("seeded")
        error.extendedresult = EXTENDED[call]  # type: ignore[attr-defined]  # APSW reads it
        raise error


class Failing(apsw.VFS):
    """All files of an installation, with a fuse."""

    def __init__(self, name: str, fuse: Fuse) -> None:
        self.name = name
        self._fuse = fuse
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._fuse.pass_through("xOpen", path)
        return FailingFile(name, flags, lambda call: self._fuse.pass_through(call, path))

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self._fuse.pass_through("xDelete", filename)
        super().xDelete(filename, syncdir)

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802 - SQLite's name
        self._fuse.pass_through("xAccess", pathname)
        return super().xAccess(pathname, flags)


class FailingFile(apsw.VFSFile):
    """One open file of it."""

    def __init__(self, name: Any, flags: list[int], pass_through: Callable[[str], None]) -> None:
        super().__init__("", name, flags)
        self._pass = pass_through

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
        self._pass("xRead")
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._pass("xWrite")
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._pass("xTruncate")
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._pass("xSync")
        super().xSync(flags)

    def xFileSize(self) -> int:  # noqa: N802 - SQLite's name
        self._pass("xFileSize")
        return super().xFileSize()

    def xLock(self, level: int) -> None:  # noqa: N802 - SQLite's name
        self._pass("xLock")
        super().xLock(level)
