"""HTTP operations of conversations, for members."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

import msgspec

from silkroad.files import (
    MOST_BYTES,
    FileInfo,
    drop_file,
    keep_content,
    prepare,
    read_content,
    store_file,
)
from silkroad.http import Call, Download, Empty, Rate, Ticket, operation
from silkroad.kit.clock import SECOND
from silkroad.kit.ids import new_id
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission

from . import actions, queries
from .model import (
    ClientId,
    Conversation,
    ConversationPage,
    ConversationState,
    Counts,
    Filter,
    Message,
    MessagePage,
    MessageText,
    NewMessage,
)

CONTENT = {DataClass.MESSAGE, DataClass.FILE, DataClass.CONTACT, DataClass.WORK_ROLE}
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}

TICKETS = Rate(burst=240, every=SECOND)  # of one member, on all devices
UPLOADS = Rate(burst=100, every=SECOND // 4)  # files of one member

Sequence = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=100)]


class ConversationQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which conversations: a filter, perhaps one inbox, and where the last page ended."""

    filter: Filter = "all"
    inbox_id: Annotated[str, msgspec.Meta(max_length=64)] = ""
    cursor: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Limit = 30


class MessageQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages: those before or after a public sequence number, or the newest."""

    before: Sequence = 0
    after: Sequence = 0
    limit: Limit = 50


class ReadMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Read up to here."""

    seq: Sequence


class Assignment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes the conversation (nobody: null), and a note for them."""

    member_id: str | None
    note: MessageText | None = None
    client_id: ClientId | None = None


class StateChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Close, reopen, or snooze ``until`` a time in ms."""

    state: ConversationState
    until: Sequence | None = None


@operation(
    "conversations.list",
    "GET",
    "/api/conversations",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def list_conversations(call: Call, query: ConversationQuery) -> ConversationPage:
    """List the conversations of a filter, newest first."""
    return await call.house.db.read(
        call.scope,
        queries.list_conversations,
        query.filter,
        query.inbox_id,
        query.cursor,
        query.limit,
    )


@operation(
    "conversations.counts",
    "GET",
    "/api/conversations/counts",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def count_conversations(call: Call) -> Counts:
    """Count what each filter holds."""
    return await call.house.db.read(call.scope, queries.count_conversations)


@operation(
    "conversations.read",
    "GET",
    "/api/conversations/{conversation_id}",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def read_conversation(call: Call, conversation_id: str) -> Conversation:
    """Return one conversation."""
    return await call.house.db.read(call.scope, actions.conversation_for, conversation_id)


@operation(
    "conversations.messages",
    "GET",
    "/api/conversations/{conversation_id}/messages",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def list_messages(call: Call, conversation_id: str, query: MessageQuery) -> MessagePage:
    """Return messages of both lanes, in order."""
    return await call.house.db.read(
        call.scope,
        queries.page_of_messages,
        conversation_id,
        query.before,
        query.after,
        query.limit,
    )


@operation(
    "conversations.send",
    "POST",
    "/api/conversations/{conversation_id}/messages",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def send_message(call: Call, conversation_id: str, body: NewMessage) -> Message:
    """Send a message or a note; the same client id again answers the same."""
    db = call.house.db
    sent = await db.write(call.scope, actions.send_message, conversation_id, body)
    return await db.read(call.scope, queries.message_by_seq, conversation_id, sent.lane, sent.seq)


@operation(
    "conversations.mark_read",
    "PUT",
    "/api/conversations/{conversation_id}/read",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def mark_read(call: Call, conversation_id: str, body: ReadMark) -> Empty:
    """Note what the caller has read."""
    await call.house.db.write(call.scope, actions.mark_read, conversation_id, body.seq)
    return Empty()


@operation(
    "conversations.assign",
    "PUT",
    "/api/conversations/{conversation_id}/assignee",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=True,
)
async def assign(call: Call, conversation_id: str, body: Assignment) -> Conversation:
    """Give the conversation to somebody, with a note for them."""
    note = None
    if body.note:
        client_id = body.client_id or new_id("cli", call.house.randomness)
        note = NewMessage(client_id=client_id, text=body.note, note=True)
    return await call.house.db.write(
        call.scope, actions.assign, conversation_id, body.member_id, note
    )


@operation(
    "conversations.set_state",
    "PUT",
    "/api/conversations/{conversation_id}/state",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=True,
)
async def set_state(call: Call, conversation_id: str, body: StateChange) -> Conversation:
    """Close, reopen or snooze the conversation."""
    return await call.house.db.write(
        call.scope, actions.set_state, conversation_id, body.state, body.until
    )


@operation(
    "files.upload",
    "POST",
    "/api/conversations/{conversation_id}/files",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
    raw=MOST_BYTES,
    rate=UPLOADS,
)
async def upload_file(call: Call, conversation_id: str, body: bytes) -> FileInfo:
    """Upload a file, to be sent with a message."""
    await call.house.db.read(call.scope, actions.reachable, conversation_id)
    return await take_file(call, conversation_id, body)


@operation(
    "files.download",
    "GET",
    "/api/files/{file_id}",
    permission=Permission.ANSWER,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def download_file(call: Call, file_id: str) -> Download:
    """Return a file's content, safe to open."""
    return await give_file(call, file_id)


@operation(
    "live.ticket",
    "POST",
    "/api/live/ticket",
    permission=Permission.ANSWER,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=False,
)
async def ticket(call: Call, body: Empty) -> Ticket:
    """Return a one-time ticket for the socket."""
    call.house.throttle.spend(TICKETS, f"ticket|{call.scope.actor_id}")
    return Ticket(*await call.house.tickets.issue(call.scope))


async def take_file(call: Call, conversation_id: str, data: bytes) -> FileInfo:
    """Store an upload to a conversation that the caller was found to reach."""
    prepared = await prepare(call.house.pictures, data, unquote(call.header("x-file-name")))
    info = await call.house.db.write(call.scope, store_file, conversation_id, prepared)
    try:
        await keep_content(call.house, call.scope.workspace_id, info.id, prepared.data)
    except Exception:
        await call.house.db.write(call.scope, drop_file, info.id)
        raise
    return info


async def give_file(call: Call, file_id: str) -> Download:
    """Return a file that the caller's conversations hold, with headers that disarm it."""
    found = await call.house.db.read(call.scope, actions.file_within_reach, file_id)
    data = await read_content(call.house, call.scope.workspace_id, file_id)
    shown = "inline" if found.media_type in PICTURES else "attachment"
    name = quote(found.name, safe="")
    return Download(
        data,
        found.media_type,
        {
            "Content-Disposition": f"{shown}; filename*=UTF-8''{name}",
            "Cache-Control": "private, no-store",
        },
    )


operations = [
    list_conversations,
    count_conversations,
    read_conversation,
    list_messages,
    send_message,
    mark_read,
    assign,
    set_state,
    upload_file,
    download_file,
    ticket,
]
