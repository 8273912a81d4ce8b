"""A thread that writes: it takes everything that waits, and commits it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from silkroad.kit.errors import refuse

from .committer import Batch, Committer, Order
from .driver import Connection
from .transaction import World

MOST_AT_ONCE = 256
QUIET = 0.2  # seconds


class Writer(threading.Thread):
    """Writes on one connection. ``settle`` is called on the thread, after each commit."""

    def __init__(
        self, connection: Connection, world: World, settle: Callable[[Batch], None]
    ) -> None:
        super().__init__(name="writer", daemon=True)
        self._connection = connection
        self._committer = Committer(connection, world)
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
                self._settle(self._committer.commit(orders))
            self._connection.do_chores(idle=not orders)

    def close(self) -> None:
        """Close the connection of a thread that has ended."""
        self._connection.close()

    def _next(self) -> tuple[list[Order], bool]:
        """Return what waits, nothing after a while of quiet, and whether that was the end.

        Right after a commit the queue is empty because everybody waits for the answer. That is not
        quiet yet, and chores are not done then (measured: 75 to 65 µs per message).
        """
        orders: list[Order] = []
        with suppress(Empty):
            order = self._orders.get(timeout=QUIET if self._connection.has_chores else None)
            while order is not None:
                orders.append(order)
                if len(orders) == MOST_AT_ONCE:
                    return orders, False
                order = self._orders.get_nowait()
            return orders, True
        return orders, False
