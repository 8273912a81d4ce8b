"""Whose sockets end with a visitor's session."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House

from .events import VisitorSessionEnded


def hear(house: House, committed: Committed) -> None:
    """End the sockets that a visitor's session opened."""
    if isinstance(committed.fact, VisitorSessionEnded):
        house.hub.end_session(committed.fact.session_id)
