"""Two nodes without threads or sockets: the product's own feeds, worker and actions.

The database commits in one piece whenever a node asks it to, after a delay of the seed's choosing,
and its answer may come late or, when the node dies meanwhile, never. The bus loses, delays, doubles
and reorders words.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

from silkroad import conversations, wiring
from silkroad.engines.bus import Listener, Topic
from silkroad.engines.database import Committed, Transaction, World, outbox
from silkroad.engines.database.committer import Committer, Order
from silkroad.engines.database.ledger import Ledger
from silkroad.engines.database.sqlite import SqliteConnection
from silkroad.engines.keyring import KeyNotLoaded
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope
from silkroad.live.feeds import Feeds
from silkroad.worker import Consumer, Worker

from .ground import BEGINNING

SLOWEST = 0.3  # seconds for one way to the database
LOST = 0.3  # of all words
LATEST_WORD = 3.0  # seconds


class Dead(Exception):
    """The node that was asked is no more; nobody knows what became of it."""


class VirtualClock:
    """The loop's time, as the product's clock."""

    def now(self) -> int:
        return BEGINNING + int(asyncio.get_running_loop().time() * 1000)


class Database:
    """What a node has of the shared database: the same two verbs as the real one's."""

    def __init__(self, connection: SqliteConnection, world: World, chance: random.Random) -> None:
        self.alive = True
        self.on_commit: Callable[[list[Committed]], None] = lambda _facts: None
        self._connection, self._world, self._chance = connection, world, chance
        self._committer = Committer(connection, world)

    async def write(self, scope: Scope, action: Any, *arguments: Any, **named: Any) -> Any:
        await self._way()
        while True:
            batch = self._committer.commit([Order(scope, action, arguments, named, None)])
            (outcome,) = batch.outcomes
            if not isinstance(outcome.failure, KeyNotLoaded):
                break
            self._world.keyring.load(outcome.failure.name)
        await self._way()
        if batch.facts:
            self.on_commit(batch.facts)
        if outcome.failure:
            raise outcome.failure
        return outcome.result

    async def read(self, scope: Scope, query: Any, *arguments: Any, **named: Any) -> Any:
        await self._way()
        connection = self._connection
        connection.look()
        try:
            ledger = Ledger(connection)
            tx = Transaction(connection, self._world, scope, self._world.keyring.load, ledger)
            found = query(tx, *arguments, **named)
        finally:
            connection.roll_back()
        await self._way()
        return found

    async def _way(self) -> None:
        await asyncio.sleep(self._chance.uniform(0, SLOWEST))
        if not self.alive:
            raise Dead


class Wire:
    """All buses of the installation, and what happens to words on it."""

    def __init__(self, chance: random.Random, *, lost: float = LOST) -> None:
        self.buses: list[Bus] = []
        self.lost = lost
        self._chance = chance

    def carry(self, sender: Bus, topic: Topic, word: bytes) -> None:
        loop = asyncio.get_running_loop()
        for bus in self.buses:
            for _ in range(2 if self._chance.random() < LOST else 1):
                if bus is not sender and self._chance.random() >= self.lost:
                    loop.call_later(self._chance.uniform(0, LATEST_WORD), bus.hear, topic, word)


class Bus:
    """A node's end of the wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._listeners: list[tuple[Topic, Listener]] = []
        wire.buses.append(self)

    def say(self, topic: Topic, about: str, word: bytes) -> None:  # noqa: ARG002 - nothing waits here
        self._wire.carry(self, topic, word)

    def listen(self, topic: Topic, listener: Listener) -> None:
        self._listeners.append((topic, listener))

    def hear(self, topic: Topic, word: bytes) -> None:
        for heard, listener in self._listeners:
            if heard == topic:
                listener(word)

    async def close(self) -> None:
        self._wire.buses.remove(self)


class Node:
    """One node, from its start to its death."""

    def __init__(self, database: Database, wire: Wire, workspace_id: str) -> None:
        self.db = database
        self.heard: list[int] = []
        self._workspace_id = workspace_id
        self._bus = Bus(wire)
        self._feeds = Feeds(database, self._bus, wiring.recall, self._hear)  # type: ignore[arg-type]  # it has the two verbs
        self._worker = Worker(
            database,  # type: ignore[arg-type]  # as above
            VirtualClock(),
            actions=conversations.job_actions,
            errands={},
            consumers={
                "take_back": wiring.CONSUMERS["take_back"],
                "counted": Consumer(Purpose.OPERATION, count),
            },
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        await self._feeds.start()
        self.db.on_commit = self._committed
        self._tasks = [self._spawn(self._feeds.watch()), self._spawn(self._worker.run())]

    async def die(self) -> None:
        """End at this very moment; what was on its way to the database may still arrive there."""
        self.db.alive = False
        await self._bus.close()
        for task in self._tasks:
            task.cancel()

    @staticmethod
    def _spawn(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(work)

    def _committed(self, facts: list[Committed]) -> None:
        self._feeds.committed(facts)
        self._worker.nudge()

    def _hear(self, fact: Committed) -> None:
        if fact.workspace_id == self._workspace_id and self.db.alive:
            self.heard.append(fact.number)


def count(tx: Transaction, facts: list[Committed]) -> None:
    """Count the facts, where each node finds what the others have counted."""
    so_far = outbox.position(tx, "sum")
    outbox.move_to(tx, "sum", so_far + len(facts))
