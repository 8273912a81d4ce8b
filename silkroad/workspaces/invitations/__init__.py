"""Invitations: a link for one person, to become a member in one role. Clauses D.1, D.3.

It is used once, ends after seven days, and is bound to the phone that it was meant for. Nobody is
a member before they accept. A week after the answer, or after it ran out, nothing of it is left.
"""

from .actions import (
    Invited,
    answer,
    check_phone,
    forget,
    invite,
    invited_to,
    list_invitations,
    opened,
    place_of,
    withdraw,
)
from .model import Draft, Invitation, Place

__all__ = [
    "Draft",
    "Invitation",
    "Invited",
    "Place",
    "answer",
    "check_phone",
    "forget",
    "invite",
    "invited_to",
    "list_invitations",
    "opened",
    "place_of",
    "withdraw",
]
