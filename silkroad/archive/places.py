"""Where an installation is kept: the database, keyring and blobs that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import NamedTuple

from silkroad import migrations
from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.folder import FolderBlobs
from silkroad.engines.database import Store
from silkroad.engines.database.copying import Rows, columns, numbering_sql
from silkroad.engines.database.driver import Connection
from silkroad.engines.database.folder import having
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.copying import SqliteKeyRows
from silkroad.engines.keyring.roots import existing_root
from silkroad.kit.scope import INSTALLATION
from silkroad.settings import Settings

from .sums import Sum
from .wrongs import NotDone


class Place(NamedTuple):
    """An installation's keeping, whoever serves it meanwhile."""

    store: Store
    keys: SqliteKeyRows
    blobs: Blobs


async def root_key(settings: Settings) -> SealKey:
    """Return the root key, which is never made here. Raises NotDone, RootKeyUnsafe, BadSettings."""
    if not settings.root_key.exists():
        raise NotDone(f"The root key is not at {settings.root_key}: put your copy of it there.")
    return await existing_root(settings)


def existing(settings: Settings) -> Place:
    """Return the installation that the settings name. Raises NotDone, Unsafe."""
    database = settings.data_dir / "silkroad.db"
    if not settings.database_url and not database.exists():
        raise NotDone(f"There is no installation in {settings.data_dir}.")
    place = _place(settings, _postgres(settings) or SqliteStore(database))
    with snapshot(place.store) as rows:
        if rows.version() != migrations.newest():
            raise NotDone("The database has another schema than this Silkroad: run migrate first.")
    return place


def refuse_elsewhere(settings: Settings) -> None:
    """Raise NotDone when keys or files lie where this does not reach: half a backup is none."""
    if settings.keyring_url or settings.blobs_url:
        raise NotDone(
            "Keys or files of this installation lie in a database or a bucket of their own, which "
            "this does not reach yet: copy them, and the database, with the tools of those."
        )


def refuse_used(settings: Settings) -> None:
    """Raise NotDone if anything is kept there already, other than a root key."""
    refuse_elsewhere(settings)
    data = settings.data_dir
    found = [name for name in ("silkroad.db", "keys/keyring.db") if (data / name).exists()]
    blobs = data / "blobs"
    found += ["blobs"] if blobs.exists() and any(p.is_file() for p in blobs.rglob("*")) else []
    if found:
        raise NotDone(f"{data} is not empty: there is {', '.join(found)}. Nothing was changed.")
    store = _made(settings) if settings.database_url else None
    if store is not None:
        with snapshot(store) as rows:
            if _holds_rows(rows):
                raise NotDone("The database holds an installation already. Nothing was changed.")


def empty(settings: Settings) -> Place:
    """Return a new place, with an empty database of the newest schema."""
    if settings.database_url:
        return _place(settings, _made(settings))
    migrations.migrate(settings.data_dir / "silkroad.db")
    return _place(settings, SqliteStore(settings.data_dir / "silkroad.db"))


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
    """Open a connection to write with; what was not committed is undone."""
    connection = store.open(writes=True)
    try:
        yield connection
    finally:
        connection.roll_back()
        connection.close()


def alone(settings: Settings) -> AbstractContextManager[None]:
    """Have the data folder for oneself. Raises Taken."""
    return nullcontext() if settings.database_url else having(settings.data_dir)


def sums_of(rows: Rows) -> dict[str, Sum]:
    """Return what a database's rows add up to, table by table."""
    sums = {table: Sum() for table in columns()}
    workspaces = rows.workspaces()
    for table, total in sums.items():
        for page in rows.pages(table, workspaces):
            total.add(page)
    return sums


def _place(settings: Settings, store: Store) -> Place:
    refuse_elsewhere(settings)
    data = settings.data_dir
    return Place(store, SqliteKeyRows(data / "keys" / "keyring.db"), FolderBlobs(data / "blobs"))


def _holds_rows(rows: Rows) -> bool:
    workspaces = rows.workspaces()
    return workspaces != [INSTALLATION] or any(
        page for table in columns() for page in rows.pages(table, workspaces)
    )


def _made(settings: Settings) -> Store:
    """Return a PostgreSQL with the newest schema. Raises NotDone, Unsafe, Unreachable."""
    if not settings.database_owner_url:
        raise NotDone("Set SILKROAD_DATABASE_OWNER_URL to the owner of the database.")
    migrations.migrate_postgres(settings.database_owner_url, settings.database_url)
    return postgres(settings.database_url)


def _postgres(settings: Settings) -> Store | None:
    return postgres(settings.database_url) if settings.database_url else None


def postgres(url: str) -> Store:
    """Return a PostgreSQL that is migrated and guarded. Raises Unsafe, Unreachable."""
    from silkroad.engines.database.postgres import open_postgres  # noqa: PLC0415 - psycopg is an extra

    return open_postgres(url, migrations.newest())


def number_on(owner_url: str, highest: dict[str, int]) -> None:
    """Let PostgreSQL number new rows behind the highest ones."""
    from silkroad.engines.database.postgres import Owner  # noqa: PLC0415 - psycopg is an extra

    with Owner(owner_url) as owner:
        for sql in numbering_sql(highest):
            owner.execute(sql)
