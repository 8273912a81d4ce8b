"""Years of work in minutes: fills a store through the product's own actions, in this process.

Every message is sent by `send_message` as its visitor or agent, sealed under its own keys, with its
facts and marks. Reads one `Task` as JSON from standard input, and prints the conversations of the
first workspace that it added.

    python -m bench.filling < task.json        (settings as for `silkroad serve`)
"""

import asyncio
import os
import sys
from dataclasses import replace
from typing import NamedTuple

import msgspec
import uvloop

from bench.people import DESK
from bench.speech import TEXT
from silkroad import app, wiring
from silkroad.conversations import NewMessage, send_first, send_message
from silkroad.engines.database import Transaction, outbox
from silkroad.http import House
from silkroad.inboxes import InboxDraft, create_inbox, list_inboxes
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system
from silkroad.settings import read_settings
from silkroad.visitors import introduce
from silkroad.workspaces import Browser, all_workspaces, founding, members_of
from silkroad.workspaces.actions_entry import Accepted, sign_up

TALKS_AT_ONCE = 20


class Task(msgspec.Struct):
    """What to add: conversations of the first workspace, or workspaces that have as many."""

    talks: int
    messages: int
    """In each conversation: the visitor's half, then the agent's."""
    founded: tuple[int, int] = (0, 0)
    """Numbers of the workspaces to found; then the first one stays as it is."""


class Desk(NamedTuple):
    """Where somebody answers, and who."""

    workspace_id: str
    inbox_id: str
    member_id: str


def main() -> None:
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    print(msgspec.json.encode(uvloop.run(fill(task))).decode())


async def fill(task: Task) -> list[str]:
    async with app.open_house(read_settings(os.environ)) as house:
        if not task.founded[1]:
            (first, *_) = await house.db.read(system(), all_workspaces)
            return await talk(house, await desk_in(house, first), task)
        for number in range(*task.founded):
            workspace_id = await house.db.write(system(purpose=Purpose.REGISTRATION), found, number)
            await talk(house, await desk_in(house, workspace_id), task)
        return []


def found(tx: Transaction, number: int) -> str:
    """Let a company sign up, and open its inbox."""
    known = set(all_workspaces(tx))
    phone = f"+35568{2_000_000 + number}"
    company = founding(f"Company {number}", "eu", "Ada", phone, "en")
    sign_up(tx, company, Accepted("0" * 16, "en"), Browser("", ""))
    (workspace_id,) = set(all_workspaces(tx)) - known
    return workspace_id


async def desk_in(house: House, workspace_id: str) -> Desk:
    """Return the workspace's first inbox, which it may have to open, and its newest member."""
    member = (await house.db.read(system(workspace_id, Purpose.TEAMWORK), members_of))[-1]
    admin = Scope(workspace_id, "admin", "member", member.id, purpose=Purpose.TEAMWORK)
    inboxes = await house.db.read(admin, list_inboxes)
    inbox = inboxes[0] if inboxes else await house.db.write(admin, create_inbox, InboxDraft(**DESK))
    return Desk(workspace_id, inbox.id, member.id)


async def talk(house: House, desk: Desk, task: Task) -> list[str]:
    """Let so many conversations have been; nobody has still to be told of them."""
    talks: list[str] = []
    while len(talks) < task.talks:
        some = range(min(TALKS_AT_ONCE, task.talks - len(talks)))
        talks += await asyncio.gather(*(one_talk(house, desk, task.messages) for _ in some))
    await house.db.write(system(desk.workspace_id), all_told)
    return talks


async def one_talk(house: House, desk: Desk, messages: int) -> str:
    scope = system(desk.workspace_id, Purpose.CONVERSATION)
    visitor_id = await house.db.write(scope, introduce, desk.inbox_id, None, "en")
    reach = frozenset({desk.inbox_id})
    visitor = replace(
        scope, role="visitor", actor_kind="visitor", actor_id=visitor_id, inbox_ids=reach
    )
    first = await house.db.write(visitor, send_first, desk.inbox_id, said(house))
    conversation_id = first.conversation_id
    await house.db.write(visitor, go_on, house, conversation_id, messages // 2 - 1)
    agent = replace(
        scope, role="agent", actor_kind="member", actor_id=desk.member_id, inbox_ids=reach
    )
    await house.db.write(agent, go_on, house, conversation_id, messages - messages // 2)
    return conversation_id


def go_on(tx: Transaction, house: House, conversation_id: str, messages: int) -> None:
    for _ in range(messages):
        send_message(tx, conversation_id, said(house))


def said(house: House) -> NewMessage:
    """Return one more message; its id grows with time, like those of Silkroad's own clients."""
    number = f"{house.clock.now():x}-{house.randomness.bytes(12).hex()}"
    return NewMessage(client_id=number, text=TEXT)


def all_told(tx: Transaction) -> None:
    for consumer in wiring.CONSUMERS:
        outbox.move_to(tx, consumer, outbox.last_number(tx))


if __name__ == "__main__":
    main()
