"""What is told of a case, how finely, and what comes out: lines that at least k people share."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

FLOOR, DEFAULT, CEILING = 5, 10, 100
"""How many people at least share a line: between these a company chooses."""

ANY = "*"

Case = tuple[str, ...]
"""One person's values, one for each attribute, each of its finest class."""


class Attribute(NamedTuple):
    """Something that is told of each case.

    ``ladder``: each finest class with its names from fine to coarse, the last of them ``ANY``.
    ``sensitive``: what nobody may learn of somebody whose other attributes they know.
    """

    name: str
    ladder: Mapping[str, tuple[str, ...]]
    sensitive: bool = False

    @property
    def top(self) -> int:
        """The level at which it tells nothing any more."""
        return len(next(iter(self.ladder.values()))) - 1


class Line(NamedTuple):
    """So many people have exactly these values."""

    values: Case
    people: int


class Anonymous(NamedTuple):
    """What may be given to anybody.

    ``levels`` says how coarse each attribute is; ``people`` are in the lines, which stand in the
    order of their values, and ``left_out`` are in none.
    """

    levels: tuple[int, ...]
    lines: tuple[Line, ...]
    people: int
    left_out: int


def attribute(
    name: str, ladder: Mapping[str, tuple[str, ...]], *, sensitive: bool = False
) -> Attribute:
    """Return an attribute. Raises ValueError when its classes do not nest, or do not end in ANY."""
    if len({len(names) for names in ladder.values()}) != 1:
        raise ValueError(f"{name}: every class needs a name on every level")
    if any(names[-1] != ANY for names in ladder.values()):
        raise ValueError(f"{name}: the coarsest class is {ANY}")
    parents: dict[tuple[int, str], str] = {}
    for names in ladder.values():
        for level, (fine, coarse) in enumerate(pairwise(names)):
            if parents.setdefault((level, fine), coarse) != coarse:
                raise ValueError(f"{name}: {fine} is part of two classes")
    return Attribute(name, ladder, sensitive)
