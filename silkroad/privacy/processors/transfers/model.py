"""What a decision to let data leave a region is, in the words of the wire."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from silkroad.kit.fields import END

TransferBasis = Literal[
    "standard_contract",  # the authority's standard contract, filed
    "security_assessment",  # passed at the authority
    "certification",  # by a body that the authority has approved
    "exemption",  # few people, nothing sensitive: the provisions of March 2024
]

AssessmentText = Annotated[
    str, msgspec.Meta(min_length=1, max_length=200, pattern=rf"^.*\S.*{END}")
]


class TransferDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom data may go, on what ground, and which impact assessment stands behind it."""

    processor: str
    basis: TransferBasis
    assessment: AssessmentText


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """One decision, in force until ``ended_at``. Regions as in ``kit.regions``; times in ms."""

    id: str
    processor: str
    origin: str
    destination: str
    basis: TransferBasis
    assessment: str
    decided_at: int
    ended_at: int | None
