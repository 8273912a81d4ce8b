"""Group commit: one thread takes everything that waits, and commits it once.

Each action runs in its own savepoint, so a refusal undoes only itself. When the engine itself
fails (a full disk, a failed commit) the batch is rolled back and replayed one by one, so that only
those who cannot be stored hear of it. Nobody is answered before the commit is on disk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

import structlog

from silkroad.engines.keyring import KeyNotLoaded, NewKey
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.scope import Scope

from .ledger import Ledger
from .sqlite import Broken, Connection, Full, Violated
from .transaction import Committed, Transaction, World

log = structlog.get_logger()

MOST_AT_ONCE = 256
QUIET = 0.2  # seconds


class Order(NamedTuple):
    """An action that waits, and who waits for it."""

    scope: Scope
    action: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    answer: Any


class Outcome(NamedTuple):
    """What became of an order: its result, or why not."""

    order: Order
    result: Any
    failure: BaseException | None


class Batch(NamedTuple):
    """Everything that one commit settled."""

    outcomes: list[Outcome]
    facts: list[Committed]


class Writer(threading.Thread):
    """The only thread that writes. ``settle`` is called on it with each batch, after the commit."""

    def __init__(
        self, connection: Connection, world: World, settle: Callable[[Batch], None]
    ) -> None:
        super().__init__(name="writer", daemon=True)
        self._connection = connection
        self._world = world
        self._settle = settle
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._ending = False

    def submit(self, order: Order) -> None:
        """Queue an order. Raises Refusal ``stopping``. To be called where ``end`` is called."""
        if self._ending:
            raise refuse("stopping")
        self._orders.put(order)

    @property
    def waiting(self) -> int:
        return self._orders.qsize()

    def end(self) -> None:
        """Take no more orders; the thread ends when those that wait are done."""
        if not self._ending:
            self._ending = True
            self._orders.put(None)

    def run(self) -> None:
        ended = False
        while not ended:
            orders, ended = self._next()
            if orders:
                self._settle(self._commit(orders))
            self._connection.checkpoint(idle=not orders)

    def _next(self) -> tuple[list[Order], bool]:
        """Return what waits, nothing after a while of quiet, and whether that was the end.

        Right after a commit the queue is empty because everybody waits for the answer. That is not
        quiet yet, and the log is not folded in then (measured: 75 to 65 µs per message).
        """
        orders: list[Order] = []
        with suppress(Empty):
            order = self._orders.get(timeout=QUIET if self._connection.log_is_long else None)
            while order is not None:
                orders.append(order)
                if len(orders) == MOST_AT_ONCE:
                    return orders, False
                order = self._orders.get_nowait()
            return orders, True
        return orders, False

    def _commit(self, orders: list[Order]) -> Batch:
        try:
            return self._together(orders)
        except Exception as failure:  # noqa: BLE001 - whatever it was, the writer goes on
            self._connection.roll_back()
            if len(orders) == 1:
                return Batch([Outcome(orders[0], None, _explain(failure))], [])
            log.warning("batch_replayed", size=len(orders), error=type(failure).__name__)
        alone = [self._commit([order]) for order in orders]
        return Batch([o for b in alone for o in b.outcomes], [f for b in alone for f in b.facts])

    def _together(self, orders: list[Order]) -> Batch:
        cursor = self._connection.cursor
        outcomes: list[Outcome] = []
        facts: list[Committed] = []
        keys: list[NewKey] = []
        ledger = Ledger(self._connection)
        held = self._world.keyring.held
        cursor("BEGIN IMMEDIATE")
        for order in orders:
            tx = Transaction(self._connection, self._world, order.scope, held, ledger)
            cursor("SAVEPOINT action")
            try:
                result = order.action(tx, *order.arguments, **order.named)
            except (Refusal, KeyNotLoaded, Violated) as no:
                self._undo(cursor)
                ledger.undo(tx.page)
                outcomes.append(Outcome(order, None, _explain(no)))
            except Broken:
                raise
            except Exception as bug:
                self._undo(cursor)
                ledger.undo(tx.page)
                log.exception(
                    "action_failed", action=order.action.__name__, error=type(bug).__name__
                )
                outcomes.append(Outcome(order, None, bug))
            else:
                cursor("RELEASE action")
                ledger.keep(tx.page)
                outcomes.append(Outcome(order, result, None))
                facts += tx.told()
                keys += tx.new_keys.values()
        ledger.write()
        if keys:
            self._world.keyring.persist(keys)
        cursor("COMMIT")
        return Batch(outcomes, facts)

    @staticmethod
    def _undo(cursor: Callable[[str], Any]) -> None:
        cursor("ROLLBACK TO action")
        cursor("RELEASE action")


def _explain(failure: Exception) -> Exception:
    """Turn the engine's errors into the product's."""
    if isinstance(failure, Violated):
        return refuse("already_exists")
    if isinstance(failure, Full):
        return refuse("storage_full")
    if isinstance(failure, Broken):
        log.error("storage_failed", error=type(failure).__name__)
        return refuse("storage_failed")
    return failure
