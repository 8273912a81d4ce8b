"""Who hears of inboxes: every member of the workspace, who then fetches what is theirs.

Visitors hear of one thing: that their inbox was closed.
"""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode

from .events import InboxArchived


def hear(house: House, committed: Committed) -> None:
    """Tell the consoles that the inboxes have changed."""
    frame = encode(ChangedFrame("inboxes", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        connection.push(frame)


def hear_archived(house: House, committed: Committed) -> None:
    """End the sockets of the visitors of an inbox that was closed."""
    fact = committed.fact
    if isinstance(fact, InboxArchived):
        house.hub.end_visitors(committed.workspace_id, fact.inbox_id)
