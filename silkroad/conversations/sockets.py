"""The socket's side of conversations: send, read, typing, resume."""

from __future__ import annotations

from collections import OrderedDict

from silkroad.engines.database import outbox
from silkroad.http import House
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.live.connection import Connection
from silkroad.live.frames import ChangedFrame, frame_operation, tell
from silkroad.privacy.campaigns import came_back

from . import actions, queries, relay
from .events import ConversationChanged, ConversationFact
from .frames import (
    AckFrame,
    GapFrame,
    MessageFrame,
    ReadFrame,
    ResumedFrame,
    ResumeFrame,
    SendFrame,
    TypingFrame,
)
from .model import NewMessage
from .store import Place

MOST_FACTS = 1_000
MOST_MESSAGES = 500
KEPT_PLACES = 20_000

TALKERS = {Permission.CHAT, Permission.ANSWER}
CONTENT = {DataClass.MESSAGE, DataClass.FILE, DataClass.CONTACT}

_places: OrderedDict[tuple[str, str], Place] = OrderedDict()


@frame_operation(
    SendFrame, permissions=TALKERS, purpose=Purpose.CONVERSATION, returns=CONTENT, cost=1
)
async def send(house: House, connection: Connection, frame: SendFrame) -> None:
    """Store a message; acknowledge it when it is on disk."""
    new = NewMessage(
        client_id=frame.id,
        text=frame.text,
        file_ids=frame.files,
        note=frame.note,
        mentions=frame.mentions,
    )
    scope = connection.scope
    await came_back(house, scope)  # on a line that was open before something changed
    connection.sending = frame.id
    try:
        if frame.conversation is not None:
            sent = await house.db.write(scope, actions.send_message, frame.conversation, new)
        elif scope.actor_kind == "visitor" and scope.inbox_ids:
            (inbox_id,) = scope.inbox_ids
            sent = await house.db.write(scope, actions.send_first, inbox_id, new)
        else:
            raise invalid("$.conversation", "Say which conversation.")
    finally:
        connection.sending = None
    position = sent.position if scope.actor_kind == "member" else None
    tell(connection, AckFrame(frame.id, sent.conversation_id, sent.seq, sent.at, position))


@frame_operation(ReadFrame, permissions=TALKERS, purpose=Purpose.CONVERSATION, returns=set())
async def read(house: House, connection: Connection, frame: ReadFrame) -> None:
    """Note what was read."""
    await house.db.write(connection.scope, actions.mark_read, frame.conversation, frame.seq)


@frame_operation(
    TypingFrame, permissions=TALKERS, purpose=Purpose.CONVERSATION, returns={DataClass.CONTACT}
)
async def typing(house: House, connection: Connection, frame: TypingFrame) -> None:
    """Tell the others of the conversation that somebody is writing. Nothing is stored."""
    scope = connection.scope
    place = await _place(house, connection, frame.conversation)
    word = relay.Typing(
        scope.workspace_id,
        frame.conversation,
        place.inbox_id,
        place.visitor_id,
        scope.actor_kind,
        scope.actor_id,
        frame.on,
    )
    relay.say_typing(house, word)
    await relay.tell_typing(house, word)


@frame_operation(
    ResumeFrame, permissions=TALKERS, purpose=Purpose.CONVERSATION, returns=CONTENT, cost=5
)
async def resume(house: House, connection: Connection, frame: ResumeFrame) -> None:
    """Tell what was missed, or that it is too much to tell."""
    if connection.scope.actor_kind == "member":
        await _resume_member(house, connection, frame.feed or 0)
    elif frame.conversation is not None:
        await _resume_visitor(house, connection, frame.conversation, frame.seq)
    else:
        raise invalid("$.conversation", "Say which conversation.")


async def _resume_member(house: House, connection: Connection, feed: int) -> None:
    scope = connection.scope
    missed = await house.db.read(scope, outbox.facts_after, feed, MOST_FACTS + 1)
    if len(missed) > MOST_FACTS or (missed and missed[0].number != feed + 1):
        tell(connection, GapFrame(await house.db.read(scope, outbox.last_number)))
        return
    newest = {
        fact.fact.conversation_id: fact.number
        for fact in missed
        if isinstance(fact.fact, ConversationChanged)
    }
    for told in missed:
        fact = told.fact
        if not isinstance(fact, ConversationFact) or not scope.reaches(fact.inbox_id):
            continue
        if newest.get(fact.conversation_id, told.number) != told.number and isinstance(
            fact, ConversationChanged
        ):
            continue  # only the newest picture of a conversation is worth telling
        recalled = await house.db.read(scope, relay.recall, told)
        if recalled:
            await connection.room()
            relay.for_members([connection], recalled)
    for what in ("members", "inboxes"):  # a glance at what else may have changed meanwhile
        tell(connection, ChangedFrame(what))
    tell(connection, ResumedFrame(missed[-1].number if missed else feed, None))


async def _resume_visitor(
    house: House, connection: Connection, conversation_id: str, seq: int
) -> None:
    missed = await house.db.read(
        connection.scope, queries.missed_by_visitor, conversation_id, seq, MOST_MESSAGES
    )
    if missed is None:
        tell(connection, GapFrame(None))
        return
    for message in missed:
        await connection.room()
        tell(connection, MessageFrame(message))
    tell(connection, ResumedFrame(None, missed[-1].seq if missed else seq))


async def _place(house: House, connection: Connection, conversation_id: str) -> Place:
    """Return where a conversation is, from memory when it is known: this never changes."""
    scope = connection.scope
    known = _places.get((scope.workspace_id, conversation_id))
    if known is None:
        known = await house.db.read(scope, actions.reachable, conversation_id)
        _places[scope.workspace_id, conversation_id] = known
        if len(_places) > KEPT_PLACES:
            _places.popitem(last=False)
    own = scope.actor_kind != "visitor" or known.visitor_id == scope.actor_id
    if not own or not scope.reaches(known.inbox_id):
        raise refuse("not_found")
    return known


frame_operations = [send, read, typing, resume]
