"""The tables' owner: a role that only migrations use, and that the server itself does not have."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import psycopg

from silkroad.engines.database.driver import Row, Unreachable

from .pipeline import CONNECT_WITHIN

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('silkroad migrations'))"


class Owner:
    """One transaction as the tables' owner, alone among all who migrate."""

    def __init__(self, url: str) -> None:
        try:
            self._connection: psycopg.Connection[Any] = psycopg.connect(
                url, connect_timeout=CONNECT_WITHIN
            )
        except psycopg.OperationalError as failed:
            raise Unreachable(str(failed)) from failed

    def __enter__(self) -> Self:
        try:
            self._connection.execute(_ONE_AT_A_TIME)
        except BaseException:
            self._connection.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _where: TracebackType | None
    ) -> None:
        if kind is None:
            self._connection.commit()
        self._connection.close()

    def execute(self, sql: str, _parameters: Row = (), _workspace_id: str = "") -> list[Row]:
        return self._connection.execute(sql).fetchall()

    def script(self, sql: str) -> None:
        """Run several statements that take and return nothing."""
        self._connection.execute(sql)
