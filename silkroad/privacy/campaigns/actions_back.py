"""A visitor comes back after a campaign has opened, and is among those whom it has to reach."""

from __future__ import annotations

from contextlib import suppress

from silkroad.engines.database import Transaction
from silkroad.http import House
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope

from . import store
from .live import BACK
from .model import Came

MOST_BACK = 100_000
"""So many visitors are known to be back; more begin anew."""


async def came_back(house: House, scope: Scope) -> None:
    """Count a visitor among those whom what has changed has to reach, told or not. Clause 8.0a.

    Each visitor is looked at once, and once more after each campaign. A database that cannot be
    written keeps nobody out.
    """
    who = scope.workspace_id, scope.actor_id
    if who in BACK or scope.actor_kind != "visitor":
        return
    if len(BACK) >= MOST_BACK:
        BACK.clear()
    BACK.add(who)
    at_work, known = scope.doing(Purpose.ACCOUNTABILITY), False
    try:
        with suppress(Refusal):
            if await house.db.read(at_work, _missed, house.came_at):
                await house.db.write(at_work, _note, house.came_at)
            known = True
    finally:
        if not known:
            BACK.discard(who)


def _missed(tx: Transaction, came_at: Came) -> set[str]:
    """Return the campaigns that opened since the caller came and do not know that they are back."""
    me = tx.scope.actor_id
    return store.missed(tx, me, came_at(tx, me))


def _note(tx: Transaction, came_at: Came) -> None:
    """Begin the caller's row in each of those, in which nothing was told yet."""
    for campaign_id in _missed(tx, came_at):
        store.mark(tx, campaign_id, tx.scope.actor_id)
