"""However many messages there are, what runs for each of them touches its own conversation only.

PostgreSQL itself says how many rows a statement looked at, as the server's role with the guard on,
with a plan for these values and with one for any. SQLite says that it searches and never scans.
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
from silkroad.conversations import store as conversations
from silkroad.conversations.messages import store as messages
from silkroad.conversations.reads import store as reads
from silkroad.engines.database import outbox
from silkroad.engines.database.statement import WORKSPACE, Statement
from silkroad.migrations.script import sql as line
from tests.depth import by_depth
from tests.harness.postgres import Postgres

WHOLE = by_depth(20_000, 1_000_000, 1_000_000)
PER_TALK = 100
PAGE = 50
MOST = 2 * PER_TALK + PAGE
"""Rows: a page of a conversation, and all of one conversation twice, whatever the whole is."""

TALK = "cnv_00000007"
VALUES = {
    WORKSPACE: "wsp_a",
    "conversation_id": TALK,
    "inbox_id": "inb_a",
    "visitor_id": "vis_7",
    "author_id": "vis_7",
    "client_id": "cli_700",
    "member_id": "mbr_a",
    "lane": "public",
    "seq": 60,
    "first": 10,
    "end": 20,
    "number": WHOLE - 20,
    "most": PAGE,
    "consumer": "wake_absent",
}
HOT: dict[str, Statement] = {
    "send": conversations.FIND,
    "one conversation": conversations._ONE,
    "a visitor's conversation": conversations._OF_VISITOR,
    "one message": messages._MESSAGE,
    "earlier messages": messages._BEFORE,
    "later messages": messages._AFTER,
    "notes between": messages._INTERNAL,
    "read up to": messages._TOTAL_AT,
    "who has read": reads._MARKS,
    "what was missed": outbox._AFTER,
    "where the feed stands": outbox._LAST,
}
FILL = """
INSERT INTO conversations SELECT 'wsp_a', 'cnv_' || lpad(c::text, 8, '0'), 'inb_a', 'vis_' || c,
    'open', NULL, NULL, NULL, {talk}, 0, {talk}, 0, 0, c, c FROM generate_series(0, {talks} - 1) c;
INSERT INTO messages (workspace_id, conversation_id, lane, seq, position, author_kind, author_id,
    client_id, kind, body, visitor_total, at)
    SELECT 'wsp_a', 'cnv_' || lpad((n / {talk})::text, 8, '0'), 'public', 1 + n % {talk}, n,
    'visitor', 'vis_' || n / {talk}, 'cli_' || n, 'message', '', n, n
    FROM generate_series(0, {talk} * {talks} - 1) n;
INSERT INTO facts (workspace_id, number, kind, body, at)
    SELECT 'wsp_a', n, 'MessageSent', '', n FROM generate_series(1, {talk} * {talks}) n;
INSERT INTO feeds VALUES ('wsp_a', {talk} * {talks});
"""


@pytest.fixture(scope="module")
def full(postgres: Postgres) -> Iterator[psycopg.Connection[Any]]:
    """The server's own connection to a database that many have written in."""
    urls = postgres.fresh()
    migrations.migrate_postgres(urls.owner, urls.app)
    with psycopg.connect(urls.superuser, autocommit=True) as filling:
        filling.execute("SET session_replication_role = replica")  # nobody has to be there for it
        filling.execute(FILL.format(talk=PER_TALK, talks=WHOLE // PER_TALK))
        filling.execute("ANALYZE")
    with psycopg.connect(urls.app, autocommit=True) as connection:
        connection.execute("SELECT set_config('silkroad.workspace', 'wsp_a', false)")
        yield connection


@pytest.mark.timeout(by_depth(120, 900, 900))
@pytest.mark.parametrize("plan", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize("hot", HOT)
def test_on_postgresql_it_looks_at_no_more_rows_than_a_conversation_has(
    full: psycopg.Connection[Any], hot: str, plan: str
) -> None:
    compiled = HOT[hot].on("postgresql")
    _text, values = compiled.bound(VALUES)
    full.execute(sql.SQL("SET plan_cache_mode = {}").format(sql.Identifier(plan)))
    full.pgconn.prepare(b"hot", compiled.sql.encode())
    try:
        asked = sql.SQL(", ").join(sql.Literal(value) for value in values)
        explain = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE hot({})").format(asked)
        ((told,),) = full.execute(explain).fetchall()
    finally:
        full.execute("DEALLOCATE hot")
    assert looked_at(told[0]["Plan"]) <= MOST, json.dumps(told, indent=1)


def looked_at(node: dict[str, Any]) -> float:
    """Return how many rows a plan's leaves took up, those that a filter then threw away as well."""
    inner = node.get("Plans", [])
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return sum(map(looked_at, inner)) if inner else own * node["Actual Loops"]


@pytest.mark.parametrize("hot", HOT)
def test_on_sqlite_it_searches_and_never_scans(hot: str) -> None:
    with apsw.Connection(":memory:") as file:
        file.execute(line(None))
        text, values = HOT[hot].on("sqlite").bound(VALUES)
        steps = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    assert steps
    assert not [step for step in steps if step.startswith("SCAN")], steps
