"""What a holding is made of: fields, and pages of rows as they are told to a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from silkroad.engines.database import Statement
from silkroad.kit.clock import SECOND
from silkroad.kit.inventory import Column, DataClass, Purpose

AT_ONCE = 200
"""Rows in one step, so that nobody waits long for a reader or the writer."""

ENDS_BY_AGE = {
    "facts": "ids and times of what happened, numbered without gaps for every reader",
    "jobs": "ids of what is to be done next, gone once it is done",
}
"""What is of visitors, leads to none of them, and goes when its time is over: says why."""


class Unclear(Exception):
    """Nobody could say whose the rows of a table are, or what erasing one means: a defect."""


class Field(NamedTuple):
    """A column as a person gets to see it."""

    name: str
    data: DataClass
    sealed: bool
    sensitive: bool


class Page(NamedTuple):
    """Some rows of a table, and where the next page begins; None at the end."""

    rows: list[dict[str, Any]]
    after: tuple[Any, ...] | None


class Room(NamedTuple):
    """Columns that are read for the same purpose, and how: the first rows, and the rest."""

    purpose: Purpose
    names: tuple[str, ...]
    first: Statement
    rest: Statement


class Forgetting(NamedTuple):
    """The rows that lead to a visitor by one way: how many, some of them, and all that are left."""

    counted: Statement
    some: Statement
    rest: Statement


def deleted(name: str, columns: Collection[Column]) -> bool:
    """Whether erasing a visitor deletes their rows of a table, or leaves them as they are.

    Raises Unclear for a table where it would be some of both.
    """
    ways = {column.erasure for column in columns if "visitor" in column.subjects}
    if ways <= {"delete", "shred"}:
        return True
    if ways == {"retain"}:
        return False
    raise Unclear(f"{name}: {sorted(map(str, ways))} at once")


def told(name: str, value: Any) -> Any:
    """Return a stored value as JSON has it: times as ISO 8601, bytes as hex."""
    if isinstance(value, int) and (name == "at" or name.endswith(("_at", "_until", "_since"))):
        return datetime.fromtimestamp(value / SECOND, UTC).isoformat(timespec="milliseconds")
    return value.hex() if isinstance(value, bytes) else value


def opened(plain: bytes) -> Any:
    """Return what was under a seal: a text, an object where it is one, else bytes as hex."""
    try:
        text = plain.decode()
    except UnicodeDecodeError:
        return plain.hex()
    if text.startswith("{"):
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            return text
    return text
