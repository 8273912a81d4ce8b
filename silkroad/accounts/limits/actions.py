"""Spending tries. Whoever spends must not refuse afterwards, or the try is undone with it."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.clock import SECOND
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose

from . import store
from .model import LONGEST, Limit


def spend(tx: Transaction, limit: Limit, who: str) -> int:
    """Count one try and return how many are left. Raises Refusal ``throttled``."""
    used, first = _used(tx, limit, who)
    if used >= limit.most:
        wait = first + limit.within - tx.now
        raise refuse("throttled", retry_after=max(1, -(-wait // SECOND)))
    store.add(tx, limit.name, who)
    return limit.most - used - 1


def left(tx: Transaction, limit: Limit, who: str) -> int:
    """Return how many tries are left, without spending one."""
    used, _ = _used(tx, limit, who)
    return max(0, limit.most - used)


def forgive(tx: Transaction, limit: Limit, who: str) -> None:
    """Forget the tries of somebody who turned out to be right."""
    store.forgive(tx, limit.name, who)


def give_back(tx: Transaction, limit: Limit, who: str) -> None:
    """Take back one try that was not a guess."""
    store.give_back(tx, limit.name, who)


def sweep(tx: Transaction) -> None:
    """Delete what no limit looks at any more."""
    store.sweep(tx, tx.now - LONGEST)


def _used(tx: Transaction, limit: Limit, who: str) -> tuple[int, int]:
    """Return how many tries count, and when the first of them was; for nothing but safety."""
    with tx.doing(Purpose.SECURITY):
        return store.since(tx, limit.name, who, limit.within)
