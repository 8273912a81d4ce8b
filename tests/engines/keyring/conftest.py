"""The keyrings that there are. Each passes the same contract; another one is added here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from silkroad.engines.keyring import Keyring, SealKey
from silkroad.engines.keyring.postgres import PostgresKeyring
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.randomness import SystemRandomness

Open = Callable[[], Keyring]
CHANCE = SystemRandomness()


@pytest.fixture(params=["sqlite", "postgresql"])
def open_ring(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open one and the same keyring, each time anew, as a node or a new start would."""
    root, opened = SealKey(CHANCE.bytes(32)), list[Keyring]()
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").fresh().owner

    def make() -> Keyring:
        if url is None:
            return SqliteKeyring(tmp_path / "keyring.db", root, CHANCE)
        return PostgresKeyring(url, root, CHANCE)

    def open_ring() -> Keyring:
        opened.append(make())
        return opened[-1]

    yield open_ring
    for ring in opened:
        ring.close()
