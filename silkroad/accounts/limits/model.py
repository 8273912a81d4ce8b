"""What a limit is."""

from __future__ import annotations

from typing import NamedTuple

from silkroad.kit.clock import DAY


class Limit(NamedTuple):
    """At most ``most`` tries by one in any ``within`` milliseconds (a day at the longest)."""

    name: str
    most: int
    within: int


LONGEST = DAY
