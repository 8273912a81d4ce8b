"""A change between two records of processing: in words, where it is, and how much it matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Weight = Literal["editorial", "minor", "major"]
"""``major`` opens a campaign and asks anew for consents; ``minor`` is announced; ``editorial`` is
only a new text."""

WEIGHTS: tuple[Weight, ...] = ("editorial", "minor", "major")
Record = Mapping[str, Any]
"""The record of processing as plain values: its parts, such as activities, doors and rights."""


How = Literal["joins", "goes", "other"]


class Where(NamedTuple):
    """What a change is about, for who puts it in a reader's words.

    A part of the record, one of its lines, one of that line's cells, and the value that joined it
    or went; no cell where it is the whole line.
    """

    part: str
    line: str = ""
    cell: str = ""
    how: How = "other"
    value: str = ""


class Change(NamedTuple):
    """One thing that is different. ``purposes`` are those whose consent is asked for anew."""

    clause: str
    weight: Weight
    what: str
    where: Where
    purposes: tuple[str, ...] = ()


class Rule(NamedTuple):
    """How one cell of a line is judged: what it means when something joins it, and when it goes."""

    cell: str
    joined: Weight
    gone: Weight
    named: str


OF_DATA = (
    Rule("subjects", "major", "minor", "people"),
    Rule("data", "major", "minor", "kind of data"),
    Rule("sources", "major", "minor", "where it comes from"),
    Rule("grounds", "major", "major", "legal ground"),
    Rule("kept", "major", "minor", "period"),
    Rule("period", "major", "minor", "exact period"),
    Rule("controllers", "major", "major", "who decides"),
    Rule("erased", "minor", "minor", "way of erasing"),
)
"""What an activity says of all its details together, and each detail of itself."""


def weight_of(changes: list[Change]) -> Weight | None:
    """Return the gravest of all, or None when nothing changed."""
    return max((c.weight for c in changes), key=WEIGHTS.index, default=None)


def values(cell: Any) -> set[str]:
    """Return a cell as a set of words, whatever its shape: a list, a word, or fields by kind."""
    if isinstance(cell, Mapping):
        return {f"{kind}: {field}" for kind, fields in cell.items() for field in fields}
    if isinstance(cell, list | tuple):
        return {str(value) for value in cell}
    return set() if cell is None else {str(cell)}
