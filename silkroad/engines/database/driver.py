"""What the database engine asks of a driver, and the five ways in which one says no.

A driver has connections. A writing one serves one thread, which commits for many: it begins by
taking the workspaces that it writes in for itself, marks a place before each action so that it can
go back there, and commits once. So an action sees the same world on every database: nobody else
writes in its workspace until it is committed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

Row = tuple[Any, ...]

EVERYWHERE = "*"
"""Stands for the workspace when a statement sees several (``across``)."""


class Broken(Exception):
    """The database could not do it; nobody was told that it did."""


class Full(Broken):
    """There is no room on its disk."""


class Again(Broken):
    """Nothing was stored, and there is no reason why it should not work next time."""


class Unreachable(Broken):
    """The database does not answer."""


class Violated(Exception):
    """A row may not be like this: it exists already, or what it belongs to does not."""


class Unfit(Exception):
    """The database cannot hold such a value: a number or a text beyond its kind."""


class Contended(Exception):
    """Somebody else writes in this workspace just now, and the action has not begun with it."""

    def __init__(self, workspace_id: str) -> None:
        super().__init__(workspace_id)
        self.workspace_id = workspace_id


class Unsafe(Exception):
    """The database is not as the promises need it, so the server does not start."""


class Question(NamedTuple):
    """A statement that returns rows, its values, and the workspace it is for."""

    sql: str
    parameters: Row
    workspace_id: str


class Connection(Protocol):
    """One open connection. It belongs to one thread at a time.

    Every method may raise Broken or one of its kinds; ``execute`` also Violated and Unfit. What an
    ``execute`` does that returns no rows may be found wrong later, at the latest in ``commit``.
    """

    dialect: str
    answers_together: bool
    """Whether several questions at once are quicker than one after the other."""

    def look(self) -> None:
        """Begin to read from one snapshot."""
        ...

    def begin(self, workspaces: Iterable[str]) -> None:
        """Begin to write, with these workspaces for oneself; waits for whoever has them."""
        ...

    def mark(self) -> None:
        """Note the place that ``go_back`` leads to."""
        ...

    def go_back(self) -> None:
        """Undo what was done since the mark. Raises Again when only everything can be undone."""
        ...

    def keep(self) -> None:
        """Forget the mark; what was done since then stays."""
        ...

    def commit(self) -> None:
        """Return when everything is on disk. Raises Again when it is not, and never will be."""
        ...

    def roll_back(self) -> None:
        """Undo everything; never raises."""
        ...

    def execute(self, sql: str, parameters: Row, workspace_id: str) -> list[Row]:
        """Run a statement for a workspace. Raises Contended where it writes uninvited."""
        ...

    def execute_many(self, sql: str, rows: list[Row], workspace_id: str) -> None:
        """Run a statement that returns nothing for many rows of one workspace."""
        ...

    def execute_together(self, questions: list[Question]) -> list[list[Row] | None]:
        """Run statements that return rows; return the rows of each, None where values are unfit."""
        ...

    @property
    def has_chores(self) -> bool:
        """Whether there is housekeeping to do when nothing else is."""
        ...

    def do_chores(self, *, idle: bool) -> None:
        """Keep house between two batches; never raises."""
        ...

    def close(self) -> None: ...


class Store(Protocol):
    """A database that can be opened."""

    writers: int
    """How many connections may write at once. Each workspace's writing goes through one of them."""

    def open(self, *, writes: bool) -> Connection:
        """Open a connection. Raises Unsafe, Unreachable."""
        ...


class Readers:
    """Connections for reading, one for each thread that asks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._open: list[Connection] = []

    def run(self, work: Callable[[Connection], Any]) -> Any:
        """Let ``work`` read from one snapshot; once more if the first was not to be had."""
        try:
            return self._run(work)
        except Again:
            return self._run(work)

    def _run(self, work: Callable[[Connection], Any]) -> Any:
        connection = self._connection()
        try:
            connection.look()
            return work(connection)
        finally:
            connection.roll_back()

    def close(self) -> None:
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()

    def _connection(self) -> Connection:
        known: Connection | None = getattr(self._mine, "connection", None)
        if known is None:
            known = self._mine.connection = self._store.open(writes=False)
            with self._lock:
                self._open.append(known)
        return known
