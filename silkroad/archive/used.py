"""Whether something is kept already where something is to be put. Looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from silkroad import migrations
from silkroad.engines.blobs.opening import open_blobs
from silkroad.engines.database import Store
from silkroad.engines.database.copying import Rows, columns
from silkroad.engines.keyring.copying import KeyRow
from silkroad.engines.keyring.opening import holds_keys, key_rows
from silkroad.kit.scope import INSTALLATION
from silkroad.settings import Settings, same_database

from .places import postgres, snapshot
from .wrongs import NotDone

UNCHANGED = "Nothing was changed."


async def refuse_used(settings: Settings, to_come: Iterable[list[KeyRow]]) -> None:
    """Raise NotDone if anything is kept there already, other than a root key.

    ``to_come`` are the keys that are to be put there.
    """
    refuse_one_for_both(settings)
    _refuse_used_folder(settings.data_dir)
    store = database_at(settings.database_url) if settings.database_url else None
    if store is not None:
        with snapshot(store) as rows:
            if holds_rows(rows):
                raise NotDone(f"The database holds an installation already. {UNCHANGED}")
    if settings.keyring_url and holds_keys(settings):
        raise NotDone(f"The database of the keyring holds {_whose(settings, to_come)}. {UNCHANGED}")
    if settings.blobs_url:
        async for _ in open_blobs(settings).stored():
            raise NotDone(f"The bucket holds files already, below its prefix. {UNCHANGED}")


def refuse_one_for_both(settings: Settings) -> None:
    """Raise NotDone when keys would lie beside the rows, where the server could read them."""
    if settings.keyring_url and same_database(settings.keyring_url, settings.database_url):
        raise NotDone(f"The keyring needs a database of its own, apart from the rows. {UNCHANGED}")


def database_at(url: str) -> Store | None:
    """Return a PostgreSQL that has our tables; None if it has no tables at all.

    Raises NotDone when they are somebody else's or another version's, Unsafe, Unreachable.
    """
    from silkroad.engines.database.postgres import found_in  # noqa: PLC0415 - psycopg is an extra

    schema, tables = found_in(url)
    if schema == migrations.newest():
        return postgres(url)
    if schema is not None:
        raise NotDone(
            f"The database has schema {schema}, not {migrations.newest()}: name an empty one. "
            f"{UNCHANGED}"
        )
    if tables:
        raise NotDone(f"The database is not empty: it has a table {tables[0]}. {UNCHANGED}")
    return None


def _whose(settings: Settings, to_come: Iterable[list[KeyRow]]) -> str:
    ours = {row for page in to_come for row in page}
    if any(row not in ours for page in key_rows(settings).rows() for row in page):
        return "keys already"
    return (
        "keys already, and they are all of this backup. If no installation uses them, a "
        "restoration that was cut off has left them: empty that database, and the bucket if there "
        "is one, and begin again"
    )


def _refuse_used_folder(data: Path) -> None:
    found = [name for name in ("silkroad.db", "keys/keyring.db") if (data / name).exists()]
    blobs = data / "blobs"
    found += ["blobs"] if blobs.exists() and any(p.is_file() for p in blobs.rglob("*")) else []
    if found:
        raise NotDone(f"{data} is not empty: there is {', '.join(found)}. {UNCHANGED}")


def holds_rows(rows: Rows) -> bool:
    """Whether there is any row, as far as the guard lets it be seen."""
    workspaces = rows.workspaces()
    return workspaces != [INSTALLATION] or any(
        page for table in columns() for page in rows.pages(table, workspaces)
    )
