"""Who hears that requests have changed: the workspace's own consoles."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode


def hear(house: House, committed: Committed) -> None:
    """Tell the consoles to look at their requests again."""
    frame = encode(ChangedFrame("requests", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        connection.push(frame)
