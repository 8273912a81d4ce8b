"""Faults that are put in on purpose: a judge of crash images that misses one of them is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from silkroad.engines.database.sqlite import SqliteConnection
from silkroad.engines.keyring.sqlite import SqliteKeyring


@contextmanager
def the_database_syncs_less() -> Iterator[None]:
    """``synchronous=NORMAL``: SQLite syncs the log only before it folds it in."""
    check = SqliteConnection._refuse_unsafe

    def checked_then_lowered(self: SqliteConnection) -> None:
        check(self)
        self.script("PRAGMA synchronous=NORMAL")

    with patch.object(SqliteConnection, "_refuse_unsafe", checked_then_lowered):
        yield


@contextmanager
def the_keyring_syncs_less() -> Iterator[None]:
    """``synchronous=NORMAL`` for the keyring: rows may be there before their keys."""
    start = SqliteKeyring.__init__

    def started_then_lowered(self: SqliteKeyring, *arguments: Any) -> None:
        start(self, *arguments)
        self._file.execute("PRAGMA synchronous=NORMAL").fetchall()

    with patch.object(SqliteKeyring, "__init__", started_then_lowered):
        yield


@contextmanager
def answers_come_before_the_commit() -> Iterator[None]:
    """The commit is put off until everybody has been told that it is done."""

    def put_off(_self: SqliteConnection) -> None:
        pass

    def commit_now(self: SqliteConnection, *, idle: bool) -> None:
        if not idle:
            self.script("COMMIT")

    with (
        patch.object(SqliteConnection, "commit", put_off),
        patch.object(SqliteConnection, "do_chores", commit_now),
    ):
        yield
