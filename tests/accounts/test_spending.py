"""What text messages may cost in a day: a cap for each workspace, and one for the installation.

Two thousand messages are too many for the public door, so this drives the action itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from silkroad import migrations
from silkroad.accounts import codes
from silkroad.engines.database import Database, Transaction, World
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import KeyName, NewKey, SealKey
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.clock import DAY, FrozenClock
from silkroad.kit.errors import Refusal
from silkroad.kit.randomness import SystemRandomness
from silkroad.kit.scope import INSTALLATION, anonymous

T = TypeVar("T")
NOON = 1_800_000_000_000


def in_a_database(folder: Path, action: Callable[[Transaction], T], clock: FrozenClock) -> T:
    """Run one action on a database with nothing in it but the schema."""

    async def run() -> T:
        randomness = SystemRandomness()
        keyring = SqliteKeyring(folder / "keyring.db", SealKey(bytes(32)), randomness)
        name = KeyName(INSTALLATION, INSTALLATION)
        keyring.persist([NewKey(name, None, SealKey(randomness.bytes(32)))])
        migrations.migrate(folder / "silkroad.db")
        db = Database(SqliteStore(folder / "silkroad.db"), World(clock, randomness, keyring))
        try:
            return await db.write(anonymous(), action)
        finally:
            await db.close()
            keyring.close()

    return asyncio.run(run())


def sent(tx: Transaction, number: int, to: str | None) -> bool:
    """Ask for a code as a new person each time; say whether it is to be sent."""
    made = codes.begin(tx, f"+1202{number:07}", "sign_in", f"198.18.{number}", to=to)
    return made.deliver


def test_a_workspaces_purse_is_empty_after_two_hundred_and_nobody_is_told(tmp_path: Path) -> None:
    clock = FrozenClock(NOON)

    def ask(tx: Transaction) -> list[list[bool]]:
        ours = [sent(tx, number, "wsp_ours") for number in range(201)]
        theirs = [sent(tx, 500, "wsp_theirs")]
        tx.now += DAY + 1
        return [ours, theirs, [sent(tx, 600, "wsp_ours")]]

    ours, theirs, tomorrow = in_a_database(tmp_path, ask, clock)
    assert ours == [True] * 200 + [False]
    assert theirs == tomorrow == [True]


def test_the_installations_cap_is_the_same_no_to_everybody(tmp_path: Path) -> None:
    def ask(tx: Transaction) -> None:
        for number in range(2_000):
            assert sent(tx, number, INSTALLATION)
        for to in (INSTALLATION, None):
            with pytest.raises(Refusal, match="spend_cap"):
                sent(tx, 3_000, to)

    in_a_database(tmp_path, ask, FrozenClock(NOON))
