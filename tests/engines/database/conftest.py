"""Real databases of each kind, every one empty and a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

import silkroad.parts
from silkroad import migrations
from silkroad.engines.database import Database, Store, World
from silkroad.engines.database.postgres import PostgresStore, open_postgres
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import KeyName, NewKey, SealKey
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.clock import FrozenClock
from silkroad.kit.randomness import SystemRandomness
from tests.harness.engines import Engine
from tests.harness.postgres import Postgres, Urls

AT = 1_790_000_000_000


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _plain_log() -> Iterator[None]:
    """Let a traceback be written in a blink, as a server does, and not as pictures for people."""
    structlog.configure(processors=[structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()


@pytest.fixture
def keyring(tmp_path: Path) -> SqliteKeyring:
    randomness = SystemRandomness()
    root = SealKey(randomness.bytes(32))
    ring = SqliteKeyring(tmp_path / "keys" / "keyring.db", root, randomness)
    for workspace in ("wsp_a", "wsp_b"):
        key = SealKey(randomness.bytes(32))
        ring.persist([NewKey(KeyName(workspace, workspace), None, key)])
    return ring


@pytest.fixture
def world(keyring: SqliteKeyring) -> World:
    return World(FrozenClock(AT), SystemRandomness(), keyring)


@pytest.fixture
def store(tmp_path: Path, engine: Engine) -> Store:
    """An empty database of the kind that this run is on."""
    if engine.postgres is None:
        migrations.migrate(tmp_path / "silkroad.db")
        return SqliteStore(tmp_path / "silkroad.db")
    return migrated(engine.postgres.fresh())


@pytest.fixture
async def db(store: Store, world: World) -> AsyncIterator[Database]:
    opened = Database(store, world)
    yield opened
    await opened.close()
    world.keyring.close()


@pytest.fixture
def urls(postgres: Postgres) -> Urls:
    """The ways into a PostgreSQL database that has the tables and the guard."""
    fresh = postgres.fresh()
    migrated(fresh)
    return fresh


def migrated(urls: Urls) -> PostgresStore:
    """Make the tables and the guard, and open the database as a server does."""
    assert silkroad.parts.OPERATIONS, "the guard follows from all statements of the product"
    migrations.migrate_postgres(urls.owner, urls.app)
    return open_postgres(urls.app, migrations.newest())
