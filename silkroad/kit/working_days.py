"""Working days: what "within 15 working days" means, in one place.

Monday to Friday, counted in UTC. Public holidays are not left out, so a deadline is never later
than a calendar with holidays would make it.
"""

from __future__ import annotations

from .clock import DAY

ANSWERED_WITHIN = 15
"""By the end of which working day a request about data is answered: a promise (clauses 6.1d, 8.4).

The clock of requests, the notices and the record of processing all take it from here.
"""

THURSDAY = 3
"""What 1 January 1970 was, Monday being 0."""

SATURDAY = 5


def working_day(after: int, count: int) -> int:
    """Return when the ``count``-th working day behind the day of ``after`` begins (ms)."""
    day = after // DAY
    while count:
        day += 1
        count -= is_working(day)
    return day * DAY


def is_working(day: int) -> bool:
    """Whether a day, counted from 1 January 1970, is one from Monday to Friday."""
    return (day + THURSDAY) % 7 < SATURDAY
