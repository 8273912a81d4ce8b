"""Visitors: people who write to a company from its website. Clauses P.2, 1.2, 2.2c.

Nothing is stored of a visitor before the notice was shown and they acted. A visitor is known by a
random token in a cookie of their own frame, or, when the company's site vouches for them with an
HMAC, by the site's own customer id.
"""

from .actions import (
    SESSION_LIFE,
    begin,
    came_at,
    forget_browser,
    introduce,
    name_of,
    read_in,
    speakers,
    still_here,
    visitor_by_id,
)
from .model import Visitor, VisitorStart
from .privacy import DECLARATIONS
from .routes import visitor_door

__all__ = [
    "DECLARATIONS",
    "SESSION_LIFE",
    "Visitor",
    "VisitorStart",
    "begin",
    "came_at",
    "forget_browser",
    "introduce",
    "name_of",
    "read_in",
    "speakers",
    "still_here",
    "visitor_by_id",
    "visitor_door",
]
