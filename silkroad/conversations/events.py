"""The facts of conversations: ids only; who hears them is told in ``relay.py``."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class ConversationFact(Fact, frozen=True):
    """Where it happened: the members of the inbox may hear it, and sometimes the visitor."""

    conversation_id: str
    inbox_id: str
    visitor_id: str


class MessageSent(ConversationFact, frozen=True):
    """A message is on disk. The visitor hears it when its lane is public."""

    lane: str
    seq: int
    author_kind: str
    author_id: str
    assignee_id: str | None
    mentions: list[str]


class ConversationChanged(ConversationFact, frozen=True):
    """It began, or its state, assignee or visitor changed. Heard by members."""


class ConversationRead(ConversationFact, frozen=True):
    """Somebody has read up to ``seq``. Heard by members, and by the visitor when a member read."""

    reader_kind: str
    reader_id: str
    seq: int


class WakeSnoozed(Job, frozen=True):
    """Reopen a snoozed conversation when its time has come."""

    purpose: ClassVar[Purpose] = Purpose.CONVERSATION

    conversation_id: str
