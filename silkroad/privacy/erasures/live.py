"""Who hears that somebody is erased: their own sockets, every node's keyring, the team's lists."""

from __future__ import annotations

import asyncio

from silkroad.engines.database import Committed
from silkroad.engines.keyring import KeyName
from silkroad.http import House
from silkroad.live.frames import ChangedFrame, encode

from .events import KeyDestroyed, KeysDestroyed, PersonShutOut

_under_way: set[asyncio.Task[None]] = set()


def hear_shut_out(house: House, committed: Committed) -> None:
    """End the sockets of whoever is being erased."""
    if isinstance(committed.fact, PersonShutOut):
        house.hub.end_actor(committed.workspace_id, committed.fact.subject_id)


def hear_keys(house: House, committed: Committed) -> None:
    """Let this node forget the keys, whichever node has destroyed them."""
    if isinstance(committed.fact, KeysDestroyed):
        _forget(house, [KeyName(committed.workspace_id, committed.fact.subject_id)])
    if isinstance(committed.fact, KeyDestroyed):
        _forget(house, [])


def _forget(house: House, names: list[KeyName]) -> None:
    forgetting = asyncio.create_task(asyncio.to_thread(house.keyring.destroy, names))
    _under_way.add(forgetting)
    forgetting.add_done_callback(_under_way.discard)


def hear_erased(house: House, committed: Committed) -> None:
    """Tell the team's consoles that there is a conversation less."""
    frame = encode(ChangedFrame("conversations", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        connection.push(frame)
