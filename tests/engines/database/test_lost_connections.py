"""Connections are lost at every place: each action counts exactly once, or is refused by name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

import psycopg
import pytest

from silkroad import migrations
from silkroad.engines.database import Database, Transaction, World, outbox
from silkroad.engines.database.driver import Row
from silkroad.engines.database.postgres import PostgresConnection, PostgresStore
from silkroad.kit.errors import Refusal
from silkroad.kit.scope import system
from tests.harness.postgres import Postgres, Urls

from .tcp import Road

A = system("wsp_a")
pytestmark = pytest.mark.anyio
BACK_WITHIN = 10  # seconds
WRITING = 8
OURS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'silkroad'
"""
EVERYBODY_ELSE = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def road(postgres: Postgres) -> Iterator[Road]:
    with Road(postgres.port) as open_road:
        yield open_road


def count_up(tx: Transaction) -> int:
    found = outbox.unseen(tx, "counter", 0).position
    outbox.move_to(tx, "counter", found + 1)
    return found + 1


def counted(tx: Transaction) -> int:
    return outbox.unseen(tx, "counter", 0).position


@asynccontextmanager
async def opened(url: str, world: World) -> AsyncIterator[Database]:
    db = Database(PostgresStore(url), world)
    yield db
    await db.close()
    world.keyring.close()


def ask(urls: Urls, sql: str) -> Any:
    with psycopg.connect(urls.superuser, autocommit=True) as connection:
        return connection.execute(sql).fetchall()


async def test_a_connection_that_was_ended_before_comes_back_unseen(
    urls: Urls, world: World
) -> None:
    async with opened(urls.app, world) as db:
        for n in range(1, 4):
            assert await db.write(A, count_up) == n
            assert await db.read(A, counted) == n
            ask(urls, EVERYBODY_ELSE)


async def test_a_connection_that_is_ended_in_the_middle_runs_the_action_again(
    urls: Urls, world: World
) -> None:
    tries = 0

    def ended_in_the_middle(tx: Transaction) -> int:
        nonlocal tries
        tries += 1
        found = count_up(tx)
        if tries == 1:
            ask(urls, EVERYBODY_ELSE)
        return found

    async with opened(urls.app, world) as db:
        assert await db.write(A, ended_in_the_middle) == 1
        assert tries == 2
        assert await db.read(A, counted) == 1


async def test_a_commit_that_is_under_way_is_looked_after_by_one_connection(
    urls: Urls, world: World, road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may still be busy with a commit whose client has gone: it is asked once more."""
    looks, ask_it = 0, PostgresConnection._ask

    def busy_at_first(self: PostgresConnection, sql: str, parameters: Row = ()) -> list[Row]:
        nonlocal looks
        if "pg_xact_status" in sql:
            looks += 1
            if looks < 3:
                return [("in progress",)]
        return ask_it(self, sql, parameters)

    monkeypatch.setattr(PostgresConnection, "_ask", busy_at_first)
    async with opened(road.url(urls.app), world) as db:
        assert await db.write(A, count_up) == 1
        road.cut_after_commit = True
        assert await db.write(A, count_up) == 2
        assert looks == 3
        open_now = ask(urls, OURS)
        assert open_now == [(PostgresStore.writers,)], "one for each writer, and no other"


@pytest.mark.parametrize("place", ["cut_before_commit", "cut_after_commit"])
async def test_a_commit_whose_answer_is_lost_counts_exactly_once(
    urls: Urls, world: World, road: Road, place: str
) -> None:
    tries = 0

    def count_the_tries(tx: Transaction) -> int:
        nonlocal tries
        tries += 1
        return count_up(tx)

    async with opened(road.url(urls.app), world) as db:
        assert await db.write(A, count_the_tries) == 1
        for n in range(2, 6):
            setattr(road, place, True)
            assert await db.write(A, count_the_tries) == n
        assert road.cuts == 4
        assert tries == (5 if place == "cut_after_commit" else 9)
        assert await db.read(A, counted) == 5


async def test_the_database_crashes_under_load_and_comes_back(world: World) -> None:
    with Postgres() as cluster:
        urls = cluster.fresh()
        migrations.migrate_postgres(urls.owner, urls.app)
        async with opened(urls.app, world) as db:
            acknowledged, refused = await _load_through_a_crash(db, cluster)
            stored = await db.read(A, counted)
    assert acknowledged <= stored <= acknowledged + WRITING, "one commit may be in doubt"
    assert refused == {"storage_failed"}


async def _load_through_a_crash(db: Database, cluster: Postgres) -> tuple[int, set[str]]:
    """Write without a pause while the database goes away and comes back."""
    acknowledged, refused = 0, set()
    over = asyncio.Event()

    async def write_on() -> None:
        nonlocal acknowledged
        while not over.is_set():
            try:
                await db.write(A, count_up)
                acknowledged += 1
            except Refusal as no:
                refused.add(no.code)
                await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as load:
        for _ in range(WRITING):
            load.create_task(write_on())
        await _until(lambda: acknowledged > 50)
        await asyncio.to_thread(cluster.stop, "immediate")
        await _until(lambda: bool(refused))
        await asyncio.to_thread(cluster.start)
        before, started = acknowledged, monotonic()
        await _until(lambda: acknowledged > before + 50)
        assert monotonic() - started < BACK_WITHIN
        over.set()
    return acknowledged, refused


async def _until(true: Any) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - what is waited for is a count, and happens elsewhere
            await asyncio.sleep(0.01)
