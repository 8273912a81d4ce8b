"""Where an installation is kept: the database, keyring and blobs that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import NamedTuple

from silkroad import marks, migrations
from silkroad.engines import standing
from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.opening import open_blobs
from silkroad.engines.database import Store
from silkroad.engines.database.copying import Rows, columns, numbering_sql
from silkroad.engines.database.driver import Connection, Row
from silkroad.engines.database.folder import having, refuse_moved
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.copying import KeyRows
from silkroad.engines.keyring.opening import key_rows
from silkroad.engines.keyring.roots import existing_root
from silkroad.kit.scope import INSTALLATION
from silkroad.settings import Settings

from .wrongs import NotDone


class Place(NamedTuple):
    """An installation's keeping, whoever serves it meanwhile."""

    store: Store
    keys: KeyRows
    blobs: Blobs


async def root_key(settings: Settings) -> SealKey:
    """Return the root key, which is never made here, once all stands where the settings say. 2.1.

    Raises NotDone, RootKeyUnsafe, BadSettings.
    """
    standing.hold(settings)
    if not settings.root_key.exists():
        raise NotDone(f"The root key is not at {settings.root_key}: put your copy of it there.")
    return await existing_root(settings)


async def existing(settings: Settings) -> Place:
    """Return the installation that the settings name, which stands where they say it does. 2.1.

    Raises NotDone, Unsafe, BadSettings.
    """
    if not settings.database_url:
        refuse_moved(settings.data_dir)
    database = settings.data_dir / "silkroad.db"
    if not settings.database_url and not database.exists():
        raise NotDone(f"There is no installation in {settings.data_dir}.")
    store = postgres(settings.database_url) if settings.database_url else SqliteStore(database)
    with snapshot(store) as rows:
        if rows.version() != migrations.newest():
            raise NotDone("The database has another schema than this Silkroad: run migrate first.")
        marks.hold(marks.DATABASE, region_of(rows), settings)
        marks.hold_homes(homes_of(rows), settings)
    await marks.hold_keys(settings)
    await marks.hold_files(settings)
    return _place(settings, store)


def region_of(rows: Rows) -> str:
    """Return where the rows are at home, as the database itself is marked; empty: nobody said."""
    at = columns()["places"].index("region")
    found = (row for page in rows.pages("places", [INSTALLATION]) for row in page)
    return next((row[at] for row in found), "")


def homes_of(rows: Rows) -> set[str]:
    """Return every region in which a company is at home."""
    pages = rows.pages("workspaces", rows.workspaces())
    return {region for page in pages for region in homes_in(page)}


def homes_in(page: list[Row]) -> set[str]:
    """Return the same of some rows of the companies' own table."""
    at = columns()["workspaces"].index("region")
    return {str(row[at]) for row in page}


def empty(settings: Settings) -> Place:
    """Return a new place, with an empty database of the newest schema."""
    if settings.database_url:
        return _place(settings, made(settings))
    migrations.migrate(settings.data_dir / "silkroad.db")
    return _place(settings, SqliteStore(settings.data_dir / "silkroad.db"))


def made(settings: Settings) -> Store:
    """Return a PostgreSQL with the newest schema. Raises NotDone, Unsafe, Unreachable."""
    if not settings.database_owner_url:
        raise NotDone("Set SILKROAD_DATABASE_OWNER_URL to the owner of the database.")
    migrations.migrate_postgres(settings.database_owner_url, settings.database_url)
    return postgres(settings.database_url)


@contextmanager
def snapshot(store: Store) -> Iterator[Rows]:
    """Read from one consistent state, while others write."""
    connection = store.open(writes=False)
    try:
        connection.look()
        yield Rows(connection)
    finally:
        connection.roll_back()
        connection.close()


@contextmanager
def written(store: Store) -> Iterator[Connection]:
    """Open a connection to write with, alone; what was not committed is undone."""
    connection = store.open(writes=True)
    try:
        yield connection
    finally:
        connection.roll_back()
        connection.close()


def alone(settings: Settings) -> AbstractContextManager[None]:
    """Have the data folder for oneself. Raises Taken, Moved."""
    return nullcontext() if settings.database_url else having(settings.data_dir)


def postgres(url: str) -> Store:
    """Return a PostgreSQL that is migrated and guarded, to copy. Raises Unsafe, Unreachable."""
    from silkroad.engines.database.postgres import open_for_copying  # noqa: PLC0415 - psycopg is an extra

    return open_for_copying(url, migrations.newest())


def number_on(owner_url: str, highest: dict[str, int]) -> None:
    """Let PostgreSQL number new rows behind the highest ones."""
    from silkroad.engines.database.postgres import Owner  # noqa: PLC0415 - psycopg is an extra

    with Owner(owner_url) as owner:
        for sql in numbering_sql(highest):
            owner.execute(sql)


def _place(settings: Settings, store: Store) -> Place:
    return Place(store, key_rows(settings), open_blobs(settings))
