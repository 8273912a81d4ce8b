"""What a session is, and how long it lasts."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from silkroad.kit.clock import DAY, HOUR, MINUTE, SECOND
from silkroad.kit.permissions import Role

Kind = Literal["console", "operator"]

IDLE: dict[Kind, int] = {"console": 12 * HOUR, "operator": 30 * MINUTE}
LONGEST = 30 * DAY
FRESH_FOR = 10 * MINUTE
TOUCH_AFTER = MINUTE
GRACE = 30 * SECOND

_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("WeChat", r"MicroMessenger/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrom(?:e|ium)/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)


class Session(NamedTuple):
    """A session. ``home`` is the workspace it is at, ``role`` the one it was made for."""

    id: str
    kind: Kind
    account_id: str | None
    home: str
    role: Role
    created_at: int
    fresh_at: int
    seen_at: int
    former: bool = False

    @property
    def fresh_until(self) -> int:
        """Until when how to sign in may be changed."""
        return self.fresh_at + FRESH_FOR

    def open_at(self, now: int) -> bool:
        """Whether it still counts: neither at rest for too long nor too old.

        Nor of a time more than a day ahead, from which the clock was put back: it would last years.
        """
        latest = min(self.seen_at + IDLE[self.kind], self.created_at + LONGEST)
        return now < latest and self.seen_at <= now + DAY

    def untouched_at(self, now: int) -> bool:
        """Whether it is time to note that it was used."""
        return now >= self.seen_at + TOUCH_AFTER


class Opened(NamedTuple):
    """A new token for a session; it goes into the cookie and is kept nowhere else."""

    token: str
    session_id: str


def browser(agent: str) -> str:
    """Return how a person would call the browser, such as ``Firefox · Windows``.

    It is all that is kept of it.
    """
    parts = [_first(_BROWSERS, agent), _first(_SYSTEMS, agent)]
    return " · ".join(part for part in parts if part)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, agent)), "")
