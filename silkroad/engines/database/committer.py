"""Group commit: many actions in one transaction, one commit, then everybody's answer.

A refusal undoes only itself: there is a mark before each action to go back to, or the batch is run
again with one. When the engine itself fails (a full disk, a failed commit) the batch is rolled back
and replayed one by one, so that only those who cannot be stored hear of it; what only failed
because others were at work is tried again. Nobody is answered before the commit is on disk.

Synchronous and without threads: a thread drives it in a server, a seeded scheduler in a simulation.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import structlog

from silkroad.engines.keyring import KeyNotLoaded, NewKey
from silkroad.kit.errors import Refusal, refuse

from .driver import Again, Broken, Connection, Contended, Full, Unfit, Unreachable, Violated
from .foresight import Foresight
from .ledger import Ledger
from .orders import Order
from .transaction import Committed, Transaction, World

__all__ = ["Batch", "Committer", "Order", "Outcome"]

log = structlog.get_logger()

MOST_TRIES = 8


class Outcome(NamedTuple):
    """What became of an order: its result, or why not."""

    order: Order
    result: Any
    failure: BaseException | None


class Batch(NamedTuple):
    """Everything that one commit settled."""

    outcomes: list[Outcome]
    facts: list[Committed]


class Committer:
    """Commits orders on one connection."""

    def __init__(self, connection: Connection, world: World) -> None:
        self._connection = connection
        self._world = world

    def commit(self, orders: list[Order]) -> Batch:
        """Run the orders and return what became of each, after the commit."""
        batch = self._try(orders, set())
        if not any(isinstance(outcome.failure, Contended) for outcome in batch.outcomes):
            return batch
        settled = Batch([], batch.facts)
        for outcome in batch.outcomes:
            if isinstance(outcome.failure, Contended):
                alone = self._try([outcome.order], {outcome.failure.workspace_id})
                settled.facts.extend(alone.facts)
                settled.outcomes.extend(alone.outcomes)
            else:
                settled.outcomes.append(outcome)
        return settled

    def _try(self, orders: list[Order], more: set[str]) -> Batch:
        """Commit the orders; ``more`` are the workspaces that they need beside their own.

        A single order is given every workspace that it asks for, however many there are.
        """
        tries = 0
        while True:
            done = self._once(orders, more)
            failure = done if isinstance(done, Exception) else done.outcomes[0].failure
            wanted = failure if len(orders) == 1 and isinstance(failure, Contended) else None
            if wanted and wanted.workspace_id not in more:
                more = more | {wanted.workspace_id}
            elif (wanted or isinstance(failure, Again)) and tries < MOST_TRIES:
                tries += 1
            elif isinstance(done, Exception):
                return self._one_by_one(orders, more, done)
            else:
                return done

    def _once(self, orders: list[Order], more: set[str]) -> Batch | Exception:
        """Commit the orders together, or return what broke all of them."""
        try:
            return self._together(orders, more)
        except Exception as broken:  # noqa: BLE001 - whatever it was, the writer goes on
            self._connection.roll_back()
            return broken

    def _one_by_one(self, orders: list[Order], more: set[str], failure: Exception) -> Batch:
        """Try each alone when all together are broken; say what became of one that is."""
        if len(orders) == 1 or isinstance(failure, Unreachable):
            why = _explain(failure)
            return Batch([Outcome(order, None, why) for order in orders], [])
        log.warning("batch_replayed", size=len(orders), error=type(failure).__name__)
        alone = [self._try([order], more) for order in orders]
        return Batch([o for b in alone for o in b.outcomes], [f for b in alone for f in b.facts])

    def _together(self, orders: list[Order], more: set[str]) -> Batch:
        connection = self._connection
        outcomes: list[Outcome] = []
        facts: list[Committed] = []
        keys: list[NewKey] = []
        ledger = Ledger(connection)
        held = self._world.keyring.held
        connection.begin({order.scope.workspace_id for order in orders} | more)
        foresight = Foresight(connection, orders)
        for order in orders:
            known = foresight.of(order)
            tx = Transaction(connection, self._world, order.scope, held, ledger, known)
            connection.mark()
            try:
                result = order.action(tx, *order.arguments, **order.named)
            except (Refusal, KeyNotLoaded, Violated, Unfit, Contended) as no:
                connection.go_back()
                ledger.undo(tx.page)
                why = no if isinstance(no, Contended) else _explain(no)
                outcomes.append(Outcome(order, None, why))
            except Broken:
                raise
            except Exception as bug:
                connection.go_back()
                ledger.undo(tx.page)
                log.exception(
                    "action_failed", action=order.action.__name__, error=type(bug).__name__
                )
                outcomes.append(Outcome(order, None, bug))
            else:
                connection.keep()
                ledger.keep(tx.page)
                outcomes.append(Outcome(order, result, None))
                facts += tx.told()
                keys += tx.new_keys.values()
        ledger.write()
        if keys:
            self._world.keyring.persist(keys)
        connection.commit()
        return Batch(outcomes, facts)


def _explain(failure: Exception) -> Exception:
    """Turn the engine's errors into the product's."""
    if isinstance(failure, Violated):
        return refuse("already_exists")
    if isinstance(failure, Unfit):
        return refuse("invalid")
    if isinstance(failure, Full):
        return refuse("storage_full")
    if isinstance(failure, Broken | Contended):
        log.error("storage_failed", error=type(failure).__name__)
        return refuse("storage_failed")
    return failure
