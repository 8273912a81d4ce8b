"""What the widget's frame is told, in the words of the wire."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from silkroad.conversations import ClientId, FileIds, MessageText
from silkroad.kit.languages import Language
from silkroad.privacy.guardians import BirthDateText
from silkroad.visitors import Visitor

from .notice import Notice


class WidgetInbox(msgspec.Struct, frozen=True):
    """The public face of an inbox; the greeting is in the visitor's language."""

    id: str
    name: str
    color: str
    greeting: str
    languages: list[Language]


class Limits(msgspec.Struct, frozen=True):
    """Sizes that the frame refuses by itself: characters, bytes, files per message."""

    text: int
    file_bytes: int
    files: int


class VisitorState(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor and the one conversation that they have in an inbox, if it began."""

    visitor: Visitor
    conversation_id: str | None
    last_seq: int
    read_seq: int
    unread: int
    agent_read_seq: int
    push: bool


class WidgetConfig(msgspec.Struct, frozen=True, kw_only=True):
    """All that the frame needs before the first word.

    ``held``: what this visitor has to do before they may write.
    """

    inbox: WidgetInbox
    language: Language
    open: bool
    opens_at: int | None
    notice: Notice
    contact_url: str
    ask_birth_date: bool
    held: Literal["birth_date_required", "guardian_required"] | None
    push_key: str | None
    limits: Limits
    visitor: VisitorState | None


class GuardianQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A child asks for their guardian's consent."""

    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]
    language: Language
    birth_date: BirthDateText


class GuardianLink(msgspec.Struct, frozen=True):
    """The guardian's door, for the child to pass on; shown this once."""

    url: str


class LanguageChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The visitor reads another language now."""

    language: Language


class VisitorMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A visitor's message; ``client_id`` makes it happen once."""

    client_id: ClientId
    text: MessageText
    file_ids: FileIds = msgspec.field(default_factory=list)


class WidgetQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language that the page asks for, if it does."""

    language: Annotated[str, msgspec.Meta(max_length=35)] = ""
