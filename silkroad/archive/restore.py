"""``silkroad restore FILE``: onto an empty place only, and nothing is written before all is read.

Keys and blobs come first and the rows last, in one transaction: an installation whose restoration
was cut off has no rows, and does not look like one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from silkroad import migrations
from silkroad.engines.database.copying import Rows, columns, numbered
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.copying import KeyRow
from silkroad.settings import Settings

from .backup import Told, records_of, stored, verified
from .places import (
    Place,
    alone,
    empty,
    number_on,
    refuse_used,
    root_key,
    snapshot,
    sums_of,
    written,
)
from .records import BLOBS, KEYS, OneBlob, SomeKeys, SomeRows
from .sums import Sum
from .wrongs import NotDone, Unsound, told


async def restore(settings: Settings, path: Path) -> Told:
    """Restore a backup and return what is there now. Raises NotDone, Unsound, Unsafe."""
    with told():
        root = await root_key(settings)
        began, expected = verified(path, root)
        if began.schema != migrations.newest():
            raise NotDone(
                f"This backup has schema {began.schema}, this Silkroad {migrations.newest()}: "
                "restore it with the version that made it, then update."
            )
        with alone(settings):
            refuse_used(settings)
            place = empty(settings)
            place.keys.put_rows(_keys(path, root))
            await _put_blobs(place, path, root)
            _put_rows(settings, place, path, root)
            await _compare(place, expected)
            replay_erasures(place)
    return expected


def replay_erasures(place: Place) -> None:
    """Erase again what was erased after the backup was made, before anybody is served.

    This is its place, and there is nothing yet to replay: erasing is not built.
    """


def _keys(path: Path, root: SealKey) -> Iterator[list[KeyRow]]:
    return (record.rows for record in records_of(path, root) if isinstance(record, SomeKeys))


async def _put_blobs(place: Place, path: Path, root: SealKey) -> None:
    for record in records_of(path, root):
        if isinstance(record, OneBlob):
            await place.blobs.put(record.key, record.data)


def _put_rows(settings: Settings, place: Place, path: Path, root: SealKey) -> None:
    at = {table: columns()[table].index("row") for table in numbered()}
    highest = dict.fromkeys(at, 0)
    with written(place.store) as connection:
        connection.begin(())
        rows = Rows(connection)
        for record in records_of(path, root):
            if isinstance(record, SomeRows):
                rows.add(record.table, record.rows)
            if isinstance(record, SomeRows) and record.table in at:
                numbers = [row[at[record.table]] for row in record.rows]
                highest[record.table] = max(highest[record.table], *numbers)
        if settings.database_url:
            number_on(settings.database_owner_url, highest)
        connection.commit()


async def _compare(place: Place, expected: Told) -> None:
    """Read everything again. Raises Unsound."""
    with snapshot(place.store) as rows:
        sums = sums_of(rows)
    sums |= {KEYS: Sum(), BLOBS: Sum()}
    for page in place.keys.rows():
        sums[KEYS].add(page)
    async for blob in stored(place):
        sums[BLOBS].add([(blob.key, blob.data)])
    wrong = [name for name, total in sums.items() if total.told() != expected.get(name)]
    if wrong:
        raise Unsound(f"What was written is not what is read: {', '.join(wrong)}.")
