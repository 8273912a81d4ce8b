"""``silkroad migrate``: to the newest schema, or with ``--to`` from SQLite to PostgreSQL.

A move goes table by table, and each page of rows is committed by itself. A row that is there
already stays as it is, so a move that was cut off is simply started again; at the end both sides
are read again and compared. Keys and files stay where they are.
"""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

from silkroad import app, migrations
from silkroad.engines.database.copying import Rows, columns, numbered
from silkroad.engines.database.driver import Connection
from silkroad.settings import Settings

from .places import alone, existing, number_on, postgres, snapshot, sums_of, written
from .wrongs import NotDone, Unsound, told

OWN = ("installation", "vapid_keys", "workspaces")
"""The tables that tell whose installation it is: no two have the same rows in them."""

WIDTH = 30

assert app.DECLARATIONS  # noqa: S101 - importing the app declares every module's tables


class Target(NamedTuple):
    """The PostgreSQL that an installation moves to: as the server's role, and as the owner."""

    url: str
    owner_url: str


async def migrate(settings: Settings) -> str:
    """Bring the database to the newest schema and return that. Raises NotDone, SchemaTooNew."""
    with told(), alone(settings):
        if not settings.database_url:
            return migrations.migrate(settings.data_dir / "silkroad.db")
        if not settings.database_owner_url:
            raise NotDone("Set SILKROAD_DATABASE_OWNER_URL to the owner of the database.")
        return migrations.migrate_postgres(settings.database_owner_url, settings.database_url)


async def move(settings: Settings, target: Target) -> int:
    """Move a stopped installation to PostgreSQL; return how many rows it has.

    Raises NotDone, Unsound, Unsafe, Unreachable.
    """
    if settings.database_url:
        raise NotDone("Only an installation on SQLite can move; unset SILKROAD_DATABASE_URL.")
    if not (settings.data_dir / "silkroad.db").exists():
        raise NotDone(f"There is no installation in {settings.data_dir}.")
    with told(), alone(settings):
        migrations.migrate(settings.data_dir / "silkroad.db")
        source = existing(settings).store
        migrations.migrate_postgres(target.owner_url, target.url)
        store = postgres(target.url)
        with snapshot(source) as rows:
            with snapshot(store) as there:
                _refuse_strangers(rows, there)
                _refuse_moved(rows, there)
            highest = {table: _highest(rows, table) for table in numbered()}
            number_on(target.owner_url, highest)
            with written(store) as connection:
                _copy(rows, connection)
            with snapshot(store) as there:
                return _compare(rows, there)


def _refuse_strangers(source: Rows, target: Rows) -> None:
    """Raise NotDone if another installation lives there."""
    for table in OWN:
        mine = {row for page in source.pages(table, source.workspaces()) for row in page}
        theirs = {row for page in target.pages(table, target.workspaces()) for row in page}
        if not theirs <= mine:
            raise NotDone("The database holds another installation. None of its rows was changed.")


def _refuse_moved(source: Rows, target: Rows) -> None:
    """Raise NotDone if the new database has gone on by itself: what is there must not be undone."""
    mine: dict[Any, Any] = dict(
        row for page in source.pages("feeds", source.workspaces()) for row in page
    )
    for page in target.pages("feeds", target.workspaces()):
        if any(last > mine.get(workspace_id, 0) for workspace_id, last in page):
            raise NotDone(
                "This installation has moved already, and the new database has gone on since. "
                "Set SILKROAD_DATABASE_URL to it. No row was changed."
            )


def _highest(rows: Rows, table: str) -> int:
    place = columns()[table].index("row")
    return max((page[-1][place] for page in rows.pages(table, ())), default=0)


def _copy(source: Rows, connection: Connection) -> None:
    bar, target = Bar(source.count()), Rows(connection)
    for table in columns():
        for page in source.pages(table, ()):
            connection.begin(())
            target.add(table, page)
            connection.commit()
            bar.grow(len(page), table)
    bar.end()


def _compare(source: Rows, target: Rows) -> int:
    """Read both sides and return the number of rows. Raises Unsound."""
    mine, theirs = sums_of(source), sums_of(target)
    wrong = [name for name, total in mine.items() if total.told() != theirs[name].told()]
    if wrong:
        raise Unsound(f"The two databases differ in {', '.join(wrong)}. Do not use the new one.")
    return sum(total.count for total in mine.values())


class Bar:
    """How far it is, on standard error."""

    def __init__(self, total: int) -> None:
        self._total, self._done = max(total, 1), 0

    def grow(self, count: int, what: str) -> None:
        self._done += count
        full = WIDTH * self._done // self._total
        share = 100 * self._done // self._total
        line = f"\r[{'#' * full:{WIDTH}}] {share:3} % {what:24}"
        print(line, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        print(file=sys.stderr)
