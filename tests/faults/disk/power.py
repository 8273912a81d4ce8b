"""The power goes: what a disk may hold then, by everything that a log says and does not say.

What was synced is there. What was not may be there, or not, or in parts: any subset of the writes,
each torn into sectors of 512 bytes, in any order, a size without its bytes, a name without its
file's content or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Literal

from .log import Entry, Made, NamesSynced, Removed, Resized, Synced, Written
from .recorder import folder_of

SECTOR = 512
Fate = Literal["all", "none", "first", "some", "torn"]
FATES: tuple[Fate, ...] = ("all", "none", "first", "some", "torn")
Change = Written | Resized


class File:
    """What is surely on the disk, and what may be."""

    def __init__(self) -> None:
        self.surely = bytearray()
        self.perhaps: list[tuple[int, Change]] = []

    def sync(self, upto: int) -> None:
        for position, change in self.perhaps:
            if position < upto:
                apply(self.surely, change)
        self.perhaps = [(p, change) for p, change in self.perhaps if p >= upto]

    def as_it_looks(self) -> bytearray:
        content = bytearray(self.surely)
        for _, change in self.perhaps:
            apply(content, change)
        return content

    def after_power_cut(self, chance: Random) -> bytearray:
        content = bytearray(self.surely)
        changes = [change for _, change in self.perhaps]
        fate = chance.choice(FATES)
        if fate == "none":
            changes = []
        elif fate == "first":
            changes = changes[: chance.randint(0, len(changes))]
        elif fate == "some":
            changes = [change for change in changes if chance.random() < 0.5]
        share = chance.choice((0.1, 0.5, 0.9))
        for change in changes:
            if fate == "torn" and isinstance(change, Written):
                tear(content, change, share, chance)
            else:
                apply(content, change)
        return content


class Disk:
    """A disk that follows a log, entry by entry."""

    def __init__(self) -> None:
        self.files: dict[int, File] = {}
        self.names: dict[str, int] = {}
        self._perhaps: list[tuple[int, Made | Removed]] = []

    def follow(self, position: int, entry: Entry) -> None:
        match entry:
            case Made(_, number):
                self.files.setdefault(number, File())
                self._perhaps.append((position, entry))
            case Removed():
                self._perhaps.append((position, entry))
            case Written(number) | Resized(number):
                self.files[number].perhaps.append((position, entry))
            case Synced(number, upto):
                self.files[number].sync(upto)
            case NamesSynced(folder, upto):
                self._sync_names(folder, upto)
            case _:
                pass

    def after_power_cut(self, chance: Random) -> dict[str, bytearray]:
        """Return one of the many contents that it may have when the power goes now."""
        names = dict(self.names)
        changes = [change for _, change in self._perhaps]
        fate = chance.choice(FATES)
        if fate == "none":
            changes = []
        elif fate == "first":
            changes = changes[: chance.randint(0, len(changes))]
        elif fate != "all":
            changes = [change for change in changes if chance.random() < 0.5]
        for change in changes:
            rename(names, change)
        return {name: self.files[n].after_power_cut(chance) for name, n in names.items()}

    def as_it_looks(self) -> dict[str, bytearray]:
        """Return what every program sees as long as the power is on."""
        names = dict(self.names)
        for _, change in self._perhaps:
            rename(names, change)
        return {name: self.files[number].as_it_looks() for name, number in names.items()}

    def _sync_names(self, folder: str, upto: int) -> None:
        kept = []
        for position, change in self._perhaps:
            if position < upto and folder_of(change.name) == folder:
                rename(self.names, change)
            else:
                kept.append((position, change))
        self._perhaps = kept


def rename(names: dict[str, int], change: Made | Removed) -> None:
    if isinstance(change, Made):
        names[change.name] = change.file
    else:
        names.pop(change.name, None)


def apply(content: bytearray, change: Change) -> None:
    if isinstance(change, Resized):
        del content[change.size :]
        grow(content, change.size)
    else:
        grow(content, change.at)
        content[change.at : change.at + len(change.data)] = change.data


def tear(content: bytearray, change: Written, share: float, chance: Random) -> None:
    """Apply some of a write's sectors; the file may have its new size without them."""
    end = change.at + len(change.data)
    start = change.at
    while start < end:
        stop = min(end, start - start % SECTOR + SECTOR)
        if chance.random() < share:
            apply(content, Written(0, start, change.data[start - change.at : stop - change.at]))
        start = stop
    if chance.random() < 0.5:
        grow(content, end)


def grow(content: bytearray, size: int) -> None:
    content.extend(bytes(max(0, size - len(content))))


def put_down(image: Iterable[tuple[str, bytearray]], folder: Path) -> None:
    """Write an image into an empty folder."""
    for name, content in image:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
