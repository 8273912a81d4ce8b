"""Statements on every table that holds something of visitors, made from the declarations.

How a row leads to its person is derived: by a column that holds a person's id, or by the id of a
thing that leads to one (a message by its conversation). Each column is read for a purpose that it
is declared for, through the same guard as everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    tuple_,
    update,
)

from silkroad.engines.database import Statement, Transaction, mine
from silkroad.engines.database.tables import LargeBinary, Sealing, metadata
from silkroad.kit.inventory import Column as Declared
from silkroad.kit.inventory import DataClass, Purpose

from .model import (
    AT_ONCE,
    ENDS_BY_AGE,
    Field,
    Forgetting,
    Page,
    Room,
    Unclear,
    deleted,
    opened,
    told,
)

PEOPLE = ("visitor_id", "subject_id", "owner_id", "actor_id")
"""How a column is called that holds the id of whoever it is about."""

ROOT = "visitors"
WORKSPACE = "workspace_id"
ACCESS = frozenset({DataClass.ACCOUNT, DataClass.DEVICE})
"""By what somebody comes in, and is woken."""

TOKEN = "token_hash"  # noqa: S105 - a column's name
"""How a column is called by which a secret opens something to whoever has it."""

Rows = Any
"""A table, or the same table by another name in one statement."""

Way = Callable[[Rows], ColumnElement[bool]]


class _Path(NamedTuple):
    depth: int
    way: Way


class Holding:
    """One table, and the rows of one visitor in it."""

    def __init__(self, table: Table, columns: Mapping[str, Declared], paths: list[_Path]) -> None:
        self.name = table.name
        self.depth = max((path.depth for path in paths), default=0)
        self.is_deleted = deleted(table.name, columns.values())
        self._table = table
        self._columns = columns
        self._paths = paths
        self._keys = [column for column in table.primary_key if column.name != WORKSPACE]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What a person is given of it: what is about them, and beside it what is about nobody."""
        if not any(map(_given, self._columns.values())):
            return ()
        return tuple(
            Field(name, column.data, column.sealed, column.sensitivity == "S3")
            for name, column in self._columns.items()
            if _given(column) or self._explains(name, column)
        )

    @property
    def classes(self) -> frozenset[DataClass]:
        return frozenset(c.data for c in self._columns.values() if "visitor" in c.subjects)

    @property
    def opens(self) -> bool:
        """Whether a row is a door: to its person, or to whoever has the link that they made."""
        return self.classes <= ACCESS or TOKEN in self._table.c

    @property
    def is_sealed(self) -> bool:
        return self._sealing is not None

    @property
    def has_contents(self) -> bool:
        return self._sealing is not None and self._sealing.content

    def sensitive_in(self, classes: frozenset[DataClass] | None) -> bool:
        """Whether a copy of these kinds of data reveals something sensitive of it."""
        return any(field.sensitive for field in self.of(classes))

    def of(self, classes: frozenset[DataClass] | None) -> tuple[Field, ...]:
        """Return the fields of these kinds of data, or of all; none if nothing is about anybody."""
        wanted = [f for f in self.fields if classes is None or f.data in classes]
        if not wanted:
            return ()
        return tuple(f for f in self.fields if f in wanted or f.data is DataClass.NONE)

    def page(
        self,
        tx: Transaction,
        person_id: str,
        classes: frozenset[DataClass] | None,
        after: tuple[Any, ...] | None,
    ) -> Page:
        """Return the next rows of a visitor, opened; what is sensitive is revealed, on record.

        Raises Refusal ``erased``.
        """
        more = {} if after is None else {f"after_{n}": value for n, value in enumerate(after)}
        parts = []
        for room in self.rooms:
            with tx.doing(room.purpose):
                statement = room.first if after is None else room.rest
                parts.append(tx.all(statement, of_person=person_id, most=AT_ONCE, **more))
        rows = [self._row(values) for values in zip(*parts, strict=True)]
        wanted = self.of(classes)
        shown = [{f.name: self._shown(tx, f, row) for f in wanted} for row in rows]
        last = tuple(rows[-1][key.name] for key in self._keys) if len(rows) == AT_ONCE else None
        return Page(shown, last)

    @cached_property
    def rooms(self) -> list[Room]:
        """The fewest purposes for which all its fields can be read; the first shows the keys."""
        keys = [key.name for key in self._keys]
        left = [*dict.fromkeys([*keys, *(field.name for field in self.fields)])]
        found: list[Room] = []
        while left:
            able = [p for p in Purpose if found or self._fit(p, keys) == keys]
            if not able:
                raise Unclear(f"{self.name}: no purpose shows its keys")
            purpose = max(able, key=lambda p: len(self._fit(p, left)))
            names = self._fit(purpose, left)
            if not names:
                raise Unclear(f"{self.name}: no purpose shows {left}")
            found.append(self._room(purpose, names))
            left = [name for name in left if name not in names]
        return found

    def forget_some(self, tx: Transaction, person_id: str) -> bool:
        """Delete some rows of a visitor; return whether there are more."""
        for way in self.forgetting:
            if tx.all(way.counted, of_person=person_id)[0][0] > AT_ONCE:
                tx.all(way.some, of_person=person_id, most=AT_ONCE)
                return True
            tx.all(way.rest, of_person=person_id)
        return False

    def forget_who(self, tx: Transaction, person_id: str) -> None:
        """Let nobody be recognised by what a row knows them by: whoever comes back is new."""
        for purpose, statement in self._forget_who:
            with tx.doing(purpose):
                tx.all(statement, of_person=person_id)

    def has_some(self, tx: Transaction, person_id: str) -> bool:
        return any(tx.all(way.counted, of_person=person_id)[0][0] for way in self.forgetting)

    def key_ids(self, tx: Transaction, person_id: str) -> list[str]:
        """Return the names of the keys that rows of a visitor are sealed under."""
        if not self.is_sealed:
            return []
        purpose, statements = self.sealing_keys
        with tx.doing(purpose):
            found = [tx.all(statement, of_person=person_id) for statement in statements]
        return sorted({key_id for rows in found for row in rows for key_id in row if key_id})

    # statements

    @property
    def _sealing(self) -> Sealing | None:
        found: Sealing | None = self._table.info.get("sealing")
        return found

    @cached_property
    def sealing_keys(self) -> tuple[Purpose, list[Statement]]:
        """For what it may be read under which keys rows are sealed, and how, by each way."""
        names = list(self._sealing.keys if self._sealing else ())
        purpose = next(p for p in Purpose if self._fit(p, names) == names)
        rows = select(*(self._table.c[name] for name in names)).distinct()
        return purpose, [Statement(rows.where(*self._by(path))) for path in self._paths]

    @cached_property
    def forgetting(self) -> list[Forgetting]:
        """How to forget a visitor by each way that leads to them, one after the other."""
        return [self._forgetting(path) for path in self._paths]

    def _forgetting(self, path: _Path) -> Forgetting:
        theirs = self._by(path)
        some: Rows = self._table.alias()
        keys = [some.c[key.name] for key in self._keys]
        chosen = select(*keys).where(mine(some), path.way(some)).limit(bindparam("most"))
        # said twice, so that SQLite goes through this person's rows and not through everybody's
        found = (*theirs, tuple_(*self._keys).in_(chosen))
        return Forgetting(
            Statement(select(func.count()).select_from(self._table).where(*theirs)),
            Statement(delete(self._table).where(*found)),
            Statement(delete(self._table).where(*theirs)),
        )

    def _by(self, path: _Path) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Return the condition of rows that lead to a visitor by one way.

        Each way is asked by itself: of both at once SQLite goes through everybody's rows.
        """
        return mine(self._table), path.way(self._table)

    @property
    def _known_by(self) -> list[str]:
        """Blind indexes: what somebody told elsewhere, hashed so that it is found again."""
        return [
            name
            for name, column in self._columns.items()
            if column.personal and not column.sealed and self._is_index(name)
        ]

    def _is_index(self, name: str) -> bool:
        stored: Column[Any] = self._table.c[name]
        return bool(stored.nullable) and isinstance(stored.type, LargeBinary)

    @cached_property
    def _forget_who(self) -> list[tuple[Purpose, Statement]]:
        theirs = update(self._table).where(*self._by(self._paths[0]))
        return [
            (
                next(p for p in Purpose if self._fit(p, [name])),
                Statement(theirs.values({name: None})),
            )
            for name in self._known_by
        ]

    def _room(self, purpose: Purpose, names: list[str]) -> Room:
        table = self._table
        # by its first way: a wake is its device's, whoever's conversation it is about
        rows = select(*(table.c[name] for name in names)).where(*self._by(self._paths[0]))
        # not by the bare columns, or both databases walk through everybody's rows in their order
        keys = [func.coalesce(key, key) for key in self._keys]
        rows = rows.order_by(*keys).limit(bindparam("most"))
        start = [bindparam(f"after_{n}", type_=key.type) for n, key in enumerate(self._keys)]
        after = keys[0] > start[0] if len(start) == 1 else tuple_(*keys) > tuple_(*start)
        return Room(purpose, tuple(names), Statement(rows), Statement(rows.where(after)))

    def _fit(self, purpose: Purpose, names: list[str]) -> list[str]:
        return [name for name in names if self._columns[name].bits & purpose.bit]

    def _explains(self, name: str, column: Declared) -> bool:
        """Whether a column about nobody tells what the others mean; no hash or number of ours."""
        stored: Column[Any] = self._table.c[name]
        own = name == WORKSPACE or stored is self._table.autoincrement_column
        return not (column.personal or own or isinstance(stored.type, LargeBinary))

    # rows

    def _row(self, parts: tuple[Any, ...]) -> dict[str, Any]:
        return {
            name: value
            for room, values in zip(self.rooms, parts, strict=True)
            for name, value in zip(room.names, values, strict=True)
        }

    def _shown(self, tx: Transaction, field: Field, row: dict[str, Any]) -> Any:
        value = row[field.name]
        if not field.sealed or value is None:
            return told(field.name, value)
        if self._sealing is None:
            raise Unclear(f"{self.name}: nobody says how it is sealed")
        room = next(room for room in self.rooms if field.name in room.names)
        place = ":".join(str(row[name]) for name in self._sealing.place)
        under = (row[self._sealing.key], self._table.c[field.name], place, value)
        with tx.doing(room.purpose):
            plain = tx.reveal(*under).encode() if field.sensitive else tx.open_bytes(*under)
        return opened(plain)


class Holdings:
    """All tables that hold something of visitors, by their names."""

    def __init__(self, declared: Mapping[str, Mapping[str, Declared]]) -> None:
        """Find out how each table leads to its visitors. Raises Unclear where one does not."""
        self._found = [
            _holding(metadata.tables[name], columns)
            for name, columns in sorted(declared.items())
            if any("visitor" in column.subjects for column in columns.values())
            and name not in ENDS_BY_AGE
        ]
        order = [table.name for table in metadata.sorted_tables]
        last_first = sorted(self._found, key=lambda h: (-h.depth, -order.index(h.name)))
        self.erased = [holding for holding in last_first if holding.is_deleted]
        """What is deleted of a person, in an order in which nothing refers to what is gone."""
        self.copied = [holding for holding in self._found if holding.fields]
        """What a person gets a copy of."""

    def __iter__(self) -> Iterator[Holding]:
        return iter(self._found)

    def knows(self, tx: Transaction, person_id: str) -> bool:
        """Whether somebody is a visitor of the scope's company."""
        return self.root.has_some(tx, person_id)

    @property
    def access(self) -> list[Holding]:
        """By what somebody comes in, is woken, and is read by others: sessions, devices, links."""
        return [holding for holding in self.erased if holding.opens]

    @property
    def root(self) -> Holding:
        return next(holding for holding in self._found if holding.name == ROOT)


def _given(column: Declared) -> bool:
    return "visitor" in column.subjects and column.export == "include"


def _holding(table: Table, columns: Mapping[str, Declared]) -> Holding:
    paths = list(_paths(table, ()))
    holding = Holding(table, columns, paths)
    if not paths and (holding.is_deleted or holding.fields):
        raise Unclear(f"{table.name}: no column leads to the visitor whose rows these are")
    sealed = [field.name for field in holding.fields if field.sealed]
    if sealed and "sealing" not in table.info:
        raise Unclear(f"{table.name}: nobody says how {', '.join(sealed)} is sealed")
    return holding


def _paths(table: Table, seen: tuple[str, ...]) -> Iterator[_Path]:
    """Yield how rows lead to a visitor, the most direct way first."""
    if table.name == ROOT:
        yield _Path(0, lambda t: t.c.id == bindparam("of_person"))
        return
    direct = [column.name for column in table.c if column.name in PEOPLE]
    for name in direct:
        yield _Path(1, _by_person(name))
    if direct:
        return
    for column in table.c:
        thing = metadata.tables.get(f"{column.name.removesuffix('_id')}s")
        if thing is None or not column.name.endswith("_id") or "id" not in thing.c:
            continue
        if thing.name not in (*seen, table.name):
            for path in _paths(thing, (*seen, table.name)):
                yield _Path(path.depth + 1, _by_thing(column.name, thing, path.way))


def _by_person(name: str) -> Way:
    """Lead by a person's id, said to be a visitor's where colleagues' stand beside it."""
    kind = f"{name.removesuffix('_id')}_kind"

    def leads(table: Rows) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = table.c[name] == bindparam("of_person")
        if kind not in table.c:
            return condition
        visitors: ColumnElement[bool] = table.c[kind] == literal_column("'visitor'")
        return condition & visitors

    return leads


def _by_thing(name: str, thing: Table, way: Way) -> Way:
    def leads(table: Rows) -> ColumnElement[bool]:
        its: Rows = thing.alias()
        condition: ColumnElement[bool] = table.c[name].in_(
            select(its.c.id).where(mine(its), way(its))
        )
        return condition

    return leads


def shut_out(tx: Transaction, holdings: Holdings, person_id: str) -> None:
    """Delete at once by what a visitor comes in, is woken and is read; who they were is forgotten.

    That comes first: whoever begins at the same time waits for it, or it for them.
    """
    holdings.root.forget_who(tx, person_id)
    for holding in holdings.access:
        while holding.forget_some(tx, person_id):
            pass
