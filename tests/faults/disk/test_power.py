"""The power goes at any moment: what was acknowledged is there, whole and readable. Clause 3.2.

Real actions run on the real engines while each write and sync is recorded; then disks are made up
that may be left of it, and opened as a start of the server opens them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random

import apsw
import pytest

from silkroad.engines.database.sqlite import SqliteStore, sqlite_version
from silkroad.engines.keyring import KeyName, NewKey, SealKey
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.randomness import SystemRandomness
from tests.depth import by_depth

from .cuts import an_empty_folder, cut_often
from .log import Log
from .power import Disk, put_down
from .scenarios import SCENARIOS, killed_at, through
from .scene import KEYRING, ROOT
from .seeded import (
    answers_come_before_the_commit,
    the_database_syncs_less,
    the_keyring_syncs_less,
)

RECORDINGS = by_depth(2, 20, 400)
CUTS = by_depth(20, 200, 50)
"""The five scenarios together: 200 disks at merge, 20,000 at prove, 100,000 at soak."""

CHANCE = SystemRandomness()


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.timeout(7200)
def test_nothing_acknowledged_is_lost_when_the_power_goes(scenario: str, tmp_path: Path) -> None:
    for seed in range(RECORDINGS):
        assert cut(scenario, seed, tmp_path) == []


@pytest.mark.parametrize(
    ("fault", "scenario", "seen"),
    [
        (the_database_syncs_less, "normal_work", "lost: "),
        (answers_come_before_the_commit, "normal_work", "lost: "),
        (the_keyring_syncs_less, "normal_work", "no key: "),
    ],
)
def test_a_fault_that_was_put_in_is_seen(
    fault: Callable[[], AbstractContextManager[None]], scenario: str, seen: str, tmp_path: Path
) -> None:
    with fault():
        found = cut(scenario, 1, tmp_path)
    assert any(seen in what for what in found), found[:5]


def test_a_key_that_a_killed_process_did_not_sync_is_synced_before_it_is_used(
    tmp_path: Path,
) -> None:
    log, name, root = Log(), KeyName("wsp_a", "wsp_a"), SealKey(ROOT)
    first = SqliteKeyring(tmp_path / KEYRING, root, CHANCE, through(tmp_path, log))
    first.persist([NewKey(name, None, SealKey(bytes(32)))])
    after = tmp_path / "after"
    log = killed_at(log, log.syncs(0)[-1], after)
    first.close()
    second = SqliteKeyring(after / KEYRING, root, CHANCE, through(after, log))
    second.load(name)
    disk = Disk()
    for position, entry in enumerate(log.entries):
        disk.follow(position, entry)
    second.close()
    for seed in range(50):
        with an_empty_folder() as folder:
            put_down(disk.after_power_cut(Random(seed)).items(), folder)
            left = SqliteKeyring(folder / KEYRING, root, CHANCE)
            left.load(name)
            left.close()


def test_the_product_runs_on_the_sqlite_that_is_tested_here(tmp_path: Path) -> None:
    connection = SqliteStore(tmp_path / "any.db").open(writes=True)
    ((product,),) = connection.execute("SELECT sqlite_version()")
    connection.close()
    print(f"SQLite: harness {apsw.sqlite_lib_version()}, product {product}")
    assert product == sqlite_version() == apsw.sqlite_lib_version(), "proves nothing about it"


def cut(scenario: str, seed: int, folder: Path) -> list[str]:
    """Record a scenario and cut the power along it."""
    recorded = asyncio.run(SCENARIOS[scenario](folder / f"{scenario}-{seed}", seed))
    return cut_often(recorded.log, CUTS, recorded.tried, Random(seed), recorded.since)
