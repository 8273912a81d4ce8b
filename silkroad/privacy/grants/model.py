"""What a grant is."""

from __future__ import annotations

from typing import Literal

import msgspec

Detail = Literal["name", "email", "phone"]
"""What a source may tell of a person, beside its own id of them."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """That a source may deliver these details, since when."""

    details: list[Detail]
    granted_at: int


class GrantRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A grant as it is kept, also when it is over: which source, what, by whom, from when to when.

    ``source_id`` is an inbox; ``granted_by`` and ``ended_by`` are members.
    """

    id: str
    source_id: str
    details: list[Detail]
    granted_by: str
    granted_at: int
    ended_by: str | None
    ended_at: int | None
