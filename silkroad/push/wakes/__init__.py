"""Wakes: reaching somebody who is away, with an opaque id and nothing else. Clauses 1.7, 2.0.

A message that somebody may miss is looked at again a few seconds later: who is here, or has read
it, is left in peace. A push message carries the wake's id; the device comes and asks what it is.
"""

from .actions import (
    agrees_still,
    ask,
    forget_unwanted,
    is_wanted,
    reachable_still,
    settle,
    take_up,
    who_answers,
)
from .model import MOST_TRIES, SETTLE, WAKE_LIFE, Missing, Parcel, Wake, wait_before
from .queries import for_member, for_visitor, policy_words
from .store import sweep

__all__ = [
    "MOST_TRIES",
    "SETTLE",
    "WAKE_LIFE",
    "Missing",
    "Parcel",
    "Wake",
    "agrees_still",
    "ask",
    "for_member",
    "for_visitor",
    "forget_unwanted",
    "is_wanted",
    "policy_words",
    "reachable_still",
    "settle",
    "sweep",
    "take_up",
    "wait_before",
    "who_answers",
]
