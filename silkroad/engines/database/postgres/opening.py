"""Opening a PostgreSQL database: as which role, and only when it is as it must be."""

from __future__ import annotations

from typing import TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from silkroad.engines.database.driver import EVERYWHERE, Unsafe

from .connection import PostgresConnection, PostgresStore
from .copying import CopyingStore
from .guard import refuse_unguarded

S = TypeVar("S", bound=PostgresStore)

_VERSION = "SELECT version_num::text FROM alembic_version"
_HAS_VERSION = "SELECT to_regclass('alembic_version') IS NOT NULL"
_TABLES = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"


def open_postgres(url: str, schema: str) -> PostgresStore:
    """Return a database that has this schema and is guarded. Raises Unsafe, Unreachable."""
    return _guarded(PostgresStore(url), schema)


def open_for_copying(url: str, schema: str) -> CopyingStore:
    """Return such a database for whoever copies all of it. Raises Unsafe, Unreachable."""
    return _guarded(CopyingStore(url), schema)


def _guarded(store: S, schema: str) -> S:
    connection = store.open(writes=False)
    try:
        connection.look()
        found = _schema(connection)
        if found != schema:
            raise Unsafe(
                f"The database has schema {found or 'none'}, not {schema}. Run "
                "silkroad migrate with SILKROAD_DATABASE_OWNER_URL set to the tables' owner."
            )
        refuse_unguarded(connection)
        connection.roll_back()
    finally:
        connection.close()
    return store


def found_in(url: str) -> tuple[str | None, list[str]]:
    """Return which schema a database has, None if it has none of ours, and what tables.

    Raises Unreachable.
    """
    connection = PostgresStore(url).open(writes=False)
    try:
        connection.look()
        tables = [name for (name,) in connection.execute(_TABLES, (), EVERYWHERE)]
        return _schema(connection), tables
    finally:
        connection.roll_back()
        connection.close()


def _schema(connection: PostgresConnection) -> str | None:
    ((known,),) = connection.execute(_HAS_VERSION, (), EVERYWHERE)
    found = connection.execute(_VERSION, (), EVERYWHERE) if known else []
    return str(found[0][0]) if found else None


def hosts_of(url: str) -> tuple[str, ...]:
    """Return the hosts that a URL leads to, with what the environment adds; a socket is a path.

    Of a service file only the name is known. What is no address has no host: opening it fails.
    """
    try:
        given = {one.keyword: one.val for one in Conninfo.parse(url.encode()) if one.val}
    except psycopg.OperationalError:
        return ()
    usual = {one.keyword: one.val for one in Conninfo.get_defaults() if one.val}
    told = {key.decode(): value.decode() for key, value in {**usual, **given}.items()}
    where = told.get("hostaddr") or told.get("host") or told.get("service") or ""
    return tuple(where.split(","))


def role_in(url: str) -> str:
    """Return the role that a URL comes as. Raises Unsafe."""
    try:
        role = conninfo_to_dict(url).get("user")
    except psycopg.ProgrammingError as wrong:
        raise Unsafe("SILKROAD_DATABASE_URL is not a PostgreSQL URL") from wrong
    if not role:
        raise Unsafe("SILKROAD_DATABASE_URL has to name its role: postgresql://role@host/name")
    return str(role)
