"""Visitors: people who write to a company from its website. Clauses P.2, 1.2, 2.2c.

Nothing is stored of a visitor before the notice was shown and they acted. A visitor is known by a
random token in a cookie of their own frame, or, when the company's site vouches for them with an
HMAC, by the site's own customer id.
"""

from .actions import name_of, visitor_by_id
from .model import Visitor
from .routes import visitor_door

__all__ = ["Visitor", "name_of", "visitor_by_id", "visitor_door"]
