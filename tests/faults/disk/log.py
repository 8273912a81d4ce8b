"""What a program did to its files, in order, and what it promised meanwhile."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Made:
    """A name that now leads to a file."""

    name: str
    file: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A name that is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that the operating system has taken; nothing is said about the disk."""

    file: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """A file that was cut, or grew without content."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What was written to a file before the entry ``upto`` is on the disk."""

    file: int
    upto: int


@dataclass(frozen=True, slots=True)
class NamesSynced:
    """What happened to the names before the entry ``upto`` in this folder is on the disk."""

    folder: str
    upto: int


@dataclass(frozen=True, slots=True)
class Promised:
    """Somebody outside was told that something is kept."""

    what: Any


Entry = Made | Removed | Written | Resized | Synced | NamesSynced | Promised


class Log:
    """The entries so far. May be written to from any thread."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._lock = threading.Lock()
        self._files: dict[str, int] = {}
        self._made = 0

    def add(self, entry: Entry) -> None:
        with self._lock:
            self.entries.append(entry)

    def promise(self, what: Any) -> None:
        self.add(Promised(what))

    def open(self, name: str) -> tuple[int, bool]:
        """Return the number of the file behind a name, and whether it was made just now."""
        with self._lock:
            if name in self._files:
                return self._files[name], False
            self._made += 1
            self._files[name] = self._made
            self.entries.append(Made(name, self._made))
            return self._made, True

    def remove(self, name: str) -> None:
        with self._lock:
            self._files.pop(name, None)
            self.entries.append(Removed(name))

    def until(self, position: int) -> Log:
        """Return a log that begins like this one, and goes on from there."""
        begun = Log()
        begun.entries = self.entries[:position]
        for entry in begun.entries:
            if isinstance(entry, Made):
                begun._files[entry.name] = entry.file
            elif isinstance(entry, Removed):
                begun._files.pop(entry.name, None)
        begun._made = self._made
        return begun

    def promises(self, before: int | None = None) -> list[Any]:
        """Return what was promised before a position."""
        return [e.what for e in self.entries[:before] if isinstance(e, Promised)]

    def syncs(self, since: int) -> list[int]:
        """Return the places after ``since`` where a file was synced."""
        return [
            place
            for place, entry in enumerate(self.entries)
            if place >= since and isinstance(entry, Synced)
        ]

    def __len__(self) -> int:
        return len(self.entries)
