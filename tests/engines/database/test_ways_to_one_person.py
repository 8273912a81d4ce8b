"""Whoever copies or erases one person looks at their rows, and at nobody else's. 6.1a, 6.2.

On SQLite by the plan of an engine that knows nothing of how many rows there are; on PostgreSQL by
how many rows are taken up where there are many, as it plans by what it has counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import apsw
import psycopg
import pytest
from psycopg import sql

from silkroad import migrations
from silkroad.engines.database import Statement
from silkroad.engines.database.tables import BigInteger, Integer, LargeBinary, Table, Text, metadata
from silkroad.migrations.script import sql as line
from silkroad.privacy.holdings import Holding, learned
from tests.harness.postgres import Postgres

PEOPLE, ROWS = 2_000, 8_000
MOST = 40
"""Each has four rows of a table; those of a person are taken up by a handful of ways."""


SMALL = {"tickets": "they live for half a minute"}
"""Tables that a company has so little in that nobody needs a way through them."""

UNHEARD_OF = {("campaign_people", "some")}
"""Somebody who was told of more than two hundred changes: SQLite reads on in the key then."""

THINGS = {"visitors": "vis_", "conversations": "con_", "devices": "dev_"}
STORED_PEOPLE = {"visitor_id", "subject_id", "owner_id", "actor_id"}
ONCE = {"workspace_id", *STORED_PEOPLE}
HOLDINGS = {held.name: held for held in learned() if held.name not in SMALL}


def statements(held: Holding) -> Iterator[tuple[str, Statement]]:
    """Yield all that a copy and an erasure ask of a table."""
    if held.fields:
        for room in held.rooms:
            yield from (("first", room.first), ("rest", room.rest))
    if held.is_deleted:
        for way in held.forgetting:
            yield from (("counted", way.counted), ("some", way.some), ("rest", way.rest))
    if held.is_sealed:
        yield from (("keys", statement) for statement in held.sealing_keys[1])


def values(held: Holding) -> dict[str, Any]:
    after = {f"after_{n}": _value(key.type, 0) for n, key in enumerate(held._keys)}
    return {"workspace_id": "wsp_a", "of_person": "vis_7", "most": 200, **after}


def _value(kind: Any, number: int) -> Any:
    if isinstance(kind, Integer | BigInteger):
        return number
    return str(number).encode() if isinstance(kind, LargeBinary) else str(number)


@pytest.mark.parametrize("name", HOLDINGS)
def test_on_sqlite_it_searches_by_more_than_the_company(name: str) -> None:
    held = HOLDINGS[name]
    with apsw.Connection(":memory:") as file:
        file.execute(line(None)).fetchall()
        for what, statement in statements(held):
            text, bound = statement.on("sqlite").bound(values(held))
            steps = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {text}", bound)]
            walks = [s for s in steps if s.startswith("SCAN") or s.endswith("(workspace_id=?)")]
            assert steps and (not walks or (name, what) in UNHEARD_OF), (what, steps)


@pytest.fixture(scope="module")
def full(postgres: Postgres) -> Iterator[psycopg.Connection[Any]]:
    """The server's own connection to a database with a few rows of each of many people."""
    urls = postgres.fresh()
    migrations.migrate_postgres(urls.owner, urls.app)
    with psycopg.connect(urls.superuser, autocommit=True) as filling:
        filling.execute("SET session_replication_role = replica")  # nobody has to be there for it
        for held in learned():
            filling.execute(filled(held._table))
            alone = sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL")  # so that each is asked alone
            filling.execute(alone.format(sql.Identifier(held.name)))
        filling.execute("ANALYZE")
    with psycopg.connect(urls.app, autocommit=True) as connection:
        connection.execute("SELECT set_config('silkroad.workspace', 'wsp_a', false)")
        yield connection


def filled(table: Table) -> sql.Composed:
    """Return what fills a table: whoever it is about by number, everything else told apart."""
    columns = [column for column in table.c if column is not table.autoincrement_column]
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    told = sql.SQL(", ").join(_made(column) for column in columns)
    own = {key.name for key in table.primary_key} <= ONCE or table.name in THINGS
    each = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(0, {}) n")
    last = (PEOPLE if own else ROWS) - 1
    return each.format(sql.Identifier(table.name), names, told, sql.Literal(last))


def _made(column: Any) -> sql.Composable:
    by_name = {
        "workspace_id": "'wsp_a'",
        "actor_kind": "'visitor'",
        "owner_kind": "'visitor'",
        "id": f"'{THINGS.get(column.table.name, 'row_')}' || n",
        "conversation_id": f"'con_' || n % {PEOPLE}",
        "device_id": f"'dev_' || n % {PEOPLE}",
        **dict.fromkeys(STORED_PEOPLE, f"'vis_' || n % {PEOPLE}"),
    }
    by_type = {BigInteger: "n", Integer: "n", LargeBinary: "n::text::bytea", Text: "'t' || n"}
    return sql.SQL(by_name.get(column.name) or by_type[type(column.type)])


@pytest.mark.parametrize("plan", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize("name", HOLDINGS)
def test_on_postgresql_it_takes_up_the_rows_of_one_person(
    full: psycopg.Connection[Any], name: str, plan: str
) -> None:
    held = HOLDINGS[name]
    full.execute(sql.SQL("SET plan_cache_mode = {}").format(sql.Identifier(plan)))
    for what, statement in statements(held):
        compiled = statement.on("postgresql")
        _text, bound = compiled.bound(values(held))
        full.pgconn.prepare(b"asked", compiled.sql.encode())
        try:
            given = sql.SQL(", ").join(sql.Literal(value) for value in bound)
            explain = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked({})").format(given)
            with full.transaction(force_rollback=True):
                ((told,),) = full.execute(explain).fetchall()
        finally:
            full.execute("DEALLOCATE asked")
        assert looked_at(told[0]["Plan"]) <= MOST, (what, json.dumps(told, indent=1))


def looked_at(node: dict[str, Any]) -> float:
    """Return how many rows a plan's leaves took up, those that a filter then threw away as well."""
    inner = node.get("Plans", [])
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return sum(map(looked_at, inner)) if inner else own * node["Actual Loops"]


def test_there_was_something_to_be_found(full: psycopg.Connection[Any]) -> None:
    for held in HOLDINGS.values():
        count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(held.name))
        assert full.execute(count).fetchall()[0][0] >= PEOPLE, held.name
    assert set(SMALL) <= set(metadata.tables)
