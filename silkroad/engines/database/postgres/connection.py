"""The driver's promises on PostgreSQL.

Who writes holds an advisory lock on each workspace that they write in, until the commit: on every
node an action sees what the one before it in its workspace has left, as on SQLite, and counters
never race. Locks are taken in one order; a further one that an action asks for midway is taken only
when it is free, so nobody ever waits in a circle.

The workspace is also told to the server before each statement, where row-level security compares it
with every row (see ``guard``).

Savepoints are dear here, and few actions are refused after they have written something. So a
transaction goes without them; when one is missing it is rolled back and run again with savepoints,
and so are the next ones for a while (measured: see docs/decisions/024).
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable
from typing import NamedTuple

from silkroad.engines.database.driver import (
    EVERYWHERE,
    Again,
    Broken,
    Contended,
    Question,
    Row,
    Unfit,
    Unreachable,
)

from .pipeline import Pipeline, connect

LOOKS = 20
PAUSE = 0.25  # seconds between two looks
CAREFUL_FOR = 64  # transactions

_ENTER = "SELECT set_config('silkroad.workspace', $1, true)"
_LOCK = "SELECT pg_advisory_xact_lock($1::bigint)"
_TRY_LOCK = "SELECT pg_try_advisory_xact_lock($1::bigint)"
_ID = "SELECT pg_current_xact_id()::text"
_STATUS = "SELECT pg_xact_status($1::text::xid8)"
_ANSWERS = re.compile(r"\s*(SELECT|WITH)\b|.*\bRETURNING\b", re.IGNORECASE | re.DOTALL)
_ONLY_READS = re.compile(r"\s*SELECT\b", re.IGNORECASE)


class Kind(NamedTuple):
    """What a statement does: whether it has rows to give, and whether it may change any."""

    answers: bool
    writes: bool


class PostgresStore:
    """A PostgreSQL database, as the server's role."""

    writers = 2

    def __init__(self, url: str) -> None:
        self._url = url

    def open(self, *, writes: bool) -> PostgresConnection:
        return PostgresConnection(self._url, writes=writes)


class PostgresConnection:
    """One connection; it comes back by itself after it was lost."""

    dialect = "postgresql"
    answers_together = True
    has_chores = False

    def __init__(self, url: str, *, writes: bool) -> None:
        self._url = url
        self._writes = writes
        self._pipeline: Pipeline | None = self._connected()
        self._at = ""
        self._at_mark = ""
        self._locked: list[str] = []
        self._locked_at_mark = 0
        self._transaction_id = ""
        self._kinds: dict[str, Kind] = {}
        self._careful_for = 0
        self._wrote = False

    def look(self) -> None:
        self._begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def begin(self, workspaces: Iterable[str]) -> None:
        self._begin("BEGIN")
        self._locked = sorted(workspaces, key=_lock_of)
        for workspace_id in self._locked:
            self._line.send(_LOCK, (_lock_of(workspace_id),))
        ((self._transaction_id,),) = self._ask(_ID)

    def mark(self) -> None:
        self._line.next_turn()
        self._wrote = False
        if self._careful_for:
            self._line.send("SAVEPOINT action")
            self._at_mark, self._locked_at_mark = self._at, len(self._locked)

    def go_back(self) -> None:
        if self._careful_for:
            self._line.send("ROLLBACK TO action")
            self._line.send("RELEASE action")
            self._line.failed = False
            self._at = self._at_mark
            del self._locked[self._locked_at_mark :]
        elif self._wrote or self._line.failed:
            self._careful_for = CAREFUL_FOR
            raise Again("there is no savepoint to go back to")

    def keep(self) -> None:
        if self._careful_for:
            self._line.send("RELEASE action")

    def commit(self) -> None:
        self._careful_for = max(0, self._careful_for - 1)
        self._line.send("COMMIT")
        try:
            self._line.settle()
        except (Again, Unreachable):
            if not self._line.lost:  # the server itself has refused it
                raise
            self._resolve()
        else:
            if self._line.said != b"COMMIT":  # the server undid it, and says so by the way
                self._careful_for = CAREFUL_FOR
                raise Again("the transaction had failed before")

    def roll_back(self) -> None:
        line = self._pipeline
        if line is None:
            return
        try:
            if not line.lost:
                line.send("ROLLBACK")
                line.settle()
        except Broken:
            line.lost = True
        if line.lost:  # the transaction ends with the connection
            self.close()

    def execute(self, sql: str, parameters: Row, workspace_id: str) -> list[Row]:
        if workspace_id != self._at:
            self._enter(workspace_id)
        kind = self._kinds.get(sql)
        if kind is None:
            kind = self._kinds[sql] = Kind(bool(_ANSWERS.match(sql)), not _ONLY_READS.match(sql))
        self._wrote |= kind.writes
        if kind.answers or not self._writes:  # whoever reads and tries to write hears of it
            return self._ask(sql, parameters)
        self._line.send(sql, parameters)
        return []

    def execute_together(self, questions: list[Question]) -> list[list[Row] | None]:
        sent = [self._is_sent(question) for question in questions]
        answers = iter(self._line.settle())
        return [next(answers) if was_sent else None for was_sent in sent]

    def execute_many(self, sql: str, rows: list[Row], workspace_id: str) -> None:
        if workspace_id != self._at:
            self._enter(workspace_id)
        self._wrote = True
        for row in rows:
            self._line.send(sql, row)

    def do_chores(self, *, idle: bool) -> None:
        """PostgreSQL keeps its own house."""

    def close(self) -> None:
        if self._pipeline is not None:
            self._pipeline.close()
            self._pipeline = None

    @property
    def _line(self) -> Pipeline:
        if self._pipeline is None:
            raise Again("the connection was closed")
        return self._pipeline

    def _begin(self, how: str) -> None:
        if self._pipeline is None:
            self._pipeline = self._connected()
        self._at, self._locked = "", []
        self._line.failed = False
        self._line.send(how)

    def _ask(self, sql: str, parameters: Row = ()) -> list[Row]:
        return self._line.ask(sql, parameters)

    def _enter(self, workspace_id: str) -> None:
        """Say which workspace the next statements are for, and have it for oneself to write in."""
        if self._writes and workspace_id != EVERYWHERE and workspace_id not in self._locked:
            self._claim(workspace_id)
        self._line.send(_ENTER, (workspace_id,))
        self._at = workspace_id

    def _is_sent(self, question: Question) -> bool:
        """Send a question, unless its values are unfit."""
        if question.workspace_id != self._at:
            self._enter(question.workspace_id)
        try:
            self._line.send(question.sql, question.parameters, asks=True)
        except Unfit:
            return False
        return True

    def _claim(self, workspace_id: str) -> None:
        """Have one more workspace for oneself. Raises Contended."""
        ((free,),) = self._ask(_TRY_LOCK, (_lock_of(workspace_id),))
        if not free:
            raise Contended(workspace_id)
        self._locked.append(workspace_id)

    def _connected(self) -> Pipeline:
        return connect(self._url)

    def _resolve(self) -> None:
        """Find out what became of a commit whose answer was lost. Raises Again, Unreachable."""
        self.close()
        for _ in range(LOOKS):
            try:
                self._pipeline = self._pipeline or self._connected()
                ((status,),) = self._ask(_STATUS, (self._transaction_id,))
            except Broken:
                status = "unknown"
                self.close()
            if status == "committed":
                return
            if status == "aborted":
                raise Again("the commit was lost")
            threading.Event().wait(PAUSE)
        raise Unreachable("nobody knows yet what became of a commit")


def _lock_of(workspace_id: str) -> int:
    """Return the number of a workspace's advisory lock; equal ones only wait for each other."""
    digest = hashlib.blake2b(workspace_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
