"""From rows to what people see: conversations, messages, previews."""

from __future__ import annotations

import msgspec

from silkroad.engines.database import Transaction
from silkroad.files import FileInfo, file_info
from silkroad.kit.errors import unless_erased
from silkroad.visitors import visitor_by_id
from silkroad.workspaces import member_names

from .messages import store as messages
from .messages.store import MessageRow
from .model import (
    PREVIEW,
    Author,
    Body,
    Conversation,
    Message,
    MessageEvent,
    Preview,
)
from .store import ConversationRow

_decode_event = msgspec.json.Decoder(MessageEvent).decode
_decode_body = msgspec.json.Decoder(Body).decode


def author(tx: Transaction, kind: str, actor_id: str) -> Author:
    """Return who wrote; a visitor's name stands in the conversation."""
    if kind == "visitor":
        return Author("visitor", actor_id, None)
    name = member_names(tx, [actor_id]).get(actor_id) if kind == "member" else None
    return msgspec.convert({"kind": kind, "id": actor_id, "name": name}, Author)


def message(tx: Transaction, conversation_id: str, row: MessageRow) -> Message:
    """Return a message for members, with its position."""
    event = _decode_event(row.body) if row.kind == "event" else None
    body = Body(text="") if event else _decode_body(row.body)
    return Message(
        conversation_id=conversation_id,
        lane="public" if row.lane == "public" else "internal",
        seq=row.seq,
        position=row.position,
        client_id=row.client_id,
        author=author(tx, row.author_kind, row.author_id),
        kind="event" if event else ("note" if row.kind == "note" else "text"),
        text=body.text,
        files=_files(tx, body.files),
        mentions=body.mentions,
        event=event,
        at=row.at,
    )


def for_visitor(message: Message) -> Message:
    """Return a public message as its visitor sees it: without the workspace's feed number."""
    return msgspec.structs.replace(message, position=None)


def conversation(tx: Transaction, row: ConversationRow, mark: tuple[int, int]) -> Conversation:
    """Return a conversation as the member sees it whose read mark this is."""
    return Conversation(
        id=row.id,
        inbox_id=row.inbox_id,
        visitor=visitor_by_id(tx, row.visitor_id),
        state=row.state,
        snoozed_until=row.snoozed_until,
        assignee_id=row.assignee_id,
        waiting_since=row.waiting_since,
        last_seq=row.last_seq,
        visitor_read_seq=row.visitor_read_seq,
        read_seq=mark[0],
        unread=max(0, row.visitor_total - mark[1]),
        preview=_preview(tx, row),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _preview(tx: Transaction, row: ConversationRow) -> Preview | None:
    last = None
    with unless_erased():  # one whose visitor is just being erased still stands in the list
        last = messages.one(tx, row.id, "public", row.last_seq)
    if last is None:
        return None
    body = _decode_body(last.body)
    text = body.text if len(body.text) <= PREVIEW else body.text[: PREVIEW - 1] + "…"
    return Preview(text, author(tx, last.author_kind, last.author_id), last.at, bool(body.files))


def _files(tx: Transaction, file_ids: list[str]) -> list[FileInfo]:
    return [file_info(tx, file_id) for file_id in file_ids]
