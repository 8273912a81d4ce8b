"""What a decision to let data leave a region is, in the words of the wire."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from silkroad.kit.fields import END

TransferBasis = Literal[
    "standard_contract",  # the authority's standard contract, filed: PIPL art. 38
    "security_assessment",  # passed at the authority: PIPL art. 38
    "adequacy",  # the authority holds that the law there protects people: GDPR art. 45
    "standard_clauses",  # the authority's clauses, agreed with the recipient: GDPR art. 46
    "binding_rules",  # a group's own, which the authority has approved: GDPR art. 47
    "certification",  # by a body that the authority has approved: PIPL art. 38, GDPR art. 46
    "exemption",  # PIPL: the provisions of March 2024; GDPR art. 49: its derogations
    "unrestricted",  # the law there asks for no ground, such as India's DPDP Act, section 16
]

_IN_CHINA: tuple[TransferBasis, ...] = (
    "standard_contract",
    "security_assessment",
    "certification",
    "exemption",
)
_ELSEWHERE: tuple[TransferBasis, ...] = (
    "adequacy",
    "standard_clauses",
    "binding_rules",
    "certification",
    "exemption",
)
_FREE = frozenset({"us", "in"})
"""Regions whose law lets data leave without a ground. The others' does not (GDPR and UK GDPR ch. V,
LGPD art. 33, APPI art. 28, PDPA sec. 26, APP 8, PDPL art. 22 and 23); nor may it elsewhere.
"""


def bases_of(region: str) -> tuple[TransferBasis, ...]:
    """Return the grounds on which data may leave a region, the most usual ones first."""
    if region == "cn":
        return _IN_CHINA
    return (*_ELSEWHERE, "unrestricted") if region in _FREE else _ELSEWHERE


AssessmentText = Annotated[
    str, msgspec.Meta(min_length=1, max_length=200, pattern=rf"^.*\S.*{END}")
]


class TransferDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom data may go, on what ground, and which paper stands behind it.

    ``assessment`` names that: in China an impact assessment, elsewhere what the ground rests on.
    """

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
