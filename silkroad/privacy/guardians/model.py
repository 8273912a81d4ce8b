"""Who is a child, and what a guardian says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

import msgspec

from silkroad.kit.clock import SECOND
from silkroad.kit.errors import invalid
from silkroad.kit.fields import END, NameText

OF_AGE = 14
OLDEST = 130
Relationship = Literal["parent", "guardian"]
Standing = Literal["old_enough", "asked", "claimed", "given", "revoked"]

BirthDateText = Annotated[str, msgspec.Meta(pattern=rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}")]
EvidenceText = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, pattern=r"\S")]


class GuardianConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A guardian's written consent: who they are to the child, and by what that can be seen."""

    name: NameText
    relationship: Relationship
    evidence: EvidenceText


class AgeGate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the widget asks visitors for their birth date."""

    asks: bool


def born(text: str, now: int) -> date:
    """Return a birth date. Raises Refusal ``invalid`` for one that nobody alive has."""
    today = _today(now)
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise invalid("$.birth_date", "This is not a day of the calendar.") from wrong
    if not today.year - OLDEST <= day.year or day > today:
        raise invalid("$.birth_date", "Nobody who writes here was born on that day.")
    return day


def is_child(day: date, now: int) -> bool:
    """Whether somebody born on a day is under 14. Born on 29 February, they turn on 1 March."""
    today = _today(now)
    return (today.year - day.year - ((today.month, today.day) < (day.month, day.day))) < OF_AGE


def of_age_by(day: date) -> int:
    """Return when the year is over in which somebody born on a day turns 14, in ms (UTC).

    The birthday itself would tell the birth date, which is sealed, wherever this is stored.
    """
    return round(datetime(day.year + OF_AGE + 1, 1, 1, tzinfo=UTC).timestamp()) * SECOND


def _today(now: int) -> date:
    return datetime.fromtimestamp(now / SECOND, UTC).date()
