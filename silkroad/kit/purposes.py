"""What a purpose is: one of a closed list, and never one of those that the policy rules out.

Clauses 4.0 (only listed purposes) and 4.1.5 (no personalised recommendation, no advertising).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

FORBIDDEN = ("advert", "marketing", "recommend", "profiling", "personalis", "personaliz", "resale")
"""Parts of names under which nothing may ever be done with personal data."""


class ForbiddenPurpose(Exception):
    """Somebody tried to add a purpose that the policy rules out."""


class OutsidePurpose(Exception):
    """Something asked for data that its purpose has nothing to do with: a defect of the product."""


class Purposes(StrEnum):
    """The kind of list that purposes stand in; each has a ``bit`` of its own, for quick checks.

    Making a list with a forbidden purpose raises ForbiddenPurpose: the program does not start.
    """

    bit: int

    def __new__(cls, name: str) -> Self:
        if any(part in name for part in FORBIDDEN):
            raise ForbiddenPurpose(f"{name}: the policy rules this out (clause 4.1.5)")
        purpose = str.__new__(cls, name)
        purpose._value_ = name
        purpose.bit = 1 << len(cls.__members__)
        return purpose


def bits_of(purposes: Iterable[Purposes]) -> int:
    """Return the bits of several purposes."""
    bits = 0
    for purpose in purposes:
        bits |= purpose.bit
    return bits
