"""What happens to the installation as a whole."""

from __future__ import annotations

from silkroad.engines.database import Fact


class InstallationSetUp(Fact, frozen=True):
    """Somebody answers for the installation now; every node lets people in."""
