"""What a move carries: rows, and keys and files if they are to go as well.

Each part looks before anything is changed, copies what is not there yet, and adds up both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from silkroad.engines.blobs.opening import open_blobs
from silkroad.engines.database.copying import Rows, columns, numbered
from silkroad.engines.database.driver import Connection
from silkroad.engines.keyring.copying import KeyRow
from silkroad.engines.keyring.opening import holds_keys, key_rows
from silkroad.settings import Settings

from . import totals
from .bar import Bar
from .places import number_on, postgres, snapshot, written
from .records import BLOBS, KEYS
from .sums import Sum
from .used import UNCHANGED, database_at
from .wrongs import NotDone

OWN = ("installation", "vapid_keys", "workspaces")
"""The tables that tell whose installation it is: no two have the same rows in them."""

Sums = dict[str, Sum]


class Part(Protocol):
    """Something that moves. Every method may raise NotDone, Refusal, Broken."""

    async def look(self) -> int:
        """Return how much there is to move. Raises NotDone when the target has anything else."""
        ...

    async def copy(self, bar: Bar) -> None:
        """Copy what is not there yet."""
        ...

    async def add_up(self) -> tuple[Sums, Sums]:
        """Read source and target to their ends and return what each adds up to."""
        ...


class MovingRows:
    """Rows of a SQLite on their way to PostgreSQL, each page committed by itself."""

    def __init__(self, source: Rows, to: Settings) -> None:
        self._source, self._to = source, to

    async def look(self) -> int:
        store = database_at(self._to.database_url)
        if store is not None:
            with snapshot(store) as there:
                self._refuse_strangers(there)
                self._refuse_moved(there)
        return self._source.count()

    async def copy(self, bar: Bar) -> None:
        highest = {table: self._highest(table) for table in numbered()}
        number_on(self._to.database_owner_url, highest)
        with written(postgres(self._to.database_url)) as connection:
            for table in columns():
                for page in self._source.pages(table, ()):
                    self._put(connection, table, page)
                    bar.grow(len(page), table)

    async def add_up(self) -> tuple[Sums, Sums]:
        mine = totals.of_rows(self._source)
        with snapshot(postgres(self._to.database_url)) as there:
            return mine, totals.of_rows(there)

    def _refuse_strangers(self, target: Rows) -> None:
        """Raise NotDone if another installation lives there."""
        for table in OWN:
            theirs = {row for page in target.pages(table, target.workspaces()) for row in page}
            if not theirs <= {row for page in self._source.pages(table, ()) for row in page}:
                raise NotDone(f"The database holds another installation. {UNCHANGED}")

    def _refuse_moved(self, target: Rows) -> None:
        """Raise NotDone if a side has gone on by itself: the new one's rows must not be undone,
        and rows of an earlier try that are old by now would stay.
        """
        mine: dict[Any, Any] = dict(row for page in self._source.pages("feeds", ()) for row in page)
        pages = target.pages("feeds", target.workspaces())
        ahead = [last - mine.get(workspace_id, 0) for page in pages for workspace_id, last in page]
        if any(facts > 0 for facts in ahead):
            raise NotDone(
                "This installation has moved already, and the new database has gone on since. "
                f"Set SILKROAD_DATABASE_URL to it. {UNCHANGED}"
            )
        if any(ahead):
            raise NotDone(
                "This installation has gone on since an earlier try to move it: empty the new "
                f"database, then begin again. {UNCHANGED}"
            )

    def _highest(self, table: str) -> int:
        place = columns()[table].index("row")
        return max((page[-1][place] for page in self._source.pages(table, ())), default=0)

    def _put(self, connection: Connection, table: str, page: list[Any]) -> None:
        connection.begin(())
        Rows(connection).add(table, page, again=True)
        connection.commit()


class MovingKeys:
    """Keys on their way to another keyring, all or none."""

    def __init__(self, settings: Settings, to: Settings) -> None:
        self._source, self._target = key_rows(settings), key_rows(to)
        pages = self._target.rows() if holds_keys(to) else ()
        self._there = {row for page in pages for row in page}

    async def look(self) -> int:
        """A key that was destroyed here since an earlier try must not come back, nor stay there."""
        count = known = 0
        for page in self._source.rows():
            count += len(page)
            known += len(self._there.intersection(page))
        if known < len(self._there):
            raise NotDone(
                f"The database of the keyring holds keys that are not in this one. {UNCHANGED}"
            )
        return count

    async def copy(self, bar: Bar) -> None:
        self._target.put_rows(self._missing(bar))

    async def add_up(self) -> tuple[Sums, Sums]:
        return {KEYS: totals.of_keys(self._source)}, {KEYS: totals.of_keys(self._target)}

    def _missing(self, bar: Bar) -> Iterator[list[KeyRow]]:
        for page in self._source.rows():
            yield [row for row in page if row not in self._there]
            bar.grow(len(page), KEYS)


class MovingFiles:
    """Contents of files on their way to another store, one by one, each as a whole."""

    def __init__(self, settings: Settings, to: Settings) -> None:
        self._source, self._target = open_blobs(settings), open_blobs(to)
        self._mine: set[str] = set()
        self._there: set[str] = set()

    async def look(self) -> int:
        self._mine = {blob.key async for blob in self._source.stored()}
        self._there = {blob.key async for blob in self._target.stored()}
        if not self._there <= self._mine:
            raise NotDone(f"The bucket holds other files below its prefix. {UNCHANGED}")
        return len(self._mine)

    async def copy(self, bar: Bar) -> None:
        bar.grow(len(self._there), BLOBS)
        for key in sorted(self._mine - self._there):
            await self._target.put(key, await self._source.get(key))
            bar.grow(1, BLOBS)

    async def add_up(self) -> tuple[Sums, Sums]:
        mine, theirs = await totals.of_blobs(self._source), await totals.of_blobs(self._target)
        return {BLOBS: mine}, {BLOBS: theirs}
