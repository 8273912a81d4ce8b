"""PostgreSQL takes every statement of the product, and tables that can be divided by workspace."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
from psycopg import sql

import silkroad.parts
from silkroad.engines.database.postgres.values import DECODERS
from silkroad.engines.database.statement import EVERY_STATEMENT
from tests.harness.postgres import Urls

GROWING = ("messages", "facts", "audit_entries", "jobs", "conversations", "reads", "files")


def test_every_statement_of_the_product_is_prepared(urls: Urls) -> None:
    assert silkroad.parts.OPERATIONS
    wrong = []
    with psycopg.connect(urls.app, autocommit=True) as connection:
        for number, statement in enumerate(EVERY_STATEMENT):
            compiled = statement.on("postgresql")
            lists = {name: [1] for name in compiled.names}
            text = compiled.bound(lists)[0] if compiled.expand else compiled.sql
            made = connection.pgconn.prepare(b"s%d" % number, text.encode())
            if made.error_message:
                wrong.append(f"{text}: {made.error_message.decode()}")
                continue
            told = connection.pgconn.describe_prepared(b"s%d" % number)
            kinds = {told.ftype(column) for column in range(told.nfields)}
            if not kinds <= DECODERS.keys():
                wrong.append(f"{text}: answers in a kind that the engine does not read")
    assert len(EVERY_STATEMENT) > 100
    assert not wrong, "\n".join(wrong)


def test_the_parts_know_every_statement_that_a_server_has() -> None:
    """A database is guarded by whoever migrates it, also without assembling a server."""
    count = (
        "import {}; from silkroad.engines.database.statement import EVERY_STATEMENT; "
        "print(sorted(str(one) for one in EVERY_STATEMENT))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", count.format(name)], capture_output=True, text=True, check=True
        ).stdout
        for name in ("silkroad.parts", "silkroad.app")
    ]
    assert "tickets" in told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("table", GROWING)
def test_a_table_that_grows_can_be_divided_by_workspace(urls: Urls, table: str) -> None:
    divided = "CREATE TABLE {} (LIKE {} INCLUDING ALL) PARTITION BY HASH (workspace_id)"
    names = [sql.Identifier(name) for name in (f"{table}_divided", table)]
    with psycopg.connect(urls.owner) as connection:
        connection.execute(sql.SQL(divided).format(*names))
        connection.rollback()
