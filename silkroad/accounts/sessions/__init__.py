"""Sessions: who is signed in on which browser. Clauses 3.1, 3.3.

A session is an opaque token of 256 bits in a cookie; only its hash is stored. It ends after a time
of rest, after thirty days, when it is revoked, and when its owner changes how they sign in.
"""

from .actions import (
    current,
    end,
    end_at,
    end_others,
    is_known,
    last_home,
    list_sessions,
    move,
    open_session,
    own,
    require_fresh,
    rotate,
    seen_here,
    sweep,
    touch,
)
from .model import FRESH_FOR, LONGEST, Kind, Opened, Session, browser
from .store import Listed

__all__ = [
    "FRESH_FOR",
    "LONGEST",
    "Kind",
    "Listed",
    "Opened",
    "Session",
    "browser",
    "current",
    "end",
    "end_at",
    "end_others",
    "is_known",
    "last_home",
    "list_sessions",
    "move",
    "open_session",
    "own",
    "require_fresh",
    "rotate",
    "seen_here",
    "sweep",
    "touch",
]
