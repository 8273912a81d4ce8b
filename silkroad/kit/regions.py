"""Where data may be at home, and which regions let none of it leave unnoticed. Clause 2.1."""

from __future__ import annotations

HOME = "home"
REGIONS = (HOME, "cn", "eu", "us", "uk", "sg", "jp", "in", "au", "br", "ae", "other")
"""Where a company's data is at home; ``home``: wherever this installation stands."""

PINNED = frozenset({"cn"})
"""Regions that personal data leaves only with a record of why it may."""


def settled(region: str, here: str) -> str:
    """Return the region that is meant; ``here`` is the installation's own, or empty if untold."""
    return here if region == HOME and here else region


def leaves(region: str, other: str) -> bool:
    """Whether what goes to ``other`` leaves a region that lets nothing go unnoticed.

    A recipient that is ``home`` stands beside the installation, so nothing leaves.
    """
    return region in PINNED and other not in {region, HOME}
