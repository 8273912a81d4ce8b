"""Who hears of exceptions: administrators, and a person who has something to read."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.kit.permissions import Permission
from silkroad.live.frames import ChangedFrame, encode

from .events import PersonTold


def hear_changed(house: House, committed: Committed) -> None:
    """Tell the administrators' consoles to fetch the exceptions again."""
    frame = encode(ChangedFrame("exceptions", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        if connection.scope.may(Permission.MANAGE_PRIVACY):
            connection.push(frame)


def hear_told(house: House, committed: Committed) -> None:
    """Tell a member's consoles that there is something about them to read."""
    fact = committed.fact
    if isinstance(fact, PersonTold):
        frame = encode(ChangedFrame("exceptions", committed.number))
        for connection in house.hub.of_actor(committed.workspace_id, fact.subject_id):
            if connection.scope.actor_kind == "member":
                connection.push(frame)
