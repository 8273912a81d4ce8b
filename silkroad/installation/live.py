"""What a node does when the installation was set up, perhaps at another one."""

from __future__ import annotations

from silkroad.engines.database import Committed
from silkroad.http import House

from .events import InstallationSetUp


def hear(house: House, committed: Committed) -> None:
    """Let people in."""
    house.set_up = house.set_up or isinstance(committed.fact, InstallationSetUp)
