"""Where values come from: nothing about a person is written without saying it. Clause 1.2.

Most columns have one source, which their declaration names. Where there are several, the row says
which it was, so a statement that sets such a column has to set that one as well. A statement is
looked through once; after that, only the word that says it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy.sql.dml import Delete, Insert, UpdateBase
from sqlalchemy.sql.elements import BindParameter, ClauseElement, ColumnClause, Null

from silkroad.kit.inventory import ByRow, Declarations, Source

Sets = Mapping[str, Any]
"""Column name → what a statement sets it to."""

_sources: dict[tuple[str, str], Source | ByRow | None] = {}


class Unsourced(Exception):
    """Something about a person would be stored without where it comes from: a defect."""


class Mark(NamedTuple):
    """A value that says where others come from: its parameter, and the words that it may be."""

    parameter: str
    words: frozenset[str]


def learn(declarations: Iterable[Declarations]) -> None:
    """Take over where each personal column's values come from; what was learned before stays."""
    for tables in declarations:
        for table, columns in tables.items():
            personal = ((name, column) for name, column in columns.items() if column.personal)
            _sources.update({(table, name): column.source for name, column in personal})


def marks_of(clause: ClauseElement) -> tuple[Mark, ...]:
    """Return what has to be looked at each time that a statement runs.

    Raises Unsourced for a column that has no source, or has several and nothing says which.
    """
    return tuple(dict.fromkeys(mark for sets in _sets(clause) for mark in _marks(clause, sets)))


def _marks(clause: Any, sets: Sets) -> Iterator[Mark]:
    table = str(clause.table)
    for name, value in sets.items():
        source = _sources.get((table, name), "use")  # of nobody, or closed anyway
        if source is None:
            raise Unsourced(f"{table}.{name} has no source: {clause}")
        if isinstance(source, ByRow) and not _is_nothing(value):
            yield from _mark(f"{table}.{name}", source, sets.get(source.column))


def _mark(place: str, source: ByRow, said: Any) -> Iterator[Mark]:
    """Yield the parameter that says it; a word that stands in the statement is looked at now."""
    words = frozenset(source.words)
    if isinstance(said, ColumnClause) and getattr(said.table, "name", "") == "excluded":
        return  # the row that was to be added says it, and was looked at
    if isinstance(said, BindParameter) and said.required:
        yield Mark(said.key, words)
    elif not isinstance(said, BindParameter) or said.value not in words:
        raise Unsourced(f"{place} is set, and {source.column} does not say where it comes from")


def _sets(clause: Any) -> Iterator[Sets]:
    """Yield what a statement sets: the new row, and what it changes of one that is there."""
    if not isinstance(clause, UpdateBase) or isinstance(clause, Delete):
        return
    values = getattr(clause, "_values", None)
    if isinstance(clause, Insert) and clause._select_names:  # noqa: SLF001 - SQLAlchemy has no public way
        yield dict.fromkeys(clause._select_names, clause.select)  # noqa: SLF001 - as above
    elif values:
        yield _by_name(values)
    else:  # every column, each from the parameter of its name
        yield {column.name: BindParameter(column.name, required=True) for column in clause.table.c}
    conflict = getattr(clause, "_post_values_clause", None)
    yield dict(getattr(conflict, "update_values_to_set", None) or ())


def _by_name(values: Mapping[Any, Any]) -> Sets:
    return {str(getattr(column, "name", column)): value for column, value in values.items()}


def _is_nothing(value: Any) -> bool:
    """Whether a column is emptied: nothing comes from nowhere."""
    fixed = isinstance(value, BindParameter) and not value.required and value.value is None
    return value is None or isinstance(value, Null) or fixed
