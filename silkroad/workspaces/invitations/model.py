"""What an invitation is."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from silkroad.accounts import Limit
from silkroad.kit.clock import DAY, MINUTE
from silkroad.kit.inventory import Basis
from silkroad.kit.permissions import MemberRole

State = Literal["open", "accepted", "declined", "withdrawn", "expired"]
Answer = Literal["accepted", "declined", "withdrawn"]

LIFE = 7 * DAY
KEPT_AFTER = 7 * DAY
MOST_OPEN = 200
WRONG_PHONES = Limit("invitation.phone", 5, 30 * MINUTE)


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation as administrators see it.

    ``basis`` and ``notice_hash`` are what was attested when it was made; older ones have none.
    """

    id: str
    role: MemberRole
    name: str
    phone: str
    inbox_ids: list[str]
    state: State
    created_at: int
    expires_at: int
    basis: Basis | None
    notice_hash: str | None


class Draft(NamedTuple):
    """Whom to invite, and as what; the phone in E.164 form."""

    name: str
    phone: str
    role: MemberRole
    inbox_ids: frozenset[str]


class Place(NamedTuple):
    """Where an invitation is."""

    workspace_id: str
    invitation_id: str
