"""What a publication is, and what its author has to be told before."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.kit.fields import HashText
from silkroad.kit.inventory import DataClass, Sensitivity
from silkroad.kit.languages import Language

MOST_OPEN = 5
"""So many links of one visitor may be open at a time."""

PER_PAGE = 100

PUBLISHED = ("messages.author_kind", "messages.body", "messages.at")
"""The columns that a published conversation shows, and no other."""

Days = Literal[1, 7, 30]
PublicationState = Literal["open", "ended", "expired"]


class Disclosure(NamedTuple):
    """What is told before anything is published: which kinds of data, and how delicate at most."""

    kinds: tuple[DataClass, ...]
    sensitivity: Sensitivity


class PublicationNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reads before they publish: short, and complete. ``hash`` names this text."""

    hash: str
    language: Language
    why: str
    what: str
    delicate: str
    who: str
    end: str


class Publishing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody pressed yes, which text they had before them, and for how many days."""

    notice_hash: HashText
    language: Language
    days: Days


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A link that was made; the link itself is known only to whoever made it. Times in ms."""

    id: str
    state: PublicationState
    made_at: int
    expires_at: int
    ended_at: int | None


class Published(msgspec.Struct, frozen=True):
    """The link, said once."""

    url: str
    publication: Publication


class MyPublications(msgspec.Struct, frozen=True):
    """Whether the company allows it, what is told before, and the caller's newest links."""

    allowed: bool
    notice: PublicationNotice
    items: list[Publication]


class PublicationQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language to read it in; without one, the language of the browser."""

    language: Annotated[str, msgspec.Meta(max_length=35)] = ""


class PublicationRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether visitors may publish their own conversations."""

    allowed: bool


class CompanyPublication(msgspec.Struct, frozen=True, kw_only=True):
    """A link as the company sees it: whose conversation, and until when."""

    publication: Publication
    conversation_id: str


class CompanyPublications(msgspec.Struct, frozen=True):
    """The company's rule, and the newest links."""

    allowed: bool
    items: list[CompanyPublication]


class Row(NamedTuple):
    """A publication as it is stored; up to ``last_seq`` is shown."""

    id: str
    visitor_id: str
    conversation_id: str
    last_seq: int
    made_at: int
    expires_at: int
    ended_at: int | None
    told: Disclosure

    def state(self, now: int) -> PublicationState:
        if self.ended_at is not None:
            return "ended"
        return "open" if now < self.expires_at else "expired"

    def seen(self, now: int) -> Publication:
        """Return it as its author sees it at a time (ms)."""
        return Publication(
            id=self.id,
            state=self.state(now),
            made_at=self.made_at,
            expires_at=self.expires_at,
            ended_at=self.ended_at,
        )


class Said(NamedTuple):
    """One message without names: whether the company wrote it, its text, its files, and when."""

    ours: bool
    text: str
    files: int
    at: int


class Shown(NamedTuple):
    """A page of a published conversation: it begins after ``began``, the next after ``after``."""

    company: str
    language: Language
    expires_at: int
    messages: list[Said]
    began: int
    after: int | None
