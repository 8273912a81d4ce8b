"""The highest time that this installation has seen: a wild clock deletes nothing.

What is deleted by age (a ``Job`` that ``sweeps``) waits when the clock is more than a day ahead of
it. It goes on when the clock comes back, or when the operator says that the clock is right.
"""

from __future__ import annotations

from silkroad.kit.clock import DAY

from . import queue
from .outbox import move_to, position
from .transaction import Transaction

LEAP = DAY
_MARK = "clock"


def highest(tx: Transaction) -> int:
    """Return the highest time seen so far (ms); 0 when none was. Asked in the installation."""
    return position(tx, _MARK)


def leapt(tx: Transaction, mark: int) -> bool:
    """Whether it is later now than the clock can have come by itself since the mark."""
    return 0 < mark < tx.now - LEAP


def is_wild(tx: Transaction) -> bool:
    """Whether the clock has leapt. Asked in the installation."""
    return leapt(tx, highest(tx))


def observe(tx: Transaction) -> int:
    """Note the time and let what waited go on, unless the clock has leapt; return the highest."""
    mark = highest(tx)
    if leapt(tx, mark):
        return mark
    if tx.now > mark:
        move_to(tx, _MARK, tx.now)
    queue.release(tx)
    return max(mark, tx.now)


def confirm(tx: Transaction) -> None:
    """Take the operator's word that the clock is right, in whichever direction it has gone."""
    move_to(tx, _MARK, tx.now)
