"""Who hears that a feature was locked or opened: the company's consoles, which ask again."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode


def hear(house: House, committed: Committed) -> None:
    """Let every console ask what it may do now, and its page of assessments look again."""
    frames = [encode(ChangedFrame(what, committed.number)) for what in ("me", "assessments")]
    for connection in house.hub.members(committed.workspace_id):
        for frame in frames:
            connection.push(frame)
