"""What a conversation and a message are, in the words of the wire."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.files import FileInfo
from silkroad.kit.fields import END
from silkroad.visitors import Visitor

MOST_TEXT = 4000
MOST_FILES = 10
PREVIEW = 140

Lane = Literal["public", "internal"]
ConversationState = Literal["open", "snoozed", "closed"]
Filter = Literal["mine", "unassigned", "all", "waiting", "closed"]
AuthorKind = Literal["visitor", "member", "system"]
EventName = Literal["assigned", "closed", "reopened", "snoozed", "woken"]

ClientId = Annotated[str, msgspec.Meta(pattern=rf"^[A-Za-z0-9_-]{{8,64}}{END}")]
MessageText = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]
FileIds = Annotated[list[str], msgspec.Meta(max_length=MOST_FILES)]
Mentions = Annotated[list[str], msgspec.Meta(max_length=50)]


class Author(msgspec.Struct, frozen=True):
    """Who wrote. A visitor's name stands in the conversation, not in each message."""

    kind: AuthorKind
    id: str
    name: str | None


class MessageEvent(msgspec.Struct, frozen=True):
    """What happened to the conversation, told among its messages."""

    name: EventName
    member_id: str | None = None
    until: int | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message. ``seq`` is gapless within the conversation and the lane.

    The internal lane holds notes and events and never reaches a visitor; ``position`` is the
    workspace's feed number, which orders both lanes together, and only members see it.
    """

    conversation_id: str
    lane: Lane
    seq: int
    position: int | None = None
    client_id: str | None
    author: Author
    kind: Literal["text", "note", "event"]
    text: str
    files: list[FileInfo]
    mentions: list[str]
    event: MessageEvent | None = None
    at: int


class Course(NamedTuple):
    """How a conversation went: when it began, was first answered and last written in (ms)."""

    visitor_id: str
    closed: bool
    began_at: int
    last_at: int
    answered_at: int | None
    messages: int


class Preview(msgspec.Struct, frozen=True):
    """The last public message, cut short."""

    text: str
    author: Author
    at: int
    has_files: bool


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as one member sees it; ``read_seq`` and ``unread`` are that member's own."""

    id: str
    inbox_id: str
    visitor: Visitor
    state: ConversationState
    snoozed_until: int | None
    assignee_id: str | None
    waiting_since: int | None
    last_seq: int
    visitor_read_seq: int
    read_seq: int
    unread: int
    preview: Preview | None
    created_at: int
    updated_at: int


class ConversationPage(msgspec.Struct, frozen=True):
    """Some conversations, newest first; ``next`` asks for the following page."""

    items: list[Conversation]
    next: str | None


class Counts(msgspec.Struct, frozen=True):
    """How many conversations each filter holds, and how many have something unread for me."""

    mine: int
    unassigned: int
    all: int
    waiting: int
    closed: int
    unread: int


class MessagePage(msgspec.Struct, frozen=True):
    """Messages in order; ``more`` says whether older (or newer) ones exist."""

    items: list[Message]
    more: bool


class NewMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message to send. ``client_id`` makes it happen once, however often it is sent."""

    client_id: ClientId
    text: MessageText
    file_ids: FileIds = msgspec.field(default_factory=list)
    note: bool = False
    mentions: Mentions = msgspec.field(default_factory=list)


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sealed of a message."""

    text: str
    files: list[str] = msgspec.field(default_factory=list)
    mentions: list[str] = msgspec.field(default_factory=list)


class Sent(msgspec.Struct, frozen=True):
    """A message that is on disk: where it stands. ``again``: it was there already."""

    conversation_id: str
    lane: Lane
    seq: int
    position: int
    at: int
    again: bool = False
