"""The one place that says which role may do what.

Every operation names one permission; a role is the set of permissions below. A finer question
(is this my inbox, my conversation?) is asked by the action, with the rows at hand.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Literal

Role = Literal["anonymous", "visitor", "agent", "admin", "operator", "system"]
MemberRole = Literal["agent", "admin"]


class Permission(StrEnum):
    """A thing that somebody may be allowed to do."""

    KNOCK = "knock"  # sign in, sign up, redeem a link, read a public page
    CHAT = "chat"  # the visitor's own conversation
    TAKE_BACK = "take_back"  # what a visitor agreed to: see it, hear what changed, end it
    OWN_ACCOUNT = "own_account"  # one's own profile, credentials, sessions, devices
    SEE_TEAM = "see_team"  # names and presence of members, inboxes one works in
    ANSWER = "answer"  # read and answer the conversations of one's inboxes
    MANAGE_MEMBERS = "manage_members"
    MANAGE_INBOXES = "manage_inboxes"
    HANDLE_REQUESTS = "handle_requests"  # answer what people ask the privacy contact
    MANAGE_PRIVACY = "manage_privacy"  # third parties, exceptions, imports, what leaves a region
    OPERATE = "operate"  # run the installation, never its content


_AGENT = {Permission.OWN_ACCOUNT, Permission.SEE_TEAM, Permission.ANSWER}
_ADMIN = {
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_INBOXES,
    Permission.HANDLE_REQUESTS,
    Permission.MANAGE_PRIVACY,
}

_ROLES: dict[Role, set[Permission]] = {
    "anonymous": set(),
    "visitor": {Permission.CHAT, Permission.TAKE_BACK},
    "agent": _AGENT,
    "admin": _AGENT | _ADMIN,
    "operator": {Permission.OPERATE, Permission.HANDLE_REQUESTS},  # the installation's own
    "system": set(),
}


WHILE_HELD = frozenset({Permission.KNOCK, Permission.TAKE_BACK})
"""What is open to a visitor of whom something is asked first: their age, or a guardian's consent.

Neither taking back nor hearing what has changed costs a birth date or a guardian. Clauses 6.3a, 7a,
8.0a.
"""


@cache
def permissions_of(role: Role) -> frozenset[Permission]:
    """Return what a role may do. Everybody may knock."""
    return frozenset(_ROLES[role] | {Permission.KNOCK})
