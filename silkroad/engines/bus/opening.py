"""Which bus a server has: none while it is alone, or NATS between nodes."""

from __future__ import annotations

from . import Bus
from .alone import Alone


def open_bus(url: str, region: str) -> Bus:
    """Return the way to the other nodes of this region; empty: nobody has said one."""
    if not url:
        return Alone()
    from .nats import NatsBus  # noqa: PLC0415 - nats-py is an extra

    return NatsBus(url, region)
