"""The rows of a keyring in a PostgreSQL database, wrapped, for moving them.

Whoever moves keys has the time that a node with people before it has not, so a step may take as
long as it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from psycopg.rows import TupleRow

from silkroad.kit.errors import refuse

from .copying import PAGE, KeyRow
from .postgres import ADD, CONNECT_WITHIN, ONE_AT_A_TIME, TABLES, has_tables, only, translated

_READ = (
    "SELECT workspace_id, key_id, parent_id, version, wrapped FROM keys "
    "WHERE (workspace_id, key_id) > (%s, %s) ORDER BY workspace_id, key_id LIMIT %s"
)
_HAS_PLACE = "SELECT to_regclass('place') IS NOT NULL"
_PLACE = """
CREATE TABLE place (one boolean PRIMARY KEY DEFAULT true CHECK (one), region text NOT NULL)
"""
_MARK = "INSERT INTO place (region) VALUES (%s) ON CONFLICT DO NOTHING"
_REGION = "SELECT coalesce((SELECT region FROM place), '')"
_SESSION = """
SET synchronous_commit = on;
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0
"""


class PostgresKeyRows:
    """The rows of a keyring in a database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def rows(self) -> Iterator[list[KeyRow]]:
        with self._opened() as connection:
            if not has_tables(connection):
                raise refuse("storage_failed", "There is no keyring in its database.")
            after = ("", "")
            while page := cast(
                "list[KeyRow]", connection.execute(_READ, (*after, PAGE)).fetchall()
            ):
                yield page
                after = page[-1][:2]

    def put_rows(self, pages: Iterator[list[KeyRow]]) -> None:
        with self._opened() as connection, connection.transaction():
            if not has_tables(connection):
                connection.execute(ONE_AT_A_TIME)
                connection.execute(TABLES)
            for page in pages:
                connection.cursor().executemany(ADD, page)

    def mark(self, region: str = "") -> str:
        with self._opened() as connection:
            if region:
                with connection.transaction():
                    connection.execute(ONE_AT_A_TIME)
                    if not only(connection, _HAS_PLACE):
                        connection.execute(_PLACE)
                    connection.execute(_MARK, (region,))
            return str(only(connection, _REGION)) if only(connection, _HAS_PLACE) else ""

    @contextmanager
    def _opened(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """Open a connection that commits each statement, unless told otherwise. Raises Refusal."""
        try:
            with psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=CONNECT_WITHIN,
                application_name="silkroad keyring",
                keepalives_idle=4,
            ) as connection:
                connection.execute(_SESSION)
                yield connection
        except psycopg.Error as error:
            raise translated(error) from error
