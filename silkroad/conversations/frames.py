"""What clients say about conversations over the socket, and what they hear."""

from __future__ import annotations

from typing import Annotated

import msgspec

from silkroad.live.frames import ClientFrame, ServerFrame

from .model import Author, ClientId, Conversation, FileIds, Mentions, Message, MessageText

Sequence = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class SendFrame(ClientFrame, frozen=True, tag="send"):
    """Send a message; ``conversation`` is null for a visitor, who has one."""

    id: ClientId
    conversation: str | None
    text: MessageText
    files: FileIds = msgspec.field(default_factory=list)
    note: bool = False
    mentions: Mentions = msgspec.field(default_factory=list)


class ReadFrame(ClientFrame, frozen=True, tag="read"):
    """I have read up to ``seq``."""

    conversation: str
    seq: Sequence


class TypingFrame(ClientFrame, frozen=True, tag="typing"):
    """I am writing, or no longer."""

    conversation: str
    on: bool


class ResumeFrame(ClientFrame, frozen=True, tag="resume"):
    """What did I miss: after ``feed`` for a member, after ``seq`` for a visitor."""

    feed: Sequence | None = None
    conversation: str | None = None
    seq: Sequence = 0


class AckFrame(ServerFrame, frozen=True, tag="ack"):
    """The message is on disk, there."""

    id: str
    conversation: str
    seq: int
    at: int
    position: int | None = None


class MessageFrame(ServerFrame, frozen=True, tag="message"):
    """A message; ``feed`` for members only."""

    message: Message
    feed: int | None = None


class ConversationFrame(ServerFrame, frozen=True, tag="conversation"):
    """A conversation as the receiving member sees it."""

    feed: int
    conversation: Conversation


class ReadByFrame(ServerFrame, frozen=True, tag="read"):
    """Somebody has read up to ``seq``."""

    conversation: str
    reader: Author
    seq: int
    feed: int | None = None


class TypingByFrame(ServerFrame, frozen=True, tag="typing"):
    """Somebody is writing, or no longer."""

    conversation: str
    author: Author
    on: bool


class GapFrame(ServerFrame, frozen=True, tag="gap"):
    """Too much was missed: fetch it by HTTP, then go on from ``feed``."""

    feed: int | None


class ResumedFrame(ServerFrame, frozen=True, tag="resumed"):
    """All that was missed has been told."""

    feed: int | None
    seq: int | None


server_frames: list[type[ServerFrame]] = [
    AckFrame,
    MessageFrame,
    ConversationFrame,
    ReadByFrame,
    TypingByFrame,
    GapFrame,
    ResumedFrame,
]
