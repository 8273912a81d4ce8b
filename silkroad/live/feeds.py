"""From the outbox to the sockets: every fact once, in order, even when every hint is lost.

Facts of this node's own commits come with what they carry. Whatever is not next in its workspace's
feed makes this node look into the database; and it looks by itself every two seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import msgspec
import structlog

from silkroad.engines.bus import Bus
from silkroad.engines.database import Committed, Database, Transaction, outbox
from silkroad.kit.scope import Scope, system

log = structlog.get_logger()

EVERY_SECONDS = 2.0
MOST_AT_ONCE = 500

Recall = Callable[[Transaction, Committed], Committed | None]
Hear = Callable[[Committed], None]


class Hint(NamedTuple):
    """Another node's word: so far has the feed of a workspace come."""

    workspace_id: str
    number: int


_decode = msgspec.json.Decoder(Hint).decode


class Feeds:
    """Where this node stands in each workspace's feed, and who hears the facts."""

    def __init__(self, db: Database, bus: Bus, recall: Recall, hear: Hear) -> None:
        self._db = db
        self._bus = bus
        self._recall = recall
        self._hear = hear
        self._at: dict[str, int] = {}
        self._looking: set[str] = set()
        self._wanted: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        bus.listen("feed", lambda word: self._hinted(*_decode(word)))

    async def start(self) -> None:
        """Begin at the present: what happened before is for clients to ask."""
        self._at = await self._db.read(system(), outbox.all_feeds)

    async def watch(self) -> None:
        """Look at all feeds again and again, as if every hint had been lost."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                feeds = await self._db.read(system(), outbox.all_feeds)
            except Exception as failure:  # noqa: BLE001 - the next round tries again
                log.warning("feeds_unread", error=type(failure).__name__)
                continue
            for workspace_id, number in feeds.items():
                self._hinted(workspace_id, number)

    def committed(self, facts: list[Committed]) -> None:
        """Tell the facts of a commit of this node at once, unless another node's come first."""
        newest: dict[str, int] = {}
        for fact in facts:
            newest[fact.workspace_id] = fact.number
            if fact.number == self._at.get(fact.workspace_id, 0) + 1:
                self._tell(fact)
        for workspace_id, number in newest.items():
            self._bus.say("feed", workspace_id, msgspec.json.encode(Hint(workspace_id, number)))
            self._hinted(workspace_id, number)

    async def feed_of(self, scope: Scope) -> int:
        """Return the newest number of a scope's workspace."""
        return await self._db.read(scope, outbox.last_number)

    def _hinted(self, workspace_id: str, number: int) -> None:
        if number <= self._at.get(workspace_id, 0):
            return
        self._wanted[workspace_id] = max(number, self._wanted.get(workspace_id, 0))
        if workspace_id not in self._looking:
            task = asyncio.get_running_loop().create_task(self._look(workspace_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look(self, workspace_id: str) -> None:
        """Tell what is in the database up to the number that was hinted at, hints meanwhile too."""
        self._looking.add(workspace_id)
        try:
            while self._at.get(workspace_id, 0) < self._wanted[workspace_id]:
                missed = await self._missed(workspace_id)
                if not missed:
                    break
                for fact in missed:
                    if fact.number > self._at.get(workspace_id, 0):
                        self._tell(fact)
        except Exception as failure:  # noqa: BLE001 - the next look tries again
            log.warning("feed_unread", error=type(failure).__name__)
        finally:
            self._looking.discard(workspace_id)
            del self._wanted[workspace_id]

    async def _missed(self, workspace_id: str) -> list[Committed]:
        def read(tx: Transaction) -> list[Committed]:
            after = outbox.facts_after(tx, self._at.get(workspace_id, 0), MOST_AT_ONCE)
            return [self._recall(tx, fact) or fact for fact in after]

        return await self._db.read(system(workspace_id), read)

    def _tell(self, fact: Committed) -> None:
        self._at[fact.workspace_id] = fact.number
        try:
            self._hear(fact)
        except Exception as bug:  # one hearer's bug must not stop the feed
            log.exception("fact_unheard", fact=type(fact.fact).__name__, error=type(bug).__name__)
