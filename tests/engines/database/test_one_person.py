"""A person of whom there is a lot: page after page, all of it and nothing twice. 6.1a, 7b."""

from __future__ import annotations

from typing import Any

import pytest

from silkroad import inboxes, visitors
from silkroad.conversations import NewMessage, send_message, start_or_find
from silkroad.engines.database import Database, Transaction, insert_into
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system
from silkroad.privacy import holdings
from silkroad.privacy.consent.store import consents
from silkroad.privacy.holdings import Holding
from silkroad.privacy.holdings.model import AT_ONCE
from silkroad.workspaces.actions import found

pytestmark = pytest.mark.anyio
Rows = list[dict[str, Any]]
MANY = 2 * AT_ONCE + 7
ADD = insert_into(consents)
DRAFT = inboxes.InboxDraft("Shop", "#0b6e4f", {}, ["en"], [], None, [])


async def test_all_of_it_is_copied_in_pages_and_then_deleted(db: Database) -> None:
    scope = system(await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu"))
    talking = scope.doing(Purpose.CONVERSATION)
    mira, noor = await db.write(talking, _two_come)
    for person in (mira, noor):
        own = Scope(scope.workspace_id, "visitor", "visitor", person)
        await db.write(own.doing(Purpose.CONVERSATION), _say_much)
        await db.write(scope.doing(Purpose.ACCOUNTABILITY), _agree_much, person)
    for table, field in (("messages", "seq"), ("consents", "recipient")):
        holding = next(held for held in holdings.learned() if held.name == table)
        found_there = await _pages(db, talking, holding, mira)
        assert [len(page) for page in found_there] == [AT_ONCE, AT_ONCE, 7]
        rows = [row for page in found_there for row in page]
        assert len({row[field] for row in rows}) == MANY, "nothing twice, and nothing left out"
        while await db.write(scope, holding.forget_some, mira):
            pass
        assert await _pages(db, talking, holding, mira) == [[]]
        left = [len(page) for page in await _pages(db, talking, holding, noor)]
        assert left == [AT_ONCE, AT_ONCE, 7], "and somebody else's is as it was"


async def _pages(db: Database, scope: Scope, holding: Holding, person_id: str) -> list[Rows]:
    page = await db.read(scope, holding.page, person_id, None, None)
    pages = [page.rows]
    while page.after is not None:
        page = await db.read(scope, holding.page, person_id, None, page.after)
        pages.append(page.rows)
    return pages


def _two_come(tx: Transaction) -> list[str]:
    with tx.doing(Purpose.TEAMWORK):
        inbox = inboxes.create_inbox(tx, DRAFT)
    return [visitors.introduce(tx, inbox.id, name, "en") for name in ("Mira", "Noor")]


def _say_much(tx: Transaction) -> None:
    with tx.doing(Purpose.TEAMWORK):
        (inbox_id,) = inboxes.inbox_ids(tx)
    conversation_id = start_or_find(tx, inbox_id)
    for number in range(MANY):
        send_message(tx, conversation_id, NewMessage(f"message-{number:05}", f"Words {number}"))


def _agree_much(tx: Transaction, person_id: str) -> None:
    for number in range(MANY):
        tx.all(
            ADD,
            subject_id=person_id,
            purpose="wake_up",
            recipient=f"Company {number}",
            event="given",
            record_id=f"rec_{number}",
            terms="terms",
            notice_hash="hash",
            at=tx.now,
            expires_at=None,
        )
