"""The database engine: synchronous actions over one transaction, committed in groups.

``await db.write(scope, action, …)`` returns once the action is on disk; ``await db.read(scope,
query, …)`` runs on a reader. A domain refusal undoes only its own action. Keys that are not in
memory are loaded outside the transaction, and the action runs again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar
from zlib import crc32

import structlog

from silkroad.engines.keyring import KeyNotLoaded
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Declarations
from silkroad.kit.scope import Scope

from . import purposes, seals, sources, trail
from .committer import Batch, Order
from .driver import Broken, Connection, Readers, Row, Store, Unfit, Unreachable, Unsafe
from .foresight import First, asks_first
from .ledger import Ledger
from .news import Fresh, News
from .privacy import DECLARATIONS
from .purposes import OutsidePurpose
from .seals import Undeclared
from .sources import Unsourced
from .statement import Statement, Unguarded, Upsert, insert_into, mine
from .transaction import Committed, Fact, Job, Transaction, World
from .writer import Writer

__all__ = [
    "DECLARATIONS",
    "Committed",
    "Database",
    "Fact",
    "First",
    "Fresh",
    "Job",
    "News",
    "OutsidePurpose",
    "Row",
    "Statement",
    "Store",
    "Transaction",
    "Undeclared",
    "Unguarded",
    "Unreachable",
    "Unsafe",
    "Unsourced",
    "Upsert",
    "World",
    "asks_first",
    "insert_into",
    "learn",
    "mine",
]

log = structlog.get_logger()

P = ParamSpec("P")
T = TypeVar("T")

READERS = 3


def learn(declarations: list[Declarations], entries: list[Declarations]) -> None:
    """Take over what each column is for, whether it is sealed, and where it comes from.

    ``entries`` is what the audit trail may say of each action.
    """
    purposes.learn(declarations)
    seals.learn(declarations)
    sources.learn(declarations)
    trail.learn(entries)


class Counts:
    """What the writer has done since the start."""

    __slots__ = ("actions", "commits", "refusals")

    def __init__(self) -> None:
        self.actions = self.commits = self.refusals = 0


OnCommit = Callable[[list[Committed]], None]


class Database:
    """An open database. ``on_commit`` hears each batch's facts on the loop, in commit order.

    ``news`` is what not everybody was told of yet, and is closed to them.
    """

    def __init__(self, store: Store, world: World) -> None:
        self.on_commit: OnCommit = lambda _facts: None
        self.counts = Counts()
        self.news = News()
        self._world = world = world._replace(news=self.news)
        self._loop = asyncio.get_running_loop()
        self._writers = [
            Writer(store.open(writes=True), world, self._settle) for _ in range(store.writers)
        ]
        self._readers = Readers(store)
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        for writer in self._writers:
            writer.start()

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
            self._writer_of(scope).submit(Order(scope, action, arguments, named, answer))
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
        """Run a query on one snapshot, in a reader's thread.

        Raises the query's Refusal, or Refusal ``invalid``, ``storage_failed``.
        """

        def work(connection: Connection) -> T:
            ledger = Ledger(connection)
            tx = Transaction(connection, self._world, scope, self._world.keyring.load, ledger)
            answer = query(tx, *arguments, **named)
            if tx.page.rows:
                raise RuntimeError(f"{query} wants to write something down, and is only read")
            return answer

        try:
            result: T = await self._loop.run_in_executor(self._pool, self._readers.run, work)
        except Unfit as failure:
            raise refuse("invalid") from failure
        except Broken as failure:
            log.warning("read_failed", error=type(failure).__name__)
            raise refuse("storage_failed") from failure
        return result

    @property
    def waiting(self) -> int:
        """How many actions wait for a writer."""
        return sum(writer.waiting for writer in self._writers)

    async def close(self) -> None:
        """Commit what waits, then close everything."""
        for writer in self._writers:
            writer.end()
        for writer in self._writers:
            await asyncio.to_thread(writer.join)
        await asyncio.sleep(0)  # lets the last batch's answers reach their callers
        self._pool.shutdown()
        self._readers.close()
        for writer in self._writers:
            writer.close()

    def _writer_of(self, scope: Scope) -> Writer:
        """Return the one that does all of a workspace's writing here, so that it is in order."""
        return self._writers[crc32(scope.workspace_id.encode()) % len(self._writers)]

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
