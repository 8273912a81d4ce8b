"""Each call to the disk fails once, in turn: nobody is promised what is not kept, nobody waits.

Not covered: the shared memory and its locks, which SQLite does not hand to a VFS made in Python.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch

import pytest

from silkroad.engines.database import sqlite
from silkroad.engines.database.driver import Broken
from silkroad.engines.database.sqlite import SqliteConnection
from tests.depth import by_depth

from .cuts import an_empty_folder
from .failing import Fuse, Kind
from .session import Session

EVERY = by_depth(48, 1, 1)
"""At merge every 48th call and all of the rare kinds: neighbours do much the same."""


@pytest.fixture(autouse=True)
def _fold_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_AT_ONCE", 8)


@pytest.mark.parametrize("kind", ["EIO", pytest.param("ENOSPC", marks=pytest.mark.prove)])
@pytest.mark.timeout(600)
def test_each_call_to_the_disk_may_fail_once(kind: Kind) -> None:
    calls = all_calls()
    assert {"xOpen", "xRead", "xWrite", "xSync", "xTruncate", "xDelete", "xLock"} <= set(calls)
    rare = [at for at, call in enumerate(calls) if calls.count(call) < 12]
    for at in sorted({*range(0, len(calls), EVERY), *rare}):
        assert session(at, kind) == [], f"call {at}, {calls[at]}: {kind}"


@pytest.mark.prove
def test_a_false_promise_would_be_seen() -> None:
    with commits_that_fail_unheard():
        assert any("lost" in found for found in found_at("xSync"))


@pytest.mark.prove
def test_going_on_after_a_failed_sync_would_be_seen() -> None:
    with doubts_that_are_forgotten():
        assert "acknowledged after a sync had failed" in found_at("xSync")


@contextmanager
def commits_that_fail_unheard() -> Iterator[None]:
    commit = SqliteConnection.commit

    def unheard(self: SqliteConnection) -> None:
        with suppress(Broken):
            commit(self)

    with patch.object(SqliteConnection, "commit", unheard):
        yield


@contextmanager
def doubts_that_are_forgotten() -> Iterator[None]:
    with patch.object(sqlite, "_UNSYNCED", set()):
        yield


def found_at(call: str) -> list[str]:
    """Return what is found wherever this kind of call fails."""
    places = [at for at, made in enumerate(all_calls()) if made == call]
    return list(itertools.chain.from_iterable(session(at, "EIO") for at in places))


def all_calls() -> list[str]:
    """Return the calls of a session in which nothing fails."""
    fuse = Fuse(None, "EIO")
    with an_empty_folder() as folder:
        assert asyncio.run(Session(folder, fuse).run()) == []
    return fuse.calls


def session(at: int, kind: Kind) -> list[str]:
    with an_empty_folder() as folder:
        return asyncio.run(Session(folder, Fuse(at, kind)).run())
