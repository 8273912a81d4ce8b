"""Whether a statement stays in one workspace: each of its queries, with every table that it reads.

A table is tied where its workspace is the transaction's own, or that of a table that is tied, and
where nothing else has to hold for it: at the top of a WHERE, or of a join's ON. Beside an OR, under
a NOT or in a CASE, the same words tie nothing. A query inside another is judged by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Alias, BooleanClauseList, ColumnElement, Join, Select, Table, bindparam
from sqlalchemy.sql import operators
from sqlalchemy.sql.dml import Insert, Update, UpdateBase
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    ClauseElement,
    ColumnClause,
    Grouping,
)
from sqlalchemy.sql.selectable import SelectBase

WORKSPACE = "workspace_id"


def mine(table: Table | Alias) -> ColumnElement[bool]:
    """Return the condition that every statement on a tenant's table carries."""
    return table.c[WORKSPACE] == bindparam(WORKSPACE)


def gaps(clause: ClauseElement) -> Iterator[str]:
    """Yield the tenant tables of a statement that nothing ties to the transaction's workspace."""
    for level in _levels(clause):
        if isinstance(level.query, Update | Insert):
            yield from _moves(level)
        for table in level.tables - _tied(level):
            yield str(getattr(table, "name", table))


def tenant_tables(clause: ClauseElement) -> set[Any]:
    """Return all tenant tables of a statement, wherever they stand in it."""
    return set().union(*(level.tables for level in _levels(clause)))


class _Level(NamedTuple):
    """One query of a statement, and what stands in it but not in a query inside it."""

    query: Any
    parts: list[Any]

    @property
    def tables(self) -> set[Any]:
        found = {getattr(part, "table", part) for part in self.parts}
        return {t for t in found if isinstance(t, Table | Alias) and self._is_tenants(t)}

    def _is_tenants(self, table: Any) -> bool:
        """Whether its rows are tenants'; an upsert's own new row is nobody's yet."""
        new = isinstance(self.query, Insert) and table.name == "excluded"
        return WORKSPACE in table.c and not (new and table.element is self.query.table)


def _levels(query: Any) -> Iterator[_Level]:
    level, inner = _Level(query, []), []
    waiting = list(query.get_children())
    while waiting:
        part = waiting.pop()
        if isinstance(part, SelectBase | UpdateBase):
            inner.append(part)
            continue
        level.parts.append(part)
        if not (isinstance(part, Alias) and isinstance(part.element, Table)):
            waiting.extend(part.get_children())
    yield level
    for found in inner:
        yield from _levels(found)


# what ties


def _tied(level: _Level) -> set[Any]:
    query = level.query
    if isinstance(query, Insert):
        return {query.table} if _writes_own(query) else set()
    bonds = list(_bonds(getattr(query, "whereclause", None)))
    if isinstance(query, Select):
        for source in query.get_final_froms():
            bonds += _of_joins(source)
    tied: set[Any] = set()
    while grown := {to for to, of in bonds if of is None or of in tied} - tied:
        tied |= grown
    return tied


def _of_joins(source: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the bonds of a join: where rows without a partner stay, of the partner alone."""
    if not isinstance(source, Join):
        return
    yield from _of_joins(source.left)
    yield from _of_joins(source.right)
    if not source.full:
        partner = set(_joined(source.right))
        for to, of in _bonds(source.onclause):
            if to in partner or not source.isouter:
                yield to, of


def _joined(source: Any) -> Iterator[Any]:
    if isinstance(source, Join):
        yield from _joined(source.left)
        yield from _joined(source.right)
    else:
        yield source


def _bonds(condition: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each table that a condition ties, with the one that it is tied to; None is ours."""
    if isinstance(condition, Grouping):
        yield from _bonds(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for part in condition.clauses:
            yield from _bonds(part)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        left, right = condition.left, condition.right
        if _is_workspace(left) and _is_own(right):
            yield left.table, None
        elif _is_workspace(left) and _is_workspace(right):
            yield from ((left.table, right.table), (right.table, left.table))


def _is_workspace(element: Any) -> bool:
    return isinstance(element, ColumnClause) and element.name == WORKSPACE


def _is_own(element: Any) -> bool:
    return isinstance(element, BindParameter) and element.key == WORKSPACE


# what is written


def _writes_own(clause: Insert) -> bool:
    """Whether the one new row is the workspace's own; a query's rows could be anybody's."""
    if clause.select is not None:
        return False
    values = clause._values  # noqa: SLF001 - SQLAlchemy has no public way to read them
    if values is None:
        return True  # every column from the parameters, the workspace from the scope
    return any(_is_own(value) for column, value in values.items() if _names_workspace(column))


def _moves(level: _Level) -> Iterator[str]:
    """Yield the table whose rows would come to another workspace, or be another's."""
    query = level.query
    if isinstance(query, Update) and any(map(_names_workspace, query._values or ())):  # noqa: SLF001 - as above
        yield f"{query.table} (moves rows between workspaces)"
    for part in level.parts:
        if hasattr(part, "inferred_target_elements"):
            found = any(map(_names_workspace, part.inferred_target_elements or ()))
            changed = any(map(_names_workspace, getattr(part, "update_values_to_set", ())))
            if WORKSPACE in query.table.c and (changed or not found):
                yield f"{query.table} (an upsert must have it in its key, and not change it)"


def _names_workspace(column: Any) -> bool:
    return bool(getattr(column, "name", column) == WORKSPACE)
