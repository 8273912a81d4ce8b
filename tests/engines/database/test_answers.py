"""Every statement is understood by a real PostgreSQL, and its answer by us."""

from __future__ import annotations

from typing import Any

import psycopg

from silkroad import app, migrations
from silkroad.engines.database.postgres.values import DECODERS
from silkroad.engines.database.statement import EVERY_STATEMENT, Statement
from tests.harness.postgres import Postgres


def test_every_statement_answers_in_kinds_that_the_engine_reads(postgres: Postgres) -> None:
    assert app.DECLARATIONS, "importing the app makes every module's statements"
    urls = postgres.fresh()
    migrations.migrate_postgres(urls.owner, urls.app)
    with psycopg.connect(urls.superuser, autocommit=True) as connection:
        unread = {
            (statement_text, column)
            for statement in EVERY_STATEMENT
            for statement_text, column, kind in answers(connection, statement)
            if kind not in DECODERS
        }
    assert unread == set()


def answers(
    connection: psycopg.Connection[Any], statement: Statement
) -> list[tuple[str, bytes | None, int]]:
    """Return text, name and kind of each column that a statement answers with."""
    compiled = statement.on("postgresql")
    text = compiled.sql
    if compiled.expand:  # a list is as long as it is; one thing is enough here
        lists = {name: ["x"] for name in compiled.names}
        text, _ = compiled.bound(lists)
    prepared = connection.pgconn.prepare(b"asked", text.encode())
    assert prepared.status == psycopg.pq.ExecStatus.COMMAND_OK, (text, prepared.error_message)
    told = connection.pgconn.describe_prepared(b"asked")
    connection.execute("DEALLOCATE asked")
    return [(text, told.fname(i), told.ftype(i)) for i in range(told.nfields)]
