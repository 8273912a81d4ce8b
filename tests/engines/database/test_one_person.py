"""A person of whom there is a lot: page after page, all of it and nothing twice. 6.1a, 7b."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest

from silkroad import inboxes, visitors
from silkroad.conversations import NewMessage, send_message, start_or_find
from silkroad.engines.database import Database, Transaction, insert_into
from silkroad.inboxes.actions import rotate_identity_secret
from silkroad.kit.clock import DAY
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system
from silkroad.privacy import erasures, holdings
from silkroad.privacy.consent.store import consents
from silkroad.privacy.holdings import Holding
from silkroad.privacy.holdings.model import AT_ONCE
from silkroad.publications import store as links
from silkroad.publications.actions import TOLD
from silkroad.publications.model import Row
from silkroad.visitors import store
from silkroad.visitors.actions import enter
from silkroad.visitors.model import Identity
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


async def test_before_a_job_has_done_anything_they_are_shut_out(db: Database) -> None:
    """Nobody works on the queue here: what is shut is shut by the commit itself."""
    scope = system(await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu"))
    teamwork, anybody = scope.doing(Purpose.TEAMWORK), scope.doing(Purpose.CONVERSATION)
    inbox = await db.write(teamwork, inboxes.create_inbox, DRAFT)
    secret = await db.write(
        scope.doing(Purpose.AUTHENTICATION), rotate_identity_secret, inbox.id, ["name"]
    )
    start = visitors.VisitorStart("hash", "en", _vouched(secret, "customer-7"))
    others = visitors.VisitorStart("hash", "en", _vouched(secret, "customer-8"))
    first, noor = [
        await db.write(anybody, visitors.begin, inbox.id, one, "hash") for one in (start, others)
    ]
    for begun, hidden in ((first, b"first"), (noor, b"noor")):
        own = Scope(scope.workspace_id, "visitor", "visitor", begun.visitor_id)
        await db.write(own.doing(Purpose.CONVERSATION), _publish, inbox.id, hidden)
    again = await db.write(anybody, visitors.begin, inbox.id, start, "hash")
    assert again.visitor_id == first.visitor_id, "who comes back is who they were"
    await db.write(scope.doing(Purpose.RIGHTS), erasures.erase, first.visitor_id)
    for token in (first.token, again.token):
        assert await db.read(anybody, enter, inbox.id, token) is None
    rights = scope.doing(Purpose.RIGHTS)
    assert await db.read(rights, links.by_token, inbox.id, b"first") is None
    assert await db.read(rights, links.by_token, inbox.id, b"noor")
    new = await db.write(anybody, visitors.begin, inbox.id, start, "hash")
    assert new.visitor_id != first.visitor_id
    assert await db.read(anybody, enter, inbox.id, new.token)
    untouched = await db.write(anybody, visitors.begin, inbox.id, others, "hash")
    assert untouched.visitor_id == noor.visitor_id


async def test_who_signs_in_while_they_are_erased_is_not_written_back(db: Database) -> None:
    """The sign-in has looked them up already, when the erasure is faster."""
    scope = system(await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu"))
    talking = scope.doing(Purpose.CONVERSATION)
    inbox = await db.write(scope.doing(Purpose.TEAMWORK), inboxes.create_inbox, DRAFT)
    identity = _vouched("secret", "customer-7")
    visitor_id = await db.write(talking, _customer, inbox.id, identity)
    told = visitor_id, "en", "hash", identity
    assert await db.write(talking, store.refresh, *told)
    await db.write(scope.doing(Purpose.RIGHTS), erasures.erase, visitor_id)
    assert not await db.write(talking, store.refresh, *told)


def _customer(tx: Transaction, inbox_id: str, identity: Identity) -> str:
    visitor_id = tx.new_id("vis")
    tx.mint(visitor_id, tx.scope.workspace_id)
    store.add(tx, visitor_id, inbox_id, "en", "hash", identity)
    return visitor_id


def _vouched(secret: str, customer_id: str) -> Identity:
    signed = hmac.new(secret.encode(), f"{customer_id}\nMira\n\n".encode(), hashlib.sha256)
    return Identity(customer_id, signed.hexdigest(), "Mira")


def _publish(tx: Transaction, inbox_id: str, hidden: bytes) -> None:
    where = start_or_find(tx, inbox_id)
    row = Row(tx.new_id("pub"), tx.scope.actor_id, where, 0, tx.now, tx.now + DAY, None, TOLD)
    with tx.doing(Purpose.RIGHTS):
        links.add(tx, row, inbox_id, hidden, "hash", "en")
