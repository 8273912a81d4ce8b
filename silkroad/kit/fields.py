"""The kinds of text that people type into more than one form, with their limits.

A name may be in any script, but holds no control characters and none that turn the direction of
the text around it. Lengths count characters.

A pattern ends in ``END``, since ``$`` alone would let a line break stand behind it.
"""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

END = r"$(?!\n)"
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
_PART = rf"[^@\s{_HIDDEN}]+"
_READABLE = rf"^(?=.*\S)[^{_HIDDEN}]+{END}"

NameText = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=_READABLE)]
CompanyText = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=_READABLE)]
AddressText = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
EmailText = Annotated[str, msgspec.Meta(max_length=254, pattern=rf"^{_PART}@{_PART}\.{_PART}{END}")]
PhoneText = Annotated[str, msgspec.Meta(min_length=4, max_length=32)]
MomentNumber = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]  # ms, to the year 9999
IdText = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
TokenText = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
HashText = Annotated[str, msgspec.Meta(max_length=64)]
CodeText = Annotated[str, msgspec.Meta(pattern=rf"^[0-9]{{6}}{END}")]
PasswordText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


def readable(text: str) -> str:
    """Return what somebody else's system calls a name, without what a name may not hold."""
    return re.sub(f"[{_HIDDEN}]", "", text).strip()
