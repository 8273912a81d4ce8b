"""The demo's past is told: what visitors and agents said before you came."""

from __future__ import annotations

from typing import Protocol

from silkroad.conversations import NewMessage, send_first, send_message, set_state
from silkroad.engines.database import Transaction
from silkroad.http import House
from silkroad.kit.ids import new_id
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system
from silkroad.visitors import introduce
from silkroad.workspaces import members_of

from .talks import TALKS, Line, Talk


class TellingClock(Protocol):
    """A clock that can stand in the past."""

    def now(self) -> int: ...

    def tell(self, at: int | None) -> None: ...


async def tell_talks(house: House, workspace_id: str, inbox_id: str, clock: TellingClock) -> None:
    """Let every talk of the demo have happened, the oldest first."""
    team = {
        m.name.split()[0].lower(): m.id
        for m in await house.db.read(system(workspace_id, Purpose.TEAMWORK), members_of)
    }
    present = clock.now()
    try:
        for talk in sorted(TALKS, key=lambda talk: -talk.ago):
            clock.tell(present - talk.ago)
            await _tell(house, _Cast(workspace_id, inbox_id, team), talk, clock)
    finally:
        clock.tell(None)


class _Cast:
    """Who speaks in a talk."""

    def __init__(self, workspace_id: str, inbox_id: str, team: dict[str, str]) -> None:
        self.workspace_id, self.inbox_id, self._team = workspace_id, inbox_id, team

    def member(self, name: str) -> Scope:
        person = self._team[name]
        return Scope(self.workspace_id, "admin", "member", person, purpose=Purpose.CONVERSATION)

    def visitor(self, visitor_id: str) -> Scope:
        return Scope(
            self.workspace_id,
            "visitor",
            "visitor",
            visitor_id,
            inbox_ids=frozenset({self.inbox_id}),
            purpose=Purpose.CONVERSATION,
        )


async def _tell(house: House, cast: _Cast, talk: Talk, clock: TellingClock) -> None:
    visitor_id = await house.db.write(
        system(cast.workspace_id, Purpose.CONVERSATION),
        introduce,
        cast.inbox_id,
        talk.name,
        talk.language,
    )
    conversation_id, agent = "", "arta"
    for line in talk.lines:
        clock.tell(clock.now() + line.after)
        message = _message(house, line)
        if line.who == "visitor":
            sent = await house.db.write(
                cast.visitor(visitor_id), send_first, cast.inbox_id, message
            )
            conversation_id = sent.conversation_id
        else:
            agent = agent if line.who == "note" else line.who
            await house.db.write(cast.member(agent), send_message, conversation_id, message)
    if talk.end == "closed":
        await house.db.write(cast.member(agent), _close, conversation_id)


def _message(house: House, line: Line) -> NewMessage:
    client_id = new_id("cli", house.randomness)
    return NewMessage(client_id=client_id, text=line.text, note=line.who == "note")


def _close(tx: Transaction, conversation_id: str) -> None:
    set_state(tx, conversation_id, "closed")
