"""What the erasure of a person runs, made from the inventory."""

from __future__ import annotations

from silkroad.privacy.holdings import learned


def statements() -> set[str]:
    """Return the text of each statement by which an erasure deletes or empties rows."""
    return {
        str(statement)
        for holding in learned()
        for way in holding.forgetting
        for statement in (way.some, way.rest)
    }
