"""SQL that is written once with SQLAlchemy Core, compiled once per dialect, and run on the driver.

Compiling costs more than running (2,140 against 6,100 messages/s, see docs/decisions), so a store
makes its statements when it is imported. Making one is also where the tenant's guard stands:
a statement that touches a table with a ``workspace_id`` must tie it to the transaction's own
workspace, whose value only the engine fills in, and be made of what can be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement

from .purposes import places_of, set_by, shown_by
from .sources import Mark, marks_of
from .tenancy import WORKSPACE, gaps, mine, tenant_tables
from .wording import strange

__all__ = [
    "DIALECTS",
    "EVERY_STATEMENT",
    "WORKSPACE",
    "Compiled",
    "Statement",
    "Unguarded",
    "Upsert",
    "insert_into",
    "mine",
]

DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="qmark"),
    "postgresql": postgresql.dialect(paramstyle="numeric_dollar"),  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
}

EVERY_STATEMENT: list[Statement] = []
"""All statements that were made, for the tests that compile and judge each one."""


class Unguarded(Exception):
    """A statement would reach other tenants' rows, or says something that cannot be judged."""


class Compiled(NamedTuple):
    """SQL text, the names of its positional parameters, and the values that the SQL itself fixed.

    ``expand`` is set when a parameter is a list (``IN``), whose length the text depends on.
    """

    sql: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]
    expand: SQLCompiler | None
    pick: Callable[[Mapping[str, Any]], tuple[Any, ...]]

    def bound(self, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL text and its positional values."""
        if self.fixed:
            values = {**self.fixed, **values}
        if self.expand is None:
            return self.sql, self.pick(values)
        grown = self.expand.construct_expanded_state(values)
        return grown.statement, tuple(grown.parameters[name] for name in grown.positiontup or ())


class Statement:
    """One guarded SQL statement.

    ``across`` excuses it from its workspace and says why; only the product's own housekeeping
    (finding a session by its token, leasing jobs) may see more than one workspace.
    Raises Unguarded.
    """

    __slots__ = ("_clause", "_compiled", "_marks", "_places", "_purposes", "across")

    def __init__(self, clause: ClauseElement, *, across: str = "") -> None:
        self._clause = clause
        self._compiled: dict[str, Compiled] = {}
        self._purposes: int | None = None
        self._places: tuple[dict[tuple[str, str], str], frozenset[tuple[str, str]]] | None = None
        self._marks: tuple[Mark, ...] | None = None
        self.across = across
        if odd := sorted(set(strange(clause))):
            raise Unguarded(f"{', '.join(odd)} cannot be judged in: {clause}")
        if open_to_all := set() if across else set(gaps(clause)):
            raise Unguarded(f"{', '.join(sorted(open_to_all))} without its workspace in: {clause}")
        EVERY_STATEMENT.append(self)

    @property
    def reach(self) -> set[tuple[str, str]]:
        """Return what it may do beyond one workspace: pairs of a table and an SQL command."""
        if not self.across:
            return set()
        names = {str(getattr(t, "element", t).name) for t in tenant_tables(self._clause)}
        found = {(name, "SELECT") for name in names}
        if isinstance(self._clause, UpdateBase):
            found.add((str(self._clause.table), self._clause.__visit_name__.upper()))
        return found

    def __str__(self) -> str:
        return " ".join(str(self._clause).split())

    @property
    def purposes(self) -> int:
        """The purposes, as bits, for which it may run."""
        if self._purposes is None:
            self._purposes = shown_by(self._clause)
        return self._purposes

    @property
    def places(self) -> tuple[dict[tuple[str, str], str], frozenset[tuple[str, str]]]:
        """The columns, with their tables, that it stores something in, by the parameters that say
        what, and all that it touches.
        """
        if self._places is None:
            self._places = set_by(self._clause), places_of(self._clause)
        return self._places

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The values that say where others come from. Raises Unsourced. Clause 1.2."""
        if self._marks is None:
            self._marks = marks_of(self._clause)
        return self._marks

    def on(self, dialect: str) -> Compiled:
        """Return the compiled form for ``sqlite`` or ``postgresql``."""
        known = self._compiled.get(dialect)
        if known is None:
            known = self._compiled[dialect] = self._compile(dialect)
        return known

    def _compile(self, dialect: str) -> Compiled:
        compiled = self._for(dialect).compile(dialect=DIALECTS[dialect])
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"not a statement with parameters: {compiled}")
        names = tuple(compiled.positiontup or ())
        required = {name for name, bind in compiled.binds.items() if bind.required}
        fixed = {name: compiled.params[name] for name in names if name not in required}
        grows = compiled if compiled.post_compile_params else None
        return Compiled(compiled.string, names, fixed, grows, _picker(names))

    def _for(self, dialect: str) -> ClauseElement:  # noqa: ARG002 - upserts differ by dialect
        return self._clause


def _picker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return what takes the positional values out of the named ones, quickly."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple([values[name] for name in names])


class Upsert(Statement):
    """Insert a row, or change ``update`` columns of the one that has the same ``key`` columns.

    With no columns to update the existing row stays as it is (and RETURNING yields nothing).
    """

    __slots__ = ("_key", "_returning", "_table", "_update")

    def __init__(
        self,
        table: Table,
        key: tuple[str, ...],
        update: tuple[str, ...] = (),
        returning: tuple[str, ...] = (),
        *,
        across: str = "",
    ) -> None:
        self._table, self._key, self._update, self._returning = table, key, update, returning
        super().__init__(self._for("sqlite"), across=across)

    def _for(self, dialect: str) -> ClauseElement:
        if dialect == "sqlite":
            into: Any = sqlite.insert(self._table)
        else:
            into = postgresql.insert(self._table)
        columns = [c for c in self._table.c if c is not self._table.autoincrement_column]
        into = into.values({column.name: bindparam(column.name) for column in columns})
        if self._update:
            changes = {name: into.excluded[name] for name in self._update}
            into = into.on_conflict_do_update(index_elements=self._key, set_=changes)
        else:
            into = into.on_conflict_do_nothing(index_elements=self._key)
        return into.returning(*(self._table.c[name] for name in self._returning))  # type: ignore[no-any-return]  # Any by SQLAlchemy's dialect inserts


def insert_into(table: Table, *, omit: tuple[str, ...] = ()) -> Statement:
    """Return the plain insert of a whole row; ``omit`` is what the database numbers by itself."""
    names = [column.name for column in table.c if column.name not in omit]
    row = insert(table).values({name: bindparam(name) for name in names})
    return Statement(row.inline())  # it asks for nothing back, so nobody waits for an answer
