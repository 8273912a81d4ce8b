"""Who hears of third parties: the company's consoles, because what a browser may do changes."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode


def hear(house: House, committed: Committed) -> None:
    """Let every console of the company ask again what it may do."""
    frame = encode(ChangedFrame("me", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        connection.push(frame)
