"""The product with holes in it, to see that the matrix finds them. Only the tests can start it.

Each hole is a way in which a tenant's filter gets lost: a statement without its workspace, and
then what somebody might do with what it finds. A hole spoils nothing but what it says.

    python -m tests.attacks.leaky        (started as the tests start the product)
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import uvloop
from sqlalchemy import bindparam, select

from silkroad import parts
from silkroad.conversations import actions as conversations
from silkroad.conversations.events import WakeSnoozed
from silkroad.conversations.jobs import job_actions
from silkroad.conversations.store import conversations as conversations_table
from silkroad.conversations.store import set_assignee
from silkroad.engines.database import Statement, Transaction
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.http import Call
from silkroad.kit.errors import Refusal
from silkroad.kit.scope import system
from silkroad.live.frames import ChangedFrame, encode
from silkroad.workspaces.actions import member_by_id
from silkroad.workspaces.invitations.store import invitations as invitations_table
from silkroad.workspaces.store import members as members_table
from tests.harness import served

Handler = Callable[..., Awaitable[Any]]


def anywhere(table: Any) -> Statement:
    """Return the statement that has lost its guard: whose is this row?"""
    found = select(table.c.workspace_id).where(table.c.id == bindparam("of_id"))
    return Statement(found, across="planted, to be found")


CONVERSATION, MEMBER = anywhere(conversations_table), anywhere(members_table)
INVITATION = anywhere(invitations_table)

if __name__ != "__main__":  # whoever only asks what holes there are keeps a whole guard
    for planted in (CONVERSATION, MEMBER, INVITATION):
        EVERY_STATEMENT.remove(planted)


def owner(tx: Transaction, statement: Statement, of_id: str) -> str | None:
    rows = tx.across(statement, of_id=of_id)
    return str(rows[0][0]) if rows else None


def tells_the_text(_: Handler) -> Handler:
    """Canary in an answer: reads a conversation of whichever workspace has it."""

    async def read(call: Call, conversation_id: str) -> Any:
        owner_id = await call.house.db.read(call.scope, owner, CONVERSATION, conversation_id)
        scope = system(owner_id, call.scope.purpose) if owner_id else call.scope
        return await call.house.db.read(scope, conversations.conversation_for, conversation_id)

    return read


def tells_in_a_header(handler: Handler) -> Handler:
    """Indistinguishable, but for one header: only what exists has a time to wait."""

    async def look(call: Call, conversation_id: str, **more: Any) -> Any:
        try:
            return await handler(call, conversation_id=conversation_id, **more)
        except Refusal as no:
            if await call.house.db.read(call.scope, owner, CONVERSATION, conversation_id):
                raise Refusal(no.code, no.detail, retry_after=1) from no
            raise

    return look


def writes_next_door(handler: Handler) -> Handler:
    """State: closes the conversation in its own workspace, and answers as if it had found none."""

    async def close(call: Call, conversation_id: str, **more: Any) -> Any:
        owner_id = await call.house.db.read(call.scope, owner, CONVERSATION, conversation_id)
        if owner_id and owner_id != call.scope.workspace_id:
            await call.house.db.write(
                system(owner_id, call.scope.purpose), set_assignee, conversation_id, None
            )
        return await handler(call, conversation_id=conversation_id, **more)

    return close


def talks_aside(handler: Handler) -> Handler:
    """Canary in the log and on the disk: the name of whoever was not found is written down."""

    async def update(call: Call, member_id: str, **more: Any) -> Any:
        owner_id = await call.house.db.read(call.scope, owner, MEMBER, member_id)
        if owner_id and owner_id != call.scope.workspace_id:
            found = await call.house.db.read(
                system(owner_id, call.scope.purpose), member_by_id, member_id
            )
            sys.stderr.write(f"who is {found.name}?\n")
            sys.stderr.flush()
            (call.house.settings.data_dir / "planted").write_text(found.name)
        return await handler(call, member_id=member_id, **more)

    return update


def rings_next_door(handler: Handler) -> Handler:
    """State: their consoles are told to look again."""

    async def assign(call: Call, conversation_id: str, **more: Any) -> Any:
        owner_id = await call.house.db.read(call.scope, owner, CONVERSATION, conversation_id)
        if owner_id and owner_id != call.scope.workspace_id:
            for connection in call.house.hub.members(owner_id):
                connection.push(encode(ChangedFrame("me")))
        return await handler(call, conversation_id=conversation_id, **more)

    return assign


def dawdles(handler: Handler) -> Handler:
    """Time: the answer is the same, and later by some milliseconds when there is something."""

    async def withdraw(call: Call, invitation_id: str) -> Any:
        if await call.house.db.read(call.scope, owner, INVITATION, invitation_id):
            await asyncio.sleep(0.005)
        return await handler(call, invitation_id=invitation_id)

    return withdraw


def wakes_anywhere(tx: Transaction, job: WakeSnoozed) -> None:
    """State, by a job: works in whichever workspace has the conversation."""
    owner_id = owner(tx, CONVERSATION, job.conversation_id)
    with tx.within(owner_id or tx.scope.workspace_id):
        set_assignee(tx, job.conversation_id, None)


HOLES: dict[str, Callable[[Handler], Handler]] = {
    "conversations.read": tells_the_text,
    "conversations.messages": tells_in_a_header,
    "conversations.set_state": writes_next_door,
    "conversations.assign": rings_next_door,
    "members.update": talks_aside,
    "invitations.withdraw": dawdles,
}


def main() -> None:
    for at, operation in enumerate(parts.OPERATIONS):
        if hole := HOLES.get(operation.name):
            parts.OPERATIONS[at] = replace(operation, handler=hole(operation.handler))
    with patch.dict(job_actions, {WakeSnoozed: wakes_anywhere}):
        uvloop.run(served.main())


if __name__ == "__main__":
    main()
