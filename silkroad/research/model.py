"""What is told of a conversation for research, how finely, and of which months.

The finest classes are coarse already: hours, not times; sizes, not counts. All times are in UTC.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.conversations import Course
from silkroad.kit.clock import DAY, HOUR, MINUTE
from silkroad.kit.fields import END
from silkroad.kit.languages import LANGUAGES
from silkroad.privacy.anonymous import ANY, CEILING, FLOOR, Anonymous, Attribute, Case, attribute

MOST_MONTHS = 24
"""So far back a month may be given out."""

Form = Literal["csv", "json"]
MonthText = Annotated[str, msgspec.Meta(pattern=rf"^[0-9]{{4}}-(0[1-9]|1[0-2]){END}")]
CrowdSize = Annotated[int, msgspec.Meta(ge=FLOOR, le=CEILING)]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKEND = 5
QUARTER = 6  # hours

MESSAGES = (2, 4, 8, 16, 32)
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, DAY)
SPANS = (5 * MINUTE, 30 * MINUTE, 2 * HOUR, DAY, 7 * DAY)


def _hours() -> dict[str, tuple[str, ...]]:
    """Hour of the week, a quarter of that day, a quarter of such a day, such a day."""
    ladder: dict[str, tuple[str, ...]] = {}
    for number, day in enumerate(DAYS):
        kind = "weekend" if number >= WEEKEND else "workday"
        for hour in range(24):
            first = hour // QUARTER * QUARTER
            part = f"{first:02}-{first + QUARTER:02}"
            ladder[f"{day} {hour:02}"] = (
                f"{day} {hour:02}",
                f"{day} {part}",
                f"{kind} {part}",
                kind,
                ANY,
            )
    return ladder


ATTRIBUTES: tuple[Attribute, ...] = (
    attribute("language", {language: (language, ANY) for language in LANGUAGES}),
    attribute("began", _hours()),
    attribute(
        "messages",
        {
            "1": ("1", "1-3", ANY),
            "2-3": ("2-3", "1-3", ANY),
            "4-7": ("4-7", "4-15", ANY),
            "8-15": ("8-15", "4-15", ANY),
            "16-31": ("16-31", "16+", ANY),
            "32+": ("32+", "16+", ANY),
        },
        sensitive=True,
    ),
    attribute(
        "first_answer",
        {
            "none": ("none", "none", "none", ANY),
            "0-1 min": ("0-1 min", "0-5 min", "answered", ANY),
            "1-5 min": ("1-5 min", "0-5 min", "answered", ANY),
            "5-30 min": ("5-30 min", "5 min - 2 h", "answered", ANY),
            "30 min - 2 h": ("30 min - 2 h", "5 min - 2 h", "answered", ANY),
            "2-24 h": ("2-24 h", "2+ h", "answered", ANY),
            "24+ h": ("24+ h", "2+ h", "answered", ANY),
        },
        sensitive=True,
    ),
    attribute(
        "length",
        {
            "0-5 min": ("0-5 min", "0-30 min", ANY),
            "5-30 min": ("5-30 min", "0-30 min", ANY),
            "30 min - 2 h": ("30 min - 2 h", "30 min - 24 h", ANY),
            "2-24 h": ("2-24 h", "30 min - 24 h", ANY),
            "1-7 d": ("1-7 d", "1+ d", ANY),
            "7+ d": ("7+ d", "1+ d", ANY),
        },
        sensitive=True,
    ),
    attribute("closed", {"yes": ("yes", ANY), "no": ("no", ANY)}, sensitive=True),
)
"""Who met somebody knows the first two: which language, and when. The others are how it went."""

COLUMNS = [one.name for one in ATTRIBUTES]
_NAMES = [list(one.ladder) for one in ATTRIBUTES]


def case_of(course: Course, language: str) -> Case:
    """Return a conversation as a case: each of its values as its finest class."""
    began = datetime.fromtimestamp(course.began_at / 1000, UTC)
    wait = None if course.answered_at is None else course.answered_at - course.began_at
    return (
        language,
        f"{DAYS[began.weekday()]} {began.hour:02}",
        _NAMES[2][bisect_right(MESSAGES, course.messages)],
        "none" if wait is None else _NAMES[3][1 + bisect_right(WAITS, wait)],
        _NAMES[4][bisect_right(SPANS, course.last_at - course.began_at)],
        "yes" if course.closed else "no",
    )


class Month(NamedTuple):
    """A calendar month: its name, and from when until when (ms)."""

    name: str
    since: int
    until: int


def months_before(now: int) -> list[Month]:
    """Return the months that are over, the newest first."""
    at = datetime.fromtimestamp(now / 1000, UTC).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    found: list[Month] = []
    for _ in range(MOST_MONTHS):
        year, month = (at.year, at.month - 1) if at.month > 1 else (at.year - 1, 12)
        first = at.replace(year=year, month=month)
        found.append(Month(f"{year}-{month:02}", _ms(first), _ms(at)))
        at = first
    return found


def month_called(name: str) -> Month:
    """Return a month by its name, however long ago."""
    first = datetime.fromisoformat(f"{name}-01T00:00:00+00:00")
    return Month(name, _ms(first), _ms((first + timedelta(days=31)).replace(day=1)))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """A month's conversations as lines: the values by ``columns``, and the people who share them.

    At least ``k`` people are behind each line, ``people`` are in the lines, ``left_out`` in none.
    One that was destroyed has no lines, and says of nobody that they are in it.
    """

    month: str
    k: int
    people: int
    left_out: int
    columns: list[str]
    lines: list[tuple[list[str], int]]

    @property
    def destroyed(self) -> bool:
        return not self.lines


class ResearchMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month that is over. ``k``, ``people`` and ``left_out`` say what was given out of it.

    They are None while nothing was, and when it was ``destroyed``, because somebody was erased.
    """

    month: str
    k: int | None
    people: int | None
    left_out: int | None
    destroyed: bool


class Figure(msgspec.Struct, frozen=True):
    """So many people have this value."""

    value: str
    people: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A month's extract, one column after the other."""

    month: str
    k: int
    people: int
    left_out: int
    columns: dict[str, list[Figure]]


def extract_of(month: str, k: int, made: Anonymous) -> Extract:
    return Extract(
        month=month,
        k=k,
        people=made.people,
        left_out=made.left_out,
        columns=COLUMNS,
        lines=[(list(line.values), line.people) for line in made.lines],
    )


def figures_of(extract: Extract) -> Figures:
    """Add an extract up, column by column, in the order of its ladder; ANY tells nothing."""
    columns: dict[str, list[Figure]] = {}
    for place, one in enumerate(ATTRIBUTES):
        sums = {name: 0 for names in one.ladder.values() for name in names}
        for values, people in extract.lines:
            sums[values[place]] += people
        columns[one.name] = [Figure(v, n) for v, n in sums.items() if n and v != ANY]
    return Figures(
        month=extract.month,
        k=extract.k,
        people=extract.people,
        left_out=extract.left_out,
        columns=columns,
    )


def as_csv(extract: Extract) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([*extract.columns, "people"])
    rows.writerows([*values, people] for values, people in extract.lines)
    return text.getvalue().encode()
