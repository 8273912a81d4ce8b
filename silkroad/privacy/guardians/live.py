"""Who hears that a guardian has decided: the child's own sockets, which end at once."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House

from .events import WardChanged


def hear(house: House, committed: Committed) -> None:
    """End the sockets of a child about whom something was decided."""
    if isinstance(committed.fact, WardChanged):
        house.hub.end_actor(committed.workspace_id, committed.fact.visitor_id)
