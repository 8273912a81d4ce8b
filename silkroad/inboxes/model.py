"""What an inbox is, and when its office is open."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from silkroad.kit.errors import invalid
from silkroad.kit.fields import END, NameText
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.grants import Detail, Grant

MOST_ORIGINS = 50
LOOK_AHEAD_DAYS = 15

ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]{1,253})(?P<port>:[0-9]{1,5})?/*", re.ASCII
)
HourText = Annotated[str, msgspec.Meta(pattern=rf"^([01][0-9]|2[0-3]):[0-5][0-9]{END}|^24:00{END}")]
ColorText = Annotated[str, msgspec.Meta(pattern=rf"^#[0-9a-f]{{6}}{END}")]
GreetingText = Annotated[str, msgspec.Meta(max_length=500)]
Greetings = Annotated[
    dict[Language, GreetingText],
    msgspec.Meta(extra_json_schema={"propertyNames": {"enum": list(LANGUAGES)}}),
]


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Open from … to …, in the inbox's own time zone."""

    opens: HourText
    closes: HourText


class OfficeHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seven days, Monday first, each with as many spans as the office has shifts."""

    timezone: str
    days: Annotated[list[list[Span]], msgspec.Meta(min_length=7, max_length=7)]


class InboxDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an administrator decides about an inbox."""

    name: NameText
    color: ColorText
    greeting: Greetings
    languages: Annotated[list[Language], msgspec.Meta(min_length=1, max_length=3)]
    allowed_origins: Annotated[list[str], msgspec.Meta(max_length=MOST_ORIGINS)]
    office_hours: OfficeHours | None
    member_ids: Annotated[list[str], msgspec.Meta(max_length=500)]


class InboxChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Any part of a draft; what is absent stays."""

    name: NameText | msgspec.UnsetType = msgspec.UNSET
    color: ColorText | msgspec.UnsetType = msgspec.UNSET
    greeting: Greetings | msgspec.UnsetType = msgspec.UNSET
    languages: (
        Annotated[list[Language], msgspec.Meta(min_length=1, max_length=3)] | msgspec.UnsetType
    ) = msgspec.UNSET
    allowed_origins: (
        Annotated[list[str], msgspec.Meta(max_length=MOST_ORIGINS)] | msgspec.UnsetType
    ) = msgspec.UNSET
    office_hours: OfficeHours | msgspec.UnsetType | None = msgspec.UNSET
    member_ids: Annotated[list[str], msgspec.Meta(max_length=500)] | msgspec.UnsetType = (
        msgspec.UNSET
    )


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """An inbox as its administrators and agents see it.

    ``identity_grant`` is what the company's site may tell of its signed-in customers; without one
    it is not listened to.
    """

    id: str
    name: str
    color: str
    greeting: dict[Language, str]
    languages: list[Language]
    allowed_origins: list[str]
    office_hours: OfficeHours | None
    member_ids: list[str]
    identity_enabled: bool
    identity_grant: Grant | None
    created_at: int
    archived_at: int | None


class IdentityDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which details the company's site may send of its customers, beside its own id of them."""

    details: Annotated[list[Detail], msgspec.Meta(max_length=3)] = msgspec.field(
        default_factory=lambda: ["name", "email", "phone"]
    )


class OpenHours(msgspec.Struct, frozen=True):
    """Whether the office is open now, and if not, when it opens next (ms), if it is known."""

    open: bool
    opens_at: int | None


def checked(draft: InboxDraft) -> InboxDraft:
    """Return the draft with its origins in a browser's form. Raises Refusal ``invalid``."""
    if len(set(draft.languages)) != len(draft.languages):
        raise invalid("$.languages", "A language is named twice.")
    if draft.office_hours:
        _check_hours(draft.office_hours)
    origins = [_origin(place, text) for place, text in enumerate(draft.allowed_origins)]
    return msgspec.structs.replace(draft, allowed_origins=sorted(set(origins)))


def _check_hours(hours: OfficeHours) -> None:
    if hours.timezone not in available_timezones():
        raise invalid("$.office_hours.timezone", "This is not a known time zone.")
    for number, day in enumerate(hours.days):
        ends = "00:00"
        for span in day:
            if not ends <= span.opens < span.closes:
                raise invalid(f"$.office_hours.days[{number}]", "The spans overlap or end early.")
            ends = span.closes


def _origin(place: int, text: str) -> str:
    found = ORIGIN.fullmatch(text.strip().lower())
    local = found and found["host"] in {"localhost", "127.0.0.1"}
    if not found or not (found["scheme"] == "https" or local):
        raise invalid(
            f"$.allowed_origins[{place}]", "An origin looks like https://www.example.com."
        )
    return f"{found['scheme']}://{found['host']}{found['port'] or ''}"


def open_hours(hours: OfficeHours | None, now: int) -> OpenHours:
    """Return whether an office is open at a time (ms); one without hours is always open."""
    if hours is None:
        return OpenHours(open=True, opens_at=None)
    zone = ZoneInfo(hours.timezone)
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        for span in hours.days[day.weekday()]:
            opens, closes = (_at(midnight, text) for text in (span.opens, span.closes))
            if opens <= now < closes:
                return OpenHours(open=True, opens_at=None)
            if now < opens:
                return OpenHours(open=False, opens_at=opens)
    return OpenHours(open=False, opens_at=None)


def _at(midnight: datetime, text: str) -> int:
    hour, minute = map(int, text.split(":"))
    if hour == 24:  # noqa: PLR2004 - the end of the day
        return _milliseconds(midnight + timedelta(days=1))
    return _milliseconds(midnight.replace(hour=hour, minute=minute))


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
