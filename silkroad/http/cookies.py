"""The two cookies, and what differs on plain-http loopback.

With https both are ``__Host-``, Secure and HttpOnly. The console's is SameSite=Lax. The widget's
lives in a frame on somebody else's page, so it is SameSite=None and Partitioned (CHIPS): each
site that embeds the widget has its own.
"""

from __future__ import annotations

from typing import NamedTuple

CONSOLE = "__Host-silkroad"
WIDGET = "__Host-silkroad-visitor"
YEAR = 365 * 24 * 3600


class Cookie(NamedTuple):
    """One cookie to set; an empty value with ``max_age`` 0 clears it. ``max_age`` is in seconds."""

    name: str
    value: str
    max_age: int

    def header(self) -> str:
        rest = "SameSite=None; Partitioned" if self.name.startswith(WIDGET) else "SameSite=Lax"
        return f"{self.name}={self.value}; Path=/; Max-Age={self.max_age}; Secure; HttpOnly; {rest}"


def visitor_cookie(inbox_id: str) -> str:
    """Return the name of the visitor's cookie for one inbox: two inboxes on one site do not mix."""
    return f"{WIDGET}-{inbox_id}"
