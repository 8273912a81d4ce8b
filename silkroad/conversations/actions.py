"""What people do in conversations: begin, send, read, hand over, close, snooze, reopen."""

from __future__ import annotations

import msgspec

from silkroad.engines.database import First, Transaction, asks_first
from silkroad.files import FileInfo, attach, open_file
from silkroad.kit.errors import Refusal, invalid, refuse
from silkroad.kit.scope import Scope
from silkroad.workspaces import check_assignable

from . import store, views
from .events import ConversationChanged, ConversationRead, MessageSent, WakeSnoozed
from .messages import store as messages
from .model import (
    Body,
    Conversation,
    ConversationState,
    EventName,
    Lane,
    Message,
    MessageEvent,
    NewMessage,
    Sent,
)
from .reads import store as reads
from .store import ConversationRow, Place

EVENT_OF: dict[ConversationState, EventName] = {
    "closed": "closed",
    "open": "reopened",
    "snoozed": "snoozed",
}


def finding(scope: Scope, conversation_id: str, client_id: str | None) -> First:
    """Return the question of ``reachable``, which most of what is done to a conversation asks."""
    values = {"author_id": scope.actor_id, "client_id": client_id}
    return First(conversation_id, store.FIND, {"conversation_id": conversation_id, **values})


@asks_first(lambda scope, conversation_id, new: finding(scope, conversation_id, new.client_id))
def send_message(tx: Transaction, conversation_id: str, new: NewMessage) -> Sent:
    """Put a message into a conversation. Clauses 1.2, 2.2c, 3.2.

    The same author sending the same client id again gets the same answer and changes nothing.
    Raises Refusal ``not_found``, ``invalid``, ``client_id_reused``.
    """
    place = reachable(tx, conversation_id, new.client_id)
    if place.seq is not None:
        return _sent_before(conversation_id, place)
    if not (new.text.strip() or new.file_ids):
        raise invalid("$.text", "A message has words or files.")
    visitor = tx.scope.actor_kind == "visitor"
    if new.note:
        return _send_note(tx, conversation_id, place, new)
    if new.mentions:
        raise invalid("$.mentions", "Only a note mentions colleagues.")
    files = attach(tx, conversation_id, new.file_ids, "public") if new.file_ids else []
    seq, total = store.next_public(tx, conversation_id, place, from_visitor=visitor)
    position = tx.emit(_message_sent(tx, conversation_id, place, "public", seq, []))
    body = Body(text=new.text, files=new.file_ids)
    _add(tx, conversation_id, "public", seq, position, new.client_id, "text", body, total)
    tx.carry(
        Message(
            conversation_id=conversation_id,
            lane="public",
            seq=seq,
            position=position,
            client_id=new.client_id,
            author=views.author(tx, tx.scope.actor_kind, tx.scope.actor_id),
            kind="text",
            text=new.text,
            files=files,
            mentions=[],
            at=tx.now,
        )
    )
    _follow_up(tx, conversation_id, place, seq, total)
    return Sent(conversation_id, "public", seq, position, tx.now)


def start_or_find(tx: Transaction, inbox_id: str) -> str:
    """Return the visitor's conversation in this inbox; there is one, and it lasts."""
    visitor_id = tx.scope.actor_id
    known = store.of_visitor(tx, inbox_id, visitor_id)
    if known:
        return known
    conversation_id = tx.new_id("cnv")
    tx.mint(conversation_id, visitor_id)
    store.start(tx, conversation_id, inbox_id, visitor_id)
    return conversation_id


def send_first(tx: Transaction, inbox_id: str, new: NewMessage) -> Sent:
    """Send a visitor's message to their conversation in an inbox, which it may begin."""
    return send_message(tx, start_or_find(tx, inbox_id), new)


def reachable(tx: Transaction, conversation_id: str, client_id: str | None = None) -> Place:
    """Return where a conversation is, if it is the caller's: a visitor's own, a member's inbox.

    Raises Refusal ``not_found`` alike for what is foreign and what does not exist.
    """
    place = store.find(tx, conversation_id, client_id)
    own = tx.scope.actor_kind != "visitor" or (place and place.visitor_id == tx.scope.actor_id)
    if place is None or not own or not tx.scope.reaches(place.inbox_id):
        raise refuse("not_found")
    return place


@asks_first(lambda scope, conversation_id, *_, **__: finding(scope, conversation_id, None))
def mark_read(tx: Transaction, conversation_id: str, seq: int) -> None:
    """Note that the caller has read up to ``seq``; a mark never moves back."""
    reachable(tx, conversation_id)
    row = _row(tx, conversation_id)
    seq = min(seq, row.last_seq)
    if tx.scope.actor_kind == "visitor":
        if seq <= row.visitor_read_seq:
            return
        store.set_visitor_read(tx, conversation_id, seq)
    else:
        if seq <= reads.of(tx, conversation_id, tx.scope.actor_id)[0]:
            return
        total = messages.visitor_total_at(tx, conversation_id, seq)
        reads.put(tx, conversation_id, tx.scope.actor_id, seq, total or 0)
        if seq > row.agent_read_seq:
            store.set_agent_read(tx, conversation_id, seq)
    tx.emit(
        ConversationRead(
            conversation_id=conversation_id,
            inbox_id=row.inbox_id,
            visitor_id=row.visitor_id,
            reader_kind=tx.scope.actor_kind,
            reader_id=tx.scope.actor_id,
            seq=seq,
        )
    )


def assign(
    tx: Transaction, conversation_id: str, member_id: str | None, note: NewMessage | None = None
) -> Conversation:
    """Give a conversation to a member or to nobody; hand over with a note, which calls them.

    Raises Refusal ``not_found``, ``invalid`` when the member does not work in the inbox.
    """
    place = reachable(tx, conversation_id)
    if member_id is not None:
        check_assignable(tx, member_id, place.inbox_id)
    if note:
        called = [member_id] if member_id and member_id != tx.scope.actor_id else []
        send_message(tx, conversation_id, msgspec.structs.replace(note, mentions=called))
    if place.assignee_id != member_id:
        store.set_assignee(tx, conversation_id, member_id)
        _tell_event(tx, conversation_id, place, MessageEvent("assigned", member_id))
        tx.audit("conversation.assigned", conversation_id, member_id=member_id)
        _tell_changed(tx, conversation_id)
    return conversation_for(tx, conversation_id)


def take_back(tx: Transaction, member_id: str) -> None:
    """Unassign a member's open conversations in inboxes that they do not work in (any more)."""
    for conversation_id, inbox_id in store.open_of(tx, member_id):
        try:
            check_assignable(tx, member_id, inbox_id)
        except Refusal:
            assign(tx, conversation_id, None)


def set_state(
    tx: Transaction, conversation_id: str, state: ConversationState, until: int | None = None
) -> Conversation:
    """Close, reopen or snooze a conversation. Raises Refusal ``not_found``, ``invalid``."""
    place = reachable(tx, conversation_id)
    if state == "snoozed" and (until is None or until <= tx.now):
        raise invalid("$.until", "Snooze until a time to come.")
    if state != "snoozed" and until is not None:
        raise invalid("$.until", "Only a snoozed conversation has a time.")
    if place.state != state or state == "snoozed":
        store.set_state(tx, conversation_id, state, until)
        if until is not None:
            tx.enqueue(WakeSnoozed(conversation_id), delay=until - tx.now)
        _tell_event(tx, conversation_id, place, _event(EVENT_OF[state], until=until))
        tx.audit("conversation.state", conversation_id, state=state)
        _tell_changed(tx, conversation_id)
    return conversation_for(tx, conversation_id)


def wake_snoozed(tx: Transaction, conversation_id: str) -> None:
    """Reopen a snoozed conversation whose time has come; one that is gone needs no more."""
    row = store.one(tx, conversation_id)
    if row is None or row.state != "snoozed" or (row.snoozed_until or 0) > tx.now:
        return
    store.set_state(tx, conversation_id, "open", None)
    place = reachable(tx, conversation_id)
    _tell_event(tx, conversation_id, place, MessageEvent("woken"))
    _tell_changed(tx, conversation_id)


def conversation_for(tx: Transaction, conversation_id: str) -> Conversation:
    """Return a conversation as the calling member sees it. Raises Refusal ``not_found``."""
    reachable(tx, conversation_id)
    mark = reads.of(tx, conversation_id, tx.scope.actor_id)
    return views.conversation(tx, _row(tx, conversation_id), mark)


def file_within_reach(tx: Transaction, file_id: str) -> FileInfo:
    """Return a file that the caller may open: sent in a lane that they see, or their own upload.

    Raises Refusal ``not_found``.
    """
    found = open_file(tx, file_id)
    reachable(tx, found.conversation_id)
    own = found.uploader_id == tx.scope.actor_id
    if not own and (found.lane is None or (found.lane != "public" and _is_visitor(tx))):
        raise refuse("not_found")
    return found.info


def _is_visitor(tx: Transaction) -> bool:
    return tx.scope.actor_kind == "visitor"


def _follow_up(tx: Transaction, conversation_id: str, place: Place, seq: int, total: int) -> None:
    """Do what a public message entails: reopen, take on, mark as read, tell."""
    changed = seq == 1
    if tx.scope.actor_kind == "visitor":
        if place.state != "open":
            why: EventName = "woken" if place.state == "snoozed" else "reopened"
            _tell_event(tx, conversation_id, place, _event(why))
            changed = True
    else:
        reads.put(tx, conversation_id, tx.scope.actor_id, seq, total)
        if place.state != "open":
            store.set_state(tx, conversation_id, "open", None)
            _tell_event(tx, conversation_id, place, _event("reopened"))
            changed = True
        if place.assignee_id is None:
            store.set_assignee(tx, conversation_id, tx.scope.actor_id)
            event = MessageEvent("assigned", tx.scope.actor_id)
            _tell_event(tx, conversation_id, place, event)
            changed = True
    if changed:
        _tell_changed(tx, conversation_id)


def _send_note(tx: Transaction, conversation_id: str, place: Place, new: NewMessage) -> Sent:
    if tx.scope.actor_kind != "member":
        raise refuse("forbidden")
    for member_id in new.mentions:
        check_assignable(tx, member_id, place.inbox_id)
    attach(tx, conversation_id, new.file_ids, "internal")
    seq, total = store.next_internal(tx, conversation_id)
    position = tx.emit(_message_sent(tx, conversation_id, place, "internal", seq, new.mentions))
    body = Body(text=new.text, files=new.file_ids, mentions=new.mentions)
    _add(tx, conversation_id, "internal", seq, position, new.client_id, "note", body, total)
    _carry_stored(tx, conversation_id, "internal", seq)
    return Sent(conversation_id, "internal", seq, position, tx.now)


def _tell_event(tx: Transaction, conversation_id: str, place: Place, event: MessageEvent) -> None:
    seq, total = store.next_internal(tx, conversation_id)
    position = tx.emit(_message_sent(tx, conversation_id, place, "internal", seq, []))
    _add(tx, conversation_id, "internal", seq, position, None, "event", event, total)
    _carry_stored(tx, conversation_id, "internal", seq)


def _tell_changed(tx: Transaction, conversation_id: str) -> None:
    row = _row(tx, conversation_id)
    tx.emit(
        ConversationChanged(
            conversation_id=conversation_id, inbox_id=row.inbox_id, visitor_id=row.visitor_id
        )
    )
    tx.carry((views.conversation(tx, row, (0, 0)), row, reads.all_of(tx, conversation_id)))


def _carry_stored(tx: Transaction, conversation_id: str, lane: str, seq: int) -> None:
    row = messages.one(tx, conversation_id, lane, seq)
    if row:
        tx.carry(views.message(tx, conversation_id, row))


def _add(
    tx: Transaction,
    conversation_id: str,
    lane: str,
    seq: int,
    position: int,
    client_id: str | None,
    kind: str,
    body: Body | MessageEvent,
    total: int,
) -> None:
    messages.add(
        tx,
        conversation_id,
        lane=lane,
        seq=seq,
        position=position,
        author=(tx.scope.actor_kind, tx.scope.actor_id),
        client_id=client_id,
        kind=kind,
        body=body,
        visitor_total=total,
    )


def _message_sent(
    tx: Transaction,
    conversation_id: str,
    place: Place,
    lane: str,
    seq: int,
    mentions: list[str],
) -> MessageSent:
    return MessageSent(
        conversation_id=conversation_id,
        inbox_id=place.inbox_id,
        visitor_id=place.visitor_id,
        lane=lane,
        seq=seq,
        author_kind=tx.scope.actor_kind,
        author_id=tx.scope.actor_id,
        assignee_id=place.assignee_id,
        mentions=mentions,
    )


def _event(name: EventName, until: int | None = None) -> MessageEvent:
    return MessageEvent(name, None, until)


def _sent_before(conversation_id: str, place: Place) -> Sent:
    if place.lane is None or place.seq is None or place.position is None or place.at is None:
        raise refuse("not_found")
    lane: Lane = "public" if place.lane == "public" else "internal"
    return Sent(conversation_id, lane, place.seq, place.position, place.at, again=True)


def _row(tx: Transaction, conversation_id: str) -> ConversationRow:
    row = store.one(tx, conversation_id)
    if row is None:
        raise refuse("not_found")
    return row
