"""What the actions of one commit leave behind: facts, jobs, audit entries.

They are rows of the same transaction as what they tell of, and are written together at its end:
one prepared statement per kind instead of one per row (measured: 75 to 65 µs per message). An
action that fails takes its page back, and its feed numbers go to the next: a feed has no gap.
"""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import bindparam, select

from .statement import Compiled, Statement, Upsert, insert_into
from .tables import audit_entries, facts, feeds, jobs

Values = tuple[Any, ...]


class Books(Protocol):
    """A driver's connection, for one statement and many rows."""

    dialect: str

    def execute(self, sql: str, parameters: Values) -> list[Values]: ...

    def execute_many(self, sql: str, rows: list[Values]) -> None: ...


_LAST = Statement(
    select(feeds.c.last).where(feeds.c.workspace_id == bindparam("of")),
    across="the feed of the workspace whose action tells the fact",
)
_MOVE = Upsert(feeds, ("workspace_id",), ("last",))
FACT = insert_into(facts, omit=("row",))
JOB = insert_into(jobs)
AUDIT = insert_into(audit_entries, omit=("row",))


class Page:
    """One action's part: rows by their statement, and where each feed stood before it."""

    __slots__ = ("before", "rows")

    def __init__(self) -> None:
        self.rows: list[tuple[Statement, dict[str, Any]]] = []
        self.before: dict[str, int] = {}


class Ledger:
    """The book of one commit. Not thread-safe: it belongs to the writer."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._last: dict[str, int] = {}
        self._rows: dict[Statement, list[Values]] = {}

    def number(self, page: Page, workspace_id: str) -> int:
        """Return the next number of a workspace's feed."""
        last = self._last.get(workspace_id)
        if last is None:
            found = self._books.execute(*self._compiled(_LAST).bound({"of": workspace_id}))
            last = found[0][0] if found else 0
        page.before.setdefault(workspace_id, last)
        self._last[workspace_id] = last + 1
        return last + 1

    def keep(self, page: Page) -> None:
        """Take over the rows of an action that went well."""
        for statement, values in page.rows:
            row = self._compiled(statement).pick(values)
            self._rows.setdefault(statement, []).append(row)

    def undo(self, page: Page) -> None:
        """Forget an action that was refused."""
        self._last.update(page.before)

    def write(self) -> None:
        """Write everything down, before the commit."""
        for statement, rows in self._rows.items():
            self._books.execute_many(self._compiled(statement).sql, rows)
        if self._last:
            self._books.execute_many(self._compiled(_MOVE).sql, list(self._last.items()))

    def _compiled(self, statement: Statement) -> Compiled:
        return statement.on(self._books.dialect)
