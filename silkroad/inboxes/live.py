"""Who hears of inboxes: every member of the workspace, who then fetches what is theirs."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode


def hear(house: House, committed: Committed) -> None:
    """Tell the consoles that the inboxes have changed."""
    frame = encode(ChangedFrame("inboxes", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        connection.push(frame)
