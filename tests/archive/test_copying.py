"""Copying a whole database: with many workspaces, slowly, and while somebody else comes along."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from silkroad import migrations
from silkroad.archive import restore as restoration
from silkroad.archive.backup import records_of
from silkroad.archive.places import made, snapshot, written
from silkroad.archive.places import postgres as opened
from silkroad.archive.records import SomeKeys
from silkroad.archive.used import refuse_used
from silkroad.archive.wrongs import NotDone
from silkroad.engines.database import Store
from silkroad.engines.database.copying import PAGE, Rows
from silkroad.engines.database.driver import EVERYWHERE, Connection, Row, Violated
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.copying import KeyRow
from silkroad.engines.keyring.postgres_copying import PostgresKeyRows
from silkroad.settings import Settings
from tests.archive.stores import SHARED, Stores, a_key, an_installation, kept_in, migrate
from tests.harness.commands import Operator
from tests.harness.postgres import Postgres, Urls
from tests.harness.server import Server

FEED = ("wsp_here", 1)
LONGER_THAN_A_NODE_MAY = 6  # seconds


def shop_count(cluster: Postgres) -> int:
    """Return more workspaces than the cluster has room for locks."""
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute(
            "SELECT current_setting('max_locks_per_transaction')::int"
            " * current_setting('max_connections')::int"
        ).fetchone()
    assert row is not None
    return 12 * int(row[0])


@pytest.fixture
def urls(postgres: Postgres) -> Urls:
    urls = postgres.fresh()
    migrations.migrate_postgres(urls.owner, urls.app)
    return urls


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "postgresql":
        urls: Urls = request.getfixturevalue("urls")
        return opened(urls.app)
    migrations.migrate(tmp_path / "silkroad.db")
    return SqliteStore(tmp_path / "silkroad.db")


@pytest.mark.prove
def test_rows_of_more_workspaces_than_there_is_room_for_locks_go_in_together() -> None:
    with Postgres(max_locks_per_transaction="10", max_connections="25") as cluster:
        urls = cluster.fresh()
        store = made(Settings(database_url=urls.app, database_owner_url=urls.owner))
        feeds: list[Row] = [(f"wsp_{number:06}", number) for number in range(shop_count(cluster))]
        with written(store) as connection:
            connection.begin(())
            for start in range(0, len(feeds), PAGE):
                Rows(connection).add("feeds", feeds[start : start + PAGE])
            connection.commit()
        with psycopg.connect(urls.superuser) as connection_:
            found = connection_.execute("SELECT workspace_id, last FROM feeds ORDER BY 1")
            assert found.fetchall() == feeds


def test_a_key_that_is_there_is_an_error_and_nothing_is_mixed(store: Store) -> None:
    with written(store) as connection:
        add(connection, FEED)
    with written(store) as connection:
        with pytest.raises(Violated):
            add(connection, ("wsp_new", 2), ("wsp_here", 3))
        connection.roll_back()
        assert feeds_in(store) == [FEED]
        add(connection, ("wsp_new", 2), ("wsp_here", 3), again=True)
    assert feeds_in(store) == [FEED, ("wsp_new", 2)]


def add(connection: Connection, *feeds: Row, again: bool = False) -> None:
    connection.begin(())
    Rows(connection).add("feeds", list(feeds), again=again)
    connection.commit()


def feeds_in(store: Store) -> list[Row]:
    with snapshot(store) as rows:
        return sorted(row for page in rows.pages("feeds", rows.workspaces()) for row in page)


@pytest.mark.prove
def test_who_copies_may_take_longer_than_a_node(urls: Urls) -> None:
    """Two think for long between two steps, and two steps take long, all at the same time."""
    store, long = opened(urls.app), LONGER_THAN_A_NODE_MAY
    with snapshot(store) as thinking, written(store) as writing:
        thinking.version()
        writing.begin(())
        with ThreadPoolExecutor() as pool:
            working = pool.submit(sleeps_in_a_step, store, long)
            time.sleep(long)  # the limits to outlast are kept by the database's own clock
            working.result()
        assert thinking.version()
        Rows(writing).add("feeds", [FEED])
        writing.commit()
    assert feeds_in(store) == [FEED]


def sleeps_in_a_step(store: Store, seconds: int) -> None:
    connection = store.open(writes=False)
    connection.look()
    connection.execute("SELECT pg_sleep($1::int) IS NULL", (seconds,), EVERYWHERE)
    connection.close()


def test_nobody_else_writes_while_rows_are_written(urls: Urls) -> None:
    with written(opened(urls.app)) as connection:
        connection.begin(())
        with psycopg.connect(urls.superuser, autocommit=True) as node:
            node.execute("SET lock_timeout = '100ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                node.execute("INSERT INTO feeds VALUES ('wsp_new', 1)")
            assert node.execute("SELECT count(*) FROM feeds").fetchone() == (0,)
            connection.commit()
            node.execute("INSERT INTO feeds VALUES ('wsp_new', 1)")


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a new installation, beside a copy of the folder with its root key."""
    folder = tmp_path_factory.mktemp("backed_up")
    with Server(folder / "data") as server:
        assert server.process.poll() is None
    Operator(folder / "data").types("backup", folder / "backup")
    return folder / "backup"


def root_key_of(backup: Path) -> Path:
    return backup.parent / "data" / "keys" / "root.key"


def test_rows_of_a_node_that_started_meanwhile_are_not_mixed_with_those_of_a_backup(
    backup: Path, tmp_path: Path, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = stores.fresh("database")
    settings = Settings(
        data_dir=tmp_path / "new",
        root_key_file=root_key_of(backup),
        database_url=shared["database_url"],
        database_owner_url=shared["database_owner_url"],
    )
    look, seen = refuse_used, []

    async def somebody_comes_after_the_look(
        settings: Settings, to_come: Iterable[list[KeyRow]]
    ) -> None:
        await look(settings, to_come)
        an_installation(shared)
        seen.append(kept_in(shared))

    monkeypatch.setattr(restoration, "refuse_used", somebody_comes_after_the_look)
    with pytest.raises(NotDone, match="written into the database meanwhile"):
        asyncio.run(restoration.restore(settings, backup))
    assert seen == [kept_in(shared)]


@pytest.mark.prove
def test_what_a_cut_off_restoration_has_left_is_told_from_the_keys_of_others(
    backup: Path, tmp_path: Path, stores: Stores
) -> None:
    shared = stores.fresh(*SHARED)
    migrate(shared)
    operator = Operator(tmp_path / "new", {**shared, "root_key_file": str(root_key_of(backup))})
    PostgresKeyRows(shared["keyring_url"]).put_rows(keys_of(backup))
    before = kept_in(shared)
    said = operator.types("restore", backup, expecting=2)
    assert "a restoration that was cut off has left them" in said
    a_key(shared)
    said = operator.types("restore", backup, expecting=2)
    assert "holds keys already. Nothing was changed" in said
    assert kept_in(shared)["database"] == before["database"]


def keys_of(backup: Path) -> Iterator[list[KeyRow]]:
    root = SealKey(root_key_of(backup).read_bytes())
    return (record.rows for record in records_of(backup, root) if isinstance(record, SomeKeys))
