"""Notices: waking devices because the policy has changed, with an opaque id. Clauses 8.0a, 2.0.

As with every wake-up a push message carries an id, and the device comes and asks what it is.
"""

from .actions import ask, for_member, for_visitor, is_wanted, settle, take_up
from .store import sweep

__all__ = ["ask", "for_member", "for_visitor", "is_wanted", "settle", "sweep", "take_up"]
