"""The database engine: synchronous actions over one transaction, committed in groups.

``await db.write(scope, action, …)`` returns once the action is on disk; ``await db.read(scope,
query, …)`` runs on a reader. A domain refusal undoes only its own action. Keys that are not in
memory are loaded outside the transaction, and the action runs again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from silkroad.engines.keyring import KeyNotLoaded
from silkroad.kit.scope import Scope

from .ledger import Ledger
from .privacy import DECLARATIONS
from .sqlite import Connection, Readers
from .statement import Statement, Unguarded, Upsert, insert_into, mine
from .transaction import Committed, Fact, Job, Row, Transaction, World
from .writer import Batch, Order, Writer

__all__ = [
    "DECLARATIONS",
    "Committed",
    "Database",
    "Fact",
    "Job",
    "Row",
    "Statement",
    "Transaction",
    "Unguarded",
    "Upsert",
    "World",
    "insert_into",
    "mine",
]

P = ParamSpec("P")
T = TypeVar("T")

READERS = 3


class Counts:
    """What the writer has done since the start."""

    __slots__ = ("actions", "commits", "refusals")

    def __init__(self) -> None:
        self.actions = self.commits = self.refusals = 0


OnCommit = Callable[[list[Committed]], None]


class Database:
    """An open database. ``on_commit`` hears each batch's facts on the loop, in commit order."""

    def __init__(self, path: Path, world: World) -> None:
        self.on_commit: OnCommit = lambda _facts: None
        self.counts = Counts()
        self._world = world
        self._loop = asyncio.get_running_loop()
        self._connection = Connection(path, writes=True)
        self._readers = Readers(path)
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._writer = Writer(self._connection, world, self._settle)
        self._writer.start()

    async def write(
        self,
        scope: Scope,
        action: Callable[Concatenate[Transaction, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """Run an action and return its result after the commit is on disk.

        Raises the action's Refusal, or Refusal ``storage_full``, ``storage_failed``, ``stopping``.
        """
        while True:
            answer: asyncio.Future[T] = self._loop.create_future()
            self._writer.submit(Order(scope, action, arguments, named, answer))
            try:
                return await answer
            except KeyNotLoaded as missing:
                await self._loop.run_in_executor(self._pool, self._world.keyring.load, missing.name)

    async def read(
        self,
        scope: Scope,
        query: Callable[Concatenate[Transaction, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """Run a query on one snapshot, in a reader's thread."""

        def work(connection: Connection) -> T:
            ledger = Ledger(connection)
            tx = Transaction(connection, self._world, scope, self._world.keyring.load, ledger)
            return query(tx, *arguments, **named)

        result: T = await self._loop.run_in_executor(self._pool, self._readers.run, work)
        return result

    @property
    def waiting(self) -> int:
        """How many actions wait for the writer."""
        return self._writer.waiting

    async def close(self) -> None:
        """Commit what waits, then close everything."""
        self._writer.end()
        await asyncio.to_thread(self._writer.join)
        await asyncio.sleep(0)  # lets the last batch's answers reach their callers
        self._pool.shutdown()
        self._readers.close()
        self._connection.close()

    def _settle(self, batch: Batch) -> None:
        self._loop.call_soon_threadsafe(self._answer, batch)

    def _answer(self, batch: Batch) -> None:
        self.counts.commits += 1
        for order, result, failure in batch.outcomes:
            self.counts.actions += failure is None
            self.counts.refusals += failure is not None
            if order.answer.done():  # its caller has gone away
                continue
            if failure is None:
                order.answer.set_result(result)
            else:
                order.answer.set_exception(failure)
        if batch.facts:
            self.on_commit(batch.facts)
