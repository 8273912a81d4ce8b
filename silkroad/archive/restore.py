"""``silkroad restore FILE``: onto an empty place only, and nothing is written before all is read.

Keys and blobs come first and the rows last, in one transaction: an installation whose restoration
was cut off has no rows, and does not look like one. Nobody else can write rows meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from silkroad import marks, migrations
from silkroad.engines.database.copying import Rows, columns, numbered
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.copying import KeyRow
from silkroad.settings import Settings

from . import totals
from .backup import records_of, verified
from .places import Place, alone, empty, homes_in, number_on, root_key, snapshot, written
from .records import BLOBS, KEYS, Began, OneBlob, SomeKeys, SomeRows, Told
from .used import holds_rows, refuse_used
from .wrongs import NotDone, Unsound, told


async def restore(settings: Settings, path: Path) -> tuple[Began, Told]:
    """Restore a backup; return how it begins and what is there.

    What is at home in one region is not restored in another. Raises NotDone, Unsound, Unsafe,
    BadSettings.
    """
    with told():
        root = await root_key(settings)
        began, expected = verified(path, root)
        if began.schema != migrations.newest():
            raise NotDone(
                f"This backup has schema {began.schema}, this Silkroad {migrations.newest()}: "
                "restore it with the version that made it, then update."
            )
        if began.region not in {"", settings.region}:
            raise NotDone(
                f"This backup is of the region {began.region}, and SILKROAD_REGION is "
                f"{settings.region or 'not set'}: what is at home there stays there, and is not "
                f"served as another region's. Set SILKROAD_REGION={began.region} to restore it."
            )
        for some in _rows(path, root):
            if some.table == "workspaces":
                marks.hold_homes(homes_in(some.rows), settings)
        with alone(settings):
            await refuse_used(settings, _keys(path, root))
            await marks.hold_keys(settings)
            await marks.hold_files(settings)
            place = empty(settings)
            await marks.hold_keys(settings, began.region)
            await marks.hold_files(settings, began.region)
            place.keys.put_rows(_keys(path, root))
            await _put_blobs(place, path, root)
            _put_rows(settings, place, path, root)
            await _compare(place, expected)
            replay_erasures(place, began.made_at)
    return began, expected


def replay_erasures(place: Place, since: int) -> None:
    """Erase again what was erased since the backup began, before anybody is served.

    ``since`` in Unix ms. What was erased while it was made may be in it: a key that was destroyed
    after it had been read. This is its place, and nothing is replayed yet: what was erased since is
    not in the backup, and the ledger that could tell lies in the rows that it replaces. Who was
    erased is there again, with their keys, until they are erased again (6.1e).
    """


def _rows(path: Path, root: SealKey) -> Iterator[SomeRows]:
    """Yield the rows, which come first, and go no further: a transaction waits behind them."""
    for record in records_of(path, root):
        if isinstance(record, SomeRows):
            yield record
        elif not isinstance(record, Began):
            return


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
        if holds_rows(rows):
            raise NotDone(
                "Somebody has written into the database meanwhile, and its rows were not touched. "
                "Stop all nodes, empty every place, and begin again."
            )
        for some in _rows(path, root):
            rows.add(some.table, some.rows)
            if some.table in at:
                numbers = [row[at[some.table]] for row in some.rows]
                highest[some.table] = max(highest[some.table], *numbers)
        if settings.database_url:
            number_on(settings.database_owner_url, highest)
        connection.commit()


async def _compare(place: Place, expected: Told) -> None:
    """Read everything again. Raises Unsound."""
    with snapshot(place.store) as rows:
        sums = totals.of_rows(rows)
    sums |= {KEYS: totals.of_keys(place.keys), BLOBS: await totals.of_blobs(place.blobs)}
    wrong = [name for name, total in sums.items() if total.told() != expected.get(name)]
    if wrong:
        raise Unsound(f"What was written is not what is read: {', '.join(wrong)}.")
