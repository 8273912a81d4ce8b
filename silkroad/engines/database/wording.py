"""What a statement may be made of: a closed list, so that all of it can be judged.

The guard and the purposes look at columns and conditions. SQL that is written as text, an operator
or a hint of one's own, a table that is described a second time: each says something that neither
of them sees, so none of them is on the list, whatever a statement is excused from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Alias,
    BigInteger,
    BindParameter,
    BooleanClauseList,
    Column,
    CompoundSelect,
    Delete,
    Exists,
    Insert,
    Join,
    Label,
    Null,
    ScalarSelect,
    Select,
    Subquery,
    Table,
    Tuple,
    UnaryExpression,
    Update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.dml import OnConflictDoNothing, OnConflictDoUpdate
from sqlalchemy.sql import functions, visitors
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import (
    BinaryExpression,
    Case,
    Cast,
    ClauseElement,
    ClauseList,
    ColumnClause,
    ExpressionClauseList,
    Grouping,
)
from sqlalchemy.sql.operators import custom_op
from sqlalchemy.sql.selectable import CTE, ForUpdateArg, _OffsetLimitParam

from .tables import metadata

KINDS = frozenset(
    {
        # statements, and what they read from
        *(Select, CompoundSelect, Insert, sqlite.Insert, Update, Delete),
        *(Table, Alias, Join, Subquery, CTE, ScalarSelect, Exists),
        # conditions and values
        *(Column, ColumnClause, BindParameter, Null, Label, Case, Cast, Tuple, Grouping),
        *(BinaryExpression, UnaryExpression, BooleanClauseList, ClauseList, ExpressionClauseList),
        *(functions.count, functions.coalesce, functions.max, functions.min, functions.sum),
        # how many, for whom, and instead of what
        *(_OffsetLimitParam, ForUpdateArg, OnConflictDoUpdate, OnConflictDoNothing),
    }
)

BESIDE = ("_prefixes", "_suffixes", "_hints", "_statement_hints")
"""Where SQLAlchemy keeps the words of others that go into a statement as they are."""

PLAIN = re.compile(r"\*|'[a-z_]*'")
"""The text that stands in a statement: all rows' star, and a word that an index depends on."""


def strange(clause: ClauseElement) -> Iterator[str]:
    """Yield the parts of a statement that nobody could judge."""
    for element in visitors.iterate(clause):
        if type(element) not in KINDS or not _is_plain(element) or _writes_beside(clause, element):
            yield f"{type(element).__name__} {element}"


def _writes_beside(clause: ClauseElement, element: Any) -> bool:
    """Whether it writes inside another statement, or several rows, into which nobody looks."""
    inside = element is not clause or getattr(element, "_multi_values", None)
    return isinstance(element, UpdateBase) and bool(inside)


def _is_plain(element: Any) -> bool:
    """Whether it has no words of its own in it, in none of the places where they could stand."""
    if any(getattr(element, place, None) for place in BESIDE):
        return False
    if any(isinstance(getattr(element, o, None), custom_op) for o in ("operator", "modifier")):
        return False
    if getattr(getattr(element, "name", None), "quote", None) is False:
        return False  # a name that is not quoted, whatever is in it
    return _is_ours(element)


def _is_ours(element: Any) -> bool:
    """Whether a table or column is one of the product's, and a type one that it casts to."""
    kind = type(element)
    if kind is Table:
        return metadata.tables.get(element.key) is element
    if kind is Cast:
        return type(element.type) is BigInteger
    if kind is ColumnClause:
        if element.is_literal:
            return bool(PLAIN.fullmatch(element.name))
        return isinstance(element.table, Subquery | CTE)
    return True
