"""What a campaign is: what changed and how gravely, and whom it has reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.engines.database import Transaction
from silkroad.kit.languages import Language
from silkroad.privacy.consent import ConsentPurpose

CampaignWeight = Literal["minor", "major"]

Key = Literal[
    "purpose_new",
    "purpose_gone",
    "data_new",
    "data_gone",
    "sensitive",
    "people_new",
    "source",
    "ground",
    "period",
    "decides",
    "unsealed",
    "recipient_new",
    "recipient_gone",
    "recipient_changed",
    "joined",
    "ended",
    "locked",
    "rights",
    "log_period",
    "technical",
    "name",
    "email",
    "phone",
    "address",
]
"""One phrase each. ``technical`` is everything that only the policy page can tell precisely."""


Came = Callable[[Transaction, str], int]
"""Says when a member or visitor came, in ms; of whom nobody knows yet: now."""


Homes = Callable[[Transaction, str], list[tuple[str, str]]]
"""Says in which workspaces an account is a member, and as whom."""


class Point(msgspec.Struct, frozen=True):
    """One thing that changed: the phrase, and the facts that stand in it.

    ``about`` is a purpose, a third party or a feature, ``values`` are kinds of data, product and
    company (of one that joined its purpose as well), or what was and what is.
    """

    clause: str
    weight: CampaignWeight
    key: Key
    about: str = ""
    values: tuple[str, ...] = ()


class Span(msgspec.Struct, frozen=True):
    """The versions of the policy before and after, by their hashes; empty where none was kept."""

    before: dict[Language, str] = {}
    after: dict[Language, str] = {}


class Opened(msgspec.Struct, frozen=True):
    """What was not done before: new details, as ``table.column``, and old ones by new purposes.

    ``changed`` are purposes that are another thing now than people knew: what they do themselves
    for one of them waits until they were told. What rests on consent is in none of it where that is
    asked for anew: it is closed by itself until somebody agrees.
    """

    stored: tuple[str, ...] = ()
    used: dict[str, tuple[str, ...]] = {}
    changed: tuple[str, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """All that a campaign says, and what it opens to those whom it has reached."""

    points: list[Point]
    span: Span
    opened: Opened = Opened()


class Campaign(NamedTuple):
    """A campaign of one company. ``purposes`` are closed until somebody chooses anew."""

    id: str
    weight: CampaignWeight
    purposes: tuple[ConsentPurpose, ...]
    opened_at: int
    content: Content


class CampaignQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language to read it in; without one, the language of the browser."""

    language: Annotated[str, msgspec.Meta(max_length=35)] = ""


class CampaignText(msgspec.Struct, frozen=True, kw_only=True):
    """What changed, in a reader's words. The addresses lead to the policy before and after."""

    id: str
    weight: CampaignWeight
    opened_at: int
    language: Language
    lines: list[str]
    before_url: str | None
    after_url: str


class CampaignForMe(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign that somebody has not read yet.

    ``asked`` are the purposes that they agreed to before and are to choose about anew.
    """

    text: CampaignText
    asked: list[ConsentPurpose]


class MyCampaigns(msgspec.Struct, frozen=True):
    """What somebody is to be told, the gravest first, then the oldest."""

    items: list[CampaignForMe]


class CampaignMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``told``: it is on somebody's screen. ``read``: they said that they have read it."""

    state: Literal["told", "read"]


class CampaignReach(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign as the team's administrators see it: of so many people, how many.

    ``people`` are the members who were there when it opened, and the visitors who came back since
    or whose device was woken; ``woken`` were reached by a push message; ``chose`` is None where
    nothing was asked anew.
    """

    text: CampaignText
    people: int
    told: int
    read: int
    woken: int
    chose: int | None


class CampaignReaches(msgspec.Struct, frozen=True):
    """Every campaign of the company, the newest first."""

    items: list[CampaignReach]


class Reached(NamedTuple):
    """How far a campaign came with somebody; times in ms."""

    subject_id: str
    told_at: int | None
    read_at: int | None
    sent_at: int | None
