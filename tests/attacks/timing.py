"""Whether two kinds of questions can be told apart by how long their answers take.

They are asked in pairs, close together and in changing order, so that whatever else the machine
does falls on both alike. What counts is how often the one took longer: half of the time, if nothing
tells them apart. A trial of three rounds does not fail by chance: the criterion is six standard
deviations, and each round would have to miss it on the same side.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import sqrt

from silkroad.parts import OPERATIONS

from .asking import asked, missing, slots
from .enterprise import Street

Asks = Callable[[], object]
DEVIATIONS = 6
ROUNDS = 3


def apart(street: Street, door: str, kind: str, *, pairs: int) -> bool:
    """Whether what the neighbours have can be told from nothing by time, at one door."""
    (operation,) = (operation for operation in OPERATIONS if operation.name == door)
    person = street.ours.visitor if operation.door == "widget" else street.ours.admin
    slot = next(s for s in slots(operation) if s.kind == kind and s.where == "path")
    ask, name = asked(operation, street.ours.ids), street.theirs.ids[kind]
    foreign, nothing = ask.at(slot, name), ask.at(slot, missing(name))
    return separable(lambda: foreign.by(person), lambda: nothing.by(person), pairs=pairs)


def separable(one: Asks, other: Asks, *, pairs: int) -> bool:
    """Whether ``one`` takes longer than ``other``, or less long, again and again."""
    limit = DEVIATIONS * 0.5 / sqrt(pairs)
    sides = set()
    for _ in range(ROUNDS):
        bias = _longer(one, other, pairs) - 0.5
        if abs(bias) <= limit:
            return False
        sides.add(bias > 0)
    return len(sides) == 1


def _longer(one: Asks, other: Asks, pairs: int) -> float:
    """Return in which part of the pairs ``one`` took longer."""
    longer = 0
    for number in range(pairs):
        if number % 2:
            second, first = _seconds(other), _seconds(one)
        else:
            first, second = _seconds(one), _seconds(other)
        longer += first > second
    return longer / pairs


def _seconds(ask: Asks) -> float:
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started
