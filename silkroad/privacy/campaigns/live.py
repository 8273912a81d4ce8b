"""Who hears of a campaign at once: everybody of the company who is here."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode

BACK: set[tuple[str, str]] = set()
"""The visitors who are known to be back since the last campaign, with their workspaces."""


def hear(house: House, committed: Committed) -> None:
    """Let the consoles and the open chats ask what there is to tell; nobody is back from it yet."""
    BACK.clear()
    frame = encode(ChangedFrame("campaigns", committed.number))
    for connection in house.hub.everyone(committed.workspace_id):
        connection.push(frame)
