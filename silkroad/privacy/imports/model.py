"""What an attestation and an import are."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from silkroad.kit.inventory import Basis
from silkroad.kit.languages import Language

What = Literal["invitations"]
"""What can be brought in."""


class Attestation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On which ground somebody brings data in, and which text they confirmed by its hash."""

    basis: Basis
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]


class AttestationText(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever brings data in has to confirm; ``hash`` names this very text."""

    hash: str
    language: Language
    text: str


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """Who brought what in, when, how many, on which ground, and which text they confirmed."""

    id: str
    what: What
    count: int
    basis: Basis
    notice_hash: str
    imported_by: str
    at: int
