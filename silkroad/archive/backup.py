"""``silkroad backup FILE`` and ``silkroad verify FILE``.

A backup is taken while people write: the rows are one snapshot of the database. Keys are read after
it began and blobs after that, so every key and every file that the rows tell of is there; what came
later is there without a row, and harmless. What was erased meanwhile is missing, or still in it
if it had been read before: what is erased again after a restoration counts from the beginning.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from silkroad import migrations, parts
from silkroad.engines.database.copying import columns
from silkroad.engines.disk import sync
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.copying import KeyRow
from silkroad.kit.clock import SystemClock
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import Settings

from .keys import opens, unopened
from .places import Place, existing, region_of, root_key, snapshot
from .records import Began, Ended, OneBlob, Record, SomeKeys, SomeRows, Told, count, read, write
from .seal import SALT, Damaged, SealedReader, SealedWriter
from .sums import Sum
from .totals import contents
from .wrongs import NotDone, told

assert parts.DECLARATIONS  # noqa: S101 - importing the app declares every module's tables


async def backup(settings: Settings, path: Path) -> Told:
    """Write a backup and return what is in it. Raises NotDone, Unsafe, Unreachable."""
    with told():
        root, place = await root_key(settings), await existing(settings)
        if not opens(root, place.keys.rows()):
            raise NotDone(
                f"{settings.root_key} does not open the keys of this installation, or they are "
                "not in this keyring."
            )
        sums: dict[str, Sum] = {}
        with _new_file(path) as file:
            out = SealedWriter(file, root, SystemRandomness().bytes(SALT))
            async for record in _records(place):
                count(sums, record)
                write(out, record)
            write(out, Ended(_told(sums)))
            out.end()
        return _told(sums)


async def verify(settings: Settings, path: Path) -> tuple[Began, Told]:
    """Read a backup to its end; return how it begins and what is in it. Raises NotDone, Unsound."""
    with told():
        return verified(path, await root_key(settings))


def verified(path: Path, root: SealKey) -> tuple[Began, Told]:
    """Return how a backup begins and what is in it. Raises Damaged."""
    sums: dict[str, Sum] = {}
    records = records_of(path, root)
    began = next(records)
    if not isinstance(began, Began):
        raise Damaged("it does not begin at its beginning")
    count(sums, began)
    keys: list[KeyRow] = []
    for record in records:
        if isinstance(record, Ended) and record.sums != _told(sums):
            raise Damaged("its counts and sums are not those of its contents")
        if isinstance(record, SomeKeys):
            keys += record.rows
        count(sums, record)
    if shut := unopened(root, keys):
        raise Damaged(f"{shut} of its keys do not open with this root key")
    return began, _told(sums)


def records_of(path: Path, root: SealKey) -> Iterator[Record]:
    """Yield what a backup says. Raises Damaged."""
    with path.open("rb") as file:
        yield from read(SealedReader(file, root))


async def _records(place: Place) -> AsyncIterator[Record]:
    with snapshot(place.store) as rows:
        workspaces = rows.workspaces()
        yield Began(migrations.newest(), SystemClock().now(), columns(), region_of(rows))
        for table in columns():
            for page in rows.pages(table, workspaces):
                yield SomeRows(table, page)
    for keys in place.keys.rows():
        yield SomeKeys(keys)
    async for key, data in contents(place.blobs):
        yield OneBlob(key, data)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that has its name only once it is complete and on the disk."""
    if path.exists():
        raise NotDone(f"{path} exists already.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync(path.parent)


def _told(sums: dict[str, Sum]) -> Told:
    return {name: total.told() for name, total in sums.items()}
