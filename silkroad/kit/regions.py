"""Where data may be at home, and what leaves a region. Clause 2.1."""

from __future__ import annotations

HOME = "home"
REGIONS = (HOME, "cn", "eu", "us", "uk", "sg", "jp", "in", "au", "br", "ae", "other")
"""Where a company's data is at home; ``home``: wherever this installation stands."""

PINNED = frozenset({"cn"})
"""Regions in which a company is at home only where the installation says that it stands there."""


def settled(region: str, here: str) -> str:
    """Return the region that is meant; ``here`` is the installation's own, or empty if untold."""
    return here if region == HOME and here else region


def leaves(region: str, other: str) -> bool:
    """Whether what goes to ``other`` leaves a company's region, so that a record has to say why.

    A recipient that is ``home`` stands beside the installation. A company that is ``home`` where
    nobody said where that is has named no region that anything could leave.
    """
    return region != HOME and other not in {region, HOME}
