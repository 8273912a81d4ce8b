"""What people look at: lists, counts, one conversation, its messages, and what was missed."""

from __future__ import annotations

import base64
from typing import Annotated, NamedTuple

import msgspec

from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import Purpose

from . import store, views
from .actions import reachable
from .messages import store as messages
from .messages.store import MessageRow
from .model import AuthorKind, ConversationPage, Counts, Course, Filter, Message, MessagePage
from .reads import store as reads

END = 2**53
NEWEST = (END, "~")
MOST_INTERNAL = 500
"""Notes and events on a page; it is shortened rather than any of them left out."""
MOST_BETWEEN_TWO = 10_000
"""Notes and events between two public messages, where a page cannot be shortened any more."""

_decode = msgspec.json.Decoder(tuple[Annotated[int, msgspec.Meta(ge=0, le=END)], str]).decode


def list_conversations(
    tx: Transaction, name: Filter, inbox_id: str, cursor: str, most: int
) -> ConversationPage:
    """Return a page of one filter, newest first. Raises Refusal ``invalid`` for a broken cursor."""
    found = store.listed(tx, name, inbox_id, _position(cursor), most + 1)
    items = [views.conversation(tx, row, (seq, total)) for row, seq, total in found[:most]]
    last = found[most - 1][0] if len(found) > most else None
    return ConversationPage(items, _cursor(last.updated_at, last.id) if last else None)


def courses(tx: Transaction, since: int, until: int) -> list[Course]:
    """Return how the conversations went that began between two times (ms)."""
    return store.courses(tx, since, until)


def began_between(tx: Transaction, visitor_id: str, since: int, until: int) -> bool:
    """Whether a visitor began to talk between two times (ms)."""
    return store.began_between(tx, visitor_id, since, until)


def count_conversations(tx: Transaction) -> Counts:
    return Counts(*store.counts(tx))


def page_of_messages(
    tx: Transaction, conversation_id: str, before: int, after: int, most: int
) -> MessagePage:
    """Return messages before or after a public sequence number; members see both lanes."""
    reachable(tx, conversation_id)
    if after:
        rows = messages.after(tx, conversation_id, after, most + 1)
        more, rows = len(rows) > most, rows[:most]
    else:
        rows = messages.before(tx, conversation_id, before or END, most + 1)
        more, rows = len(rows) > most, rows[-most:]
    if tx.scope.actor_kind == "visitor":
        found = [views.message(tx, conversation_id, row) for row in rows]
        return MessagePage([views.for_visitor(message) for message in found], more)
    internal = _internal(tx, conversation_id, rows, before, after, more)
    while len(internal) > MOST_INTERNAL and len(rows) > 1:  # then a shorter page, so that all fits
        half, more = len(rows) // 2, True
        rows = rows[:half] if after else rows[half:]
        internal = _internal(tx, conversation_id, rows, before, after, more)
    both = sorted([*rows, *internal], key=lambda row: row.position)
    return MessagePage([views.message(tx, conversation_id, row) for row in both], more)


def _internal(
    tx: Transaction,
    conversation_id: str,
    rows: list[MessageRow],
    before: int,
    after: int,
    more: bool,
) -> list[MessageRow]:
    """Return the notes and events that stand between these public messages, the newest of many."""
    first = rows[0].position if rows and more else 0
    if after:
        last_one = messages.one(tx, conversation_id, "public", after)
        first = last_one.position + 1 if last_one else 0
    end = END
    if before:
        next_one = messages.one(tx, conversation_id, "public", before)
        end = next_one.position if next_one else END
    if after and more and rows:
        end = rows[-1].position + 1
    most = MOST_INTERNAL + 1 if len(rows) > 1 else MOST_BETWEEN_TWO
    return messages.internal_between(tx, conversation_id, first, end, most)


class Standing(NamedTuple):
    """Where a visitor's conversation stands; all zero before it began."""

    conversation_id: str | None = None
    last_seq: int = 0
    read_seq: int = 0
    agent_read_seq: int = 0


def standing(tx: Transaction, inbox_id: str) -> Standing:
    """Return where the calling visitor's conversation in an inbox stands."""
    conversation_id = store.of_visitor(tx, inbox_id, tx.scope.actor_id)
    row = store.one(tx, conversation_id) if conversation_id else None
    if row is None:
        return Standing()
    return Standing(row.id, row.last_seq, row.visitor_read_seq, row.agent_read_seq)


def is_there(tx: Transaction, conversation_id: str) -> bool:
    """Whether there is such a conversation; an erased one is gone."""
    return store.one(tx, conversation_id) is not None


def unread_for(tx: Transaction, conversation_id: str, kind: AuthorKind, actor_id: str) -> bool:
    """Whether somebody has still to read the other side's newest message.

    A member has nothing to read any more once a colleague has answered or closed it.
    """
    row = store.one(tx, conversation_id)
    if row is None:
        return False
    if kind == "visitor":
        return row.visitor_id == actor_id and row.visitor_read_seq < row.last_seq
    waits = row.state == "open" and row.waiting_since is not None
    return waits and reads.of(tx, conversation_id, actor_id)[1] < row.visitor_total


def missed_by_visitor(
    tx: Transaction, conversation_id: str, seq: int, most: int
) -> list[Message] | None:
    """Return the public messages after ``seq``, or None when there are more than ``most``."""
    page = page_of_messages(tx, conversation_id, 0, seq, most) if seq else None
    page = page or page_of_messages(tx, conversation_id, 0, 0, most)
    return None if page.more else page.items


def message_by_seq(tx: Transaction, conversation_id: str, lane: str, seq: int) -> Message:
    """Return one message, for members. Raises Refusal ``not_found``."""
    row = messages.one(tx, conversation_id, lane, seq)
    if row is None:
        raise refuse("not_found")
    return views.message(tx, conversation_id, row)


def visitor_of(tx: Transaction, conversation_id: str) -> str | None:
    """Return whose conversation one is."""
    with tx.doing(Purpose.CONVERSATION):
        row = store.one(tx, conversation_id)
    return row.visitor_id if row else None


def visible_message(tx: Transaction, conversation_id: str, lane: str, seq: int) -> Message:
    """Return one message as its visitor sees it. Raises Refusal ``not_found``."""
    return views.for_visitor(message_by_seq(tx, conversation_id, lane, seq))


def _cursor(at: int, conversation_id: str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((at, conversation_id))).decode()


def _position(cursor: str) -> tuple[int, str]:
    if not cursor:
        return NEWEST
    try:
        position: tuple[int, str] = _decode(base64.urlsafe_b64decode(cursor))
    except (ValueError, msgspec.DecodeError) as broken:
        raise invalid("$.cursor", "This cursor is not one of ours.") from broken
    return position
