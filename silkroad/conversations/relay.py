"""Facts to sockets: who hears what of a conversation, encoded once for everybody alike.

Facts of this node come with what their action had at hand. Others (from another node, or missed)
are read again; the frames are the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from silkroad.engines.database import Committed, Transaction
from silkroad.http import House
from silkroad.kit.errors import unless_erased
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import system
from silkroad.live.connection import Connection
from silkroad.live.frames import ServerFrame, encode
from silkroad.live.hub import Hub

from . import store, views
from .events import ConversationChanged, ConversationFact, ConversationRead, MessageSent
from .frames import ConversationFrame, MessageFrame, ReadByFrame, TypingByFrame
from .messages import store as messages
from .model import Author, AuthorKind, Conversation, Message
from .reads import store as reads
from .store import ConversationRow


class Typing(NamedTuple):
    """Somebody is writing, or has stopped, as one node tells the others: ids only."""

    workspace_id: str
    conversation_id: str
    inbox_id: str
    visitor_id: str
    author_kind: str
    author_id: str
    on: bool


Marks = dict[str, tuple[int, int]]
Picture = tuple[Conversation, ConversationRow, Marks]


def recall(tx: Transaction, committed: Committed) -> Committed | None:
    """Return a fact with what its hearers need, read again from the database.

    Nothing of whoever is being erased: what they wrote cannot be opened any more.
    """
    with unless_erased():
        return _recalled(tx, committed)
    return None


def _recalled(tx: Transaction, committed: Committed) -> Committed | None:
    fact = committed.fact
    if isinstance(fact, MessageSent):
        row = messages.one(tx, fact.conversation_id, fact.lane, fact.seq)
        return committed._replace(
            carried=views.message(tx, fact.conversation_id, row) if row else None
        )
    if isinstance(fact, ConversationChanged):
        current = store.one(tx, fact.conversation_id)
        if current is None:
            return None
        marks = reads.all_of(tx, fact.conversation_id)
        return committed._replace(carried=(views.conversation(tx, current, (0, 0)), current, marks))
    return committed if isinstance(fact, ConversationRead) else None


def hear(house: House, committed: Committed) -> None:
    """Tell a fact to this node's sockets."""
    relay(house.hub, committed)


def relay(hub: Hub, committed: Committed) -> None:
    """Tell a fact to the members who work in its inbox, and to its visitor what is theirs.

    The socket that is just sending a message hears its acknowledgement instead.
    """
    fact = committed.fact
    if not isinstance(fact, ConversationFact):
        return
    members = [
        connection
        for connection in hub.hearers(committed.workspace_id, fact.inbox_id)
        if not _sends(connection, committed)
    ]
    for_members(members, committed)
    visitor = [
        connection
        for connection in hub.of_actor(committed.workspace_id, fact.visitor_id)
        if not _sends(connection, committed)
    ]
    if visitor:
        _push(visitor, _visitor_frame(committed))


def _sends(connection: Connection, committed: Committed) -> bool:
    message = committed.carried
    return (
        connection.sending is not None
        and isinstance(message, Message)
        and message.client_id == connection.sending
        and message.author.id == connection.scope.actor_id
    )


def for_members(members: Iterable[Connection], committed: Committed) -> None:
    """Push a fact's frame to members; a conversation differs for each by what they have read."""
    if isinstance(committed.fact, ConversationChanged):
        for connection in members:
            frame = conversation_frame(committed, connection.scope.actor_id)
            _push([connection], frame)
    else:
        _push(members, member_frame(committed))


def member_frame(committed: Committed) -> ServerFrame | None:
    """Return what members hear of a fact that is the same for all of them."""
    fact, carried = committed.fact, committed.carried
    if isinstance(fact, MessageSent) and isinstance(carried, Message):
        return MessageFrame(carried, committed.number)
    if isinstance(fact, ConversationRead):
        return _read_frame(fact, committed.number)
    return None


def conversation_frame(committed: Committed, member_id: str) -> ServerFrame | None:
    """Return a conversation as one member sees it."""
    if not isinstance(committed.carried, tuple):
        return None
    conversation, row, marks = committed.carried
    seq, total = marks.get(member_id, (0, 0))
    own = msgspec.structs.replace(
        conversation, read_seq=seq, unread=max(0, row.visitor_total - total)
    )
    return ConversationFrame(committed.number, own)


def _visitor_frame(committed: Committed) -> ServerFrame | None:
    fact, carried = committed.fact, committed.carried
    if isinstance(fact, MessageSent) and fact.lane == "public" and isinstance(carried, Message):
        return MessageFrame(views.for_visitor(carried))
    if isinstance(fact, ConversationRead):
        return _read_frame(fact, None)
    return None


def _read_frame(fact: ConversationRead, feed: int | None) -> ReadByFrame:
    kind: AuthorKind = "visitor" if fact.reader_kind == "visitor" else "member"
    reader = Author(kind, fact.reader_id, None)
    return ReadByFrame(fact.conversation_id, reader, fact.seq, feed)


def listen(house: House) -> None:
    """Hear from other nodes who is writing."""
    decode = msgspec.json.Decoder(Typing).decode
    telling: set[asyncio.Task[None]] = set()

    def heard(word: bytes) -> None:
        task = asyncio.get_running_loop().create_task(tell_typing(house, decode(word)))
        telling.add(task)
        task.add_done_callback(telling.discard)

    house.bus.listen("typing", heard)


def say_typing(house: House, word: Typing) -> None:
    """Tell the other nodes."""
    about = f"{word.conversation_id}:{word.author_id}"
    house.bus.say("typing", about, msgspec.json.encode(word))


async def tell_typing(house: House, word: Typing) -> None:
    """Tell this node's sockets: the team, and the visitor when it is a member who writes."""
    hearers = [
        connection
        for connection in house.hub.hearers(word.workspace_id, word.inbox_id)
        if connection.scope.actor_id != word.author_id
    ]
    if word.author_kind == "member":
        hearers += house.hub.of_actor(word.workspace_id, word.visitor_id)
    if hearers:
        scope = system(word.workspace_id, Purpose.CONVERSATION)
        author = await house.db.read(scope, views.author, word.author_kind, word.author_id)
        _push(hearers, TypingByFrame(word.conversation_id, author, word.on))


def _push(connections: Iterable[Connection], frame: ServerFrame | None) -> None:
    if frame is None:
        return
    data = b""
    for connection in connections:
        data = data or encode(frame)
        connection.push(data)
