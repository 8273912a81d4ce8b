"""Who hears of a consent: the other windows of the person whose it is."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode

from .events import ConsentChanged


def hear(house: House, committed: Committed) -> None:
    """Tell a person's sockets that one of their answers has changed."""
    fact = committed.fact
    if isinstance(fact, ConsentChanged):
        frame = encode(ChangedFrame("consents", committed.number))
        for connection in house.hub.of_actor(committed.workspace_id, fact.subject_id):
            connection.push(frame)
