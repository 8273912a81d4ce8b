"""For which purposes a column may be read or written: from the declarations, in each statement.

A statement is looked through once, when it first runs; after that, letting it through is one
bitwise *and*. A column that nobody declares is closed, and to improve the service only tables of
figures are open. Clauses 1.2.2, 4.0, 4.1.1a.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import Delete, Insert, UpdateBase
from sqlalchemy.sql.elements import BindParameter, ClauseElement, ColumnClause, Null
from sqlalchemy.sql.functions import FunctionElement, count
from sqlalchemy.sql.selectable import (
    AliasedReturnsRows,
    CompoundSelect,
    Exists,
    FromClause,
    ScalarSelect,
    SelectBase,
)

from silkroad.kit.inventory import EVERY_PURPOSE, Declarations, Purpose
from silkroad.kit.purposes import OutsidePurpose, bits_of

__all__ = [
    "ABOUT_PEOPLE",
    "OutsidePurpose",
    "is_sensitive",
    "learn",
    "of_column",
    "places_of",
    "set_by",
    "shown_by",
]

ALONGSIDE = bits_of({Purpose.ACCOUNTABILITY, Purpose.SECURITY, Purpose.OPERATION})
"""What is written along with whatever is done: who did it, whether it is abuse, what comes next."""

ABOUT_PEOPLE = EVERY_PURPOSE & ~Purpose.IMPROVEMENT.bit
"""What may be done with tables that are not figures altogether, if only to count their rows."""

_columns: dict[tuple[str, str], int] = {}
_figures: set[tuple[str, str]] = set()
_sensitive: set[tuple[str, str]] = set()


def learn(declarations: Iterable[Declarations]) -> None:
    """Take over what each column is for; what was learned before stays."""
    for tables in declarations:
        for table, columns in tables.items():
            _columns.update({(table, name): column.bits for name, column in columns.items()})
            figures = (name for name, column in columns.items() if column.aggregate)
            _figures.update((table, name) for name in figures)
            sensitive = (name for name, column in columns.items() if column.sensitivity == "S3")
            _sensitive.update((table, name) for name in sensitive)


def shown_by(clause: ClauseElement) -> int:
    """Return the purposes, as bits, for which a statement may run: those of all it shows or sets.

    What it only compares with is not shown: to find a person by an index, one has to know it.
    """
    bits = EVERY_PURPOSE if _is_of_figures(clause) else ABOUT_PEOPLE
    for place in _shown(clause):
        bits &= _columns.get(place, 0)
    for place in _set(clause):
        own = _columns.get(place, 0)
        bits &= EVERY_PURPOSE if own & ALONGSIDE else own
    return bits


def set_by(clause: ClauseElement) -> dict[tuple[str, str], str]:
    """Return the columns that a statement stores something in, and by which parameter.

    That is "" where it is no parameter; a column that it only empties is left out.
    """
    values = {_name(column): value for column, value in _values(clause).items()}
    return {
        place: value.key if isinstance(value, BindParameter) and value.required else ""
        for place in _set(clause)
        if not _is_nothing(value := values.get(place[1], place))
    }


def places_of(clause: ClauseElement) -> frozenset[tuple[str, str]]:
    """Return the columns that a statement shows, or stores something in."""
    return frozenset((*_shown(clause), *_set(clause)))


def of_column(column: Column[Any]) -> int:
    """Return the purposes, as bits, for which a column may be opened."""
    return _columns.get(_place(column), 0)


def is_sensitive(column: Column[Any]) -> bool:
    """Whether a column is of class S3. Clause D.5."""
    return _place(column) in _sensitive


def _is_of_figures(clause: ClauseElement) -> bool:
    """Whether a statement touches tables of figures and nothing else, not even to compare or count.

    A number of those who match is about somebody if it is one.
    """
    sources = {
        source
        for element in visitors.iterate(clause)
        for source in (element, getattr(element, "table", None))
        if isinstance(source, FromClause) and not isinstance(source, FunctionElement)
    }
    return bool(sources) and all(map(_is_figures, sources))


def _is_figures(source: FromClause) -> bool:
    return isinstance(source, Table) and all(_place(column) in _figures for column in source.c)


def _shown(clause: Any) -> Iterator[tuple[str, str]]:
    if isinstance(clause, CompoundSelect):
        for arm in clause.selects:
            yield from _shown(arm)
    elif isinstance(clause, UpdateBase):
        taken = (*_values(clause).values(), *_instead(clause), _source(clause))
        for value in (*clause._returning, *taken):  # noqa: SLF001 - SQLAlchemy has no public way
            yield from _inside(value)
    else:
        for root in clause._raw_columns:  # noqa: SLF001 - as above; the public way leaves text out
            yield from _inside(root)


def _inside(element: Any) -> Iterator[tuple[str, str]]:
    """Yield the columns that a result is made of; a number of rows shows none of them."""
    if isinstance(element, count | Exists):
        return
    if isinstance(element, ScalarSelect | SelectBase):
        yield from _shown(getattr(element, "element", element))
    elif isinstance(element, Table | AliasedReturnsRows):
        for column in element.c:
            yield from _inside(column)
    elif isinstance(element, ColumnClause):
        yield ("", str(element)) if element.table is None else _place(element)
    elif isinstance(element, ClauseElement):
        for child in element.get_children():
            yield from _inside(child)


def _set(clause: Any) -> Iterator[tuple[str, str]]:
    if isinstance(clause, UpdateBase) and not isinstance(clause, Delete):
        names = _values(clause) or getattr(clause, "_select_names", None) or clause.table.c
        for column in names:
            yield str(clause.table), _name(column)


def _name(column: Any) -> str:
    return str(getattr(column, "name", column))


def _is_nothing(value: Any) -> bool:
    if isinstance(value, BindParameter):
        return not value.required and value.value is None
    return isinstance(value, Null)


def _values(clause: Any) -> Mapping[Any, Any]:
    """Return what an insert or update sets, by its columns."""
    return getattr(clause, "_values", None) or {}


def _instead(clause: Any) -> Iterator[Any]:
    """Yield what an upsert sets in a row that is there, but for what the new row says itself."""
    conflict = getattr(clause, "_post_values_clause", None)
    for value in dict(getattr(conflict, "update_values_to_set", None) or ()).values():
        if getattr(getattr(value, "table", None), "name", "") != "excluded":
            yield value


def _source(clause: Any) -> Any:
    """Return the query from which an insert takes its rows, if it does."""
    return getattr(clause, "select", None) if isinstance(clause, Insert) else None


def _place(column: Any) -> tuple[str, str]:
    """Return table and column; of what is no stored column, a place that nobody declares."""
    table = getattr(column.table, "element", column.table)
    return getattr(table, "name", ""), column.name
