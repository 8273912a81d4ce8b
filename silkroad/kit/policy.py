"""What every operation must declare: who may, why, what it returns, and whether it is audited."""

from __future__ import annotations

from dataclasses import dataclass

from .inventory import DataClass, Purpose
from .permissions import Permission


@dataclass(frozen=True, slots=True)
class Policy:
    """The rule on one door. ``returns`` are the classes of personal data that may come out.

    Raises TypeError for a purpose that is not on the closed list.
    """

    permission: Permission
    purpose: Purpose
    returns: frozenset[DataClass]
    audited: bool

    def __post_init__(self) -> None:
        if not isinstance(self.purpose, Purpose):
            raise TypeError(f"{self.purpose} is not a purpose")
