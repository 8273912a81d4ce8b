"""Fewer trials that still try every pair: each place with each kind, each place with each person,
and each kind with each person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import TypeVar

T = TypeVar("T", bound=tuple[Hashable, ...])
Pair = tuple[tuple[int, Hashable], tuple[int, Hashable]]


def pairwise(trials: Iterable[T]) -> list[T]:
    """Choose trials so that every pair of their values that occurs at all is in one of them.

    The choice is the same each time. It is greedy: one trial for each pair of the first two values,
    with whatever else is still wanted most, then what is left.
    """
    every = list(trials)
    wanted = {pair for trial in every for pair in pairs(trial)}
    alike: dict[tuple[Hashable, ...], list[T]] = defaultdict(list)
    for trial in every:
        alike[trial[:2]].append(trial)
    chosen = []
    for group in [*alike.values(), *([trial] for trial in every)]:
        best = max(group, key=lambda trial: len(wanted.intersection(pairs(trial))))
        if not wanted.isdisjoint(pairs(best)):
            wanted.difference_update(pairs(best))
            chosen.append(best)
    return chosen


def pairs(trial: tuple[Hashable, ...]) -> Iterator[Pair]:
    """Yield each two values of a trial, with their places."""
    return combinations(enumerate(trial), 2)
