"""A real database with one made-up table, in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from silkroad import migrations
from silkroad.engines.database import Database, World
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import KeyName, NewKey, SealKey
from silkroad.engines.keyring.root import open_root_key
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.clock import FrozenClock
from silkroad.kit.randomness import SystemRandomness

AT = 1_790_000_000_000


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def keyring(tmp_path: Path) -> SqliteKeyring:
    randomness = SystemRandomness()
    root, _ = open_root_key(tmp_path / "keys" / "root.key", randomness)
    ring = SqliteKeyring(tmp_path / "keys" / "keyring.db", root, randomness)
    for workspace in ("wsp_a", "wsp_b"):
        key = SealKey(randomness.bytes(32))
        ring.persist([NewKey(KeyName(workspace, workspace), None, key)])
    return ring


@pytest.fixture
async def db(tmp_path: Path, keyring: SqliteKeyring) -> AsyncIterator[Database]:
    migrations.migrate(tmp_path / "silkroad.db")
    world = World(FrozenClock(AT), SystemRandomness(), keyring)
    opened = Database(SqliteStore(tmp_path / "silkroad.db"), world)
    yield opened
    await opened.close()
    keyring.close()
