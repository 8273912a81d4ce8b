"""A company at work in this process, on the product's own engines, through any way to the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import NamedTuple

from silkroad import conversations, inboxes, migrations, visitors
from silkroad.engines.database import Database, World
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.clock import FrozenClock
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.randomness import SeededRandomness
from silkroad.kit.scope import Scope, system
from silkroad.workspaces import actions as workspaces

from .log import Log

NOON = 1_800_000_000_000
ROOT = bytes(range(32))
NOTICE = "notice"
DATABASE = Path("silkroad.db")
KEYRING = Path("keys/keyring.db")


class Promise(NamedTuple):
    """A message that its sender was told is kept."""

    scope: Scope
    conversation_id: str
    client_id: str
    seq: int


@asynccontextmanager
async def opened(folder: Path, seed: int, vfs: str | None = None) -> AsyncIterator[Database]:
    """Open an installation as a start of the server does, migrating it first."""
    randomness = SeededRandomness(seed)
    keyring = SqliteKeyring(folder / KEYRING, SealKey(ROOT), randomness, vfs)
    try:
        migrations.migrate(folder / DATABASE, vfs)
        db = Database(
            SqliteStore(folder / DATABASE, vfs), World(FrozenClock(NOON), randomness, keyring)
        )
        try:
            yield db
        finally:
            await db.close()
    finally:
        keyring.close()


@dataclass
class Visitor:
    """Somebody with a conversation, and how far they have got."""

    scope: Scope
    conversation_id: str = ""


@dataclass
class Company:
    """A company's day: who works, what was tried, and what was promised (to the log)."""

    db: Database
    log: Log
    chance: Random
    tried: set[str] = field(default_factory=set)
    office: Scope = field(default_factory=system)  # until it is founded
    inbox_id: str = ""

    async def found(self) -> None:
        workspace_id = await self.db.write(
            system(purpose=Purpose.REGISTRATION), workspaces.found, "Linden", "eu"
        )
        self.office = system(workspace_id, Purpose.CONVERSATION)
        draft = inboxes.InboxDraft("Shop", "#0b6e4f", {}, ["en"], [], None, [])
        self.inbox_id = (await self.db.write(self.office, inboxes.create_inbox, draft)).id

    async def day(self, people: int, messages: int) -> None:
        """Let so many visitors come and write, all at once."""
        async with asyncio.TaskGroup() as together:
            for number in range(people):
                together.create_task(self._visit(f"visitor{number:02}", messages))

    async def _visit(self, name: str, messages: int) -> None:
        visitor = await self.let_in()
        for number in range(messages):
            await self.send(visitor, f"{name}-{number:06}")
            if self.chance.random() < 0.1:
                await self.db.write(
                    self.office, conversations.set_state, visitor.conversation_id, "closed"
                )

    async def let_in(self) -> Visitor:
        start = visitors.VisitorStart(NOTICE, "en")
        begun = await self.db.write(self.office, visitors.begin, self.inbox_id, start, NOTICE)
        here = frozenset({self.inbox_id})
        return Visitor(
            replace(
                self.office,
                role="visitor",
                actor_kind="visitor",
                actor_id=begun.visitor_id,
                inbox_ids=here,
            )
        )

    async def send(self, visitor: Visitor, client_id: str) -> None:
        """Send a message of some length; note what was promised, where it was promised."""
        text = client_id + "x" * self.chance.choice((5, 200, 5_000))
        new = conversations.NewMessage(client_id, text)
        self.tried.add(client_id)
        sent = await self.db.write(visitor.scope, conversations.send_first, self.inbox_id, new)
        visitor.conversation_id = sent.conversation_id
        self.log.promise(Promise(visitor.scope, sent.conversation_id, client_id, sent.seq))

    async def send_again(self, promise: Promise) -> None:
        """Send what was sent before, as a client does that heard no answer."""
        new = conversations.NewMessage(promise.client_id, promise.client_id)
        with suppress(Refusal):  # the conversation was not kept, and nobody was told that it was
            talk = promise.conversation_id
            sent = await self.db.write(promise.scope, conversations.send_message, talk, new)
            self.log.promise(promise._replace(seq=sent.seq))
