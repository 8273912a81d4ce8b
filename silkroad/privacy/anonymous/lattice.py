"""The search for the finest figures that are safe, always in the same order.

Every attribute has one level of coarseness for all lines, so lines never overlap: whatever is
added up or subtracted is again a group of lines. The combinations of levels are tried from fine to
coarse, and the first one that leaves out few enough is taken. A combination is made safe by leaving
lines out, until

- every line has at least k people, whichever of its values are looked at;
- whoever knows somebody's ordinary attributes meets at least two values of each sensitive one;
- nobody is left out, or at least k are, so that a total minus the lines tells nothing either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product

from .model import ANY, FLOOR, Anonymous, Attribute, Case, Line

ONE_IN = 10
"""Leaving out more than one in ten is worse than telling less of everybody."""

DIVERSE = 2

Levels = tuple[int, ...]


def anonymise(cases: Iterable[Case], attributes: Sequence[Attribute], k: int) -> Anonymous | None:
    """Return the cases as lines that at least ``k`` people share; None if there are fewer people.

    The same cases in another order give the same result. Raises ValueError for a ``k`` below the
    floor, KeyError for a value that is on no ladder.
    """
    if k < FLOOR:
        raise ValueError(f"fewer than {FLOOR} people are no crowd")
    counted = Counter(cases)
    total = counted.total()
    for levels in _fine_to_coarse(attributes):
        kept = _safe(_at(counted, attributes, levels), attributes, k)
        left_out = total - kept.total()
        if kept and left_out * ONE_IN <= total:
            lines = tuple(Line(values, people) for values, people in sorted(kept.items()))
            return Anonymous(levels, lines, total - left_out, left_out)
    return None


def _fine_to_coarse(attributes: Sequence[Attribute]) -> Iterator[Levels]:
    """Yield all combinations of levels, in an order that no data has a part in.

    Squares: a little less of everything is better than nothing of one thing.
    """

    def coarseness(levels: Levels) -> tuple[Fraction, Levels]:
        steps = zip(levels, attributes, strict=True)
        return sum((Fraction(level, a.top) ** 2 for level, a in steps), Fraction(0)), levels

    return iter(sorted(product(*(range(a.top + 1) for a in attributes)), key=coarseness))


def _at(counted: Counter[Case], attributes: Sequence[Attribute], levels: Levels) -> Counter[Case]:
    found: Counter[Case] = Counter()
    for case, people in counted.items():
        parts = zip(case, attributes, levels, strict=True)
        found[tuple(a.ladder[value][level] for value, a, level in parts)] += people
    return found


def _safe(found: Counter[Case], attributes: Sequence[Attribute], k: int) -> Counter[Case]:
    """Return the lines that may stay, by the three rules above."""
    crowds = _crowds({line for line, people in found.items() if people >= k}, attributes)
    diverse = [lines for lines in crowds if _is_diverse(lines, attributes)]
    sizes = sorted((sum(found[line] for line in lines), sorted(lines)) for lines in diverse)
    missing = found.total() - sum(size for size, _ in sizes)
    while sizes and 0 < missing < k:
        size, _ = sizes.pop(0)
        missing += size
    return Counter({line: found[line] for _, lines in sizes for line in lines})


def _crowds(lines: Iterable[Case], attributes: Sequence[Attribute]) -> list[set[Case]]:
    """Return the lines in groups that only their sensitive values tell apart."""
    crowds: dict[Case, set[Case]] = defaultdict(set)
    for line in lines:
        known = (v for v, a in zip(line, attributes, strict=True) if not a.sensitive)
        crowds[tuple(known)].add(line)
    return list(crowds.values())


def _is_diverse(lines: set[Case], attributes: Sequence[Attribute]) -> bool:
    for place, part in enumerate(attributes):
        told = {line[place] for line in lines}
        if part.sensitive and told != {ANY} and len(told) < DIVERSE:
            return False
    return True
