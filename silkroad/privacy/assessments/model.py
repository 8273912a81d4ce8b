"""What an assessment says, and when what is left of a risk is too much."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from silkroad.kit.clock import DAY
from silkroad.kit.inventory import ASSESSMENT, Purpose

Own = Literal["web_push", "exceptions", "imports", "grants", "media", "publications", "research"]
OWN: tuple[Own, ...] = get_args(Own)
"""What this version does with people's data beside talking with them; third parties come to it.

Each of them asks ``require_open`` or ``is_locked`` before it acts, and a test holds them against
everything that there are doors for.
"""

Risk = Literal["low", "medium", "high"]
Level = Annotated[int, msgspec.Meta(ge=1, le=4)]
"""1 hardly, 2 somewhat, 3 considerably, 4 very; likely or grave."""

FeatureText = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
WeighedText = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, pattern=r"\S")]

MEDIUM, HIGH = 4, 8
KEPT = (ASSESSMENT.days or 0) * DAY
MOST_SHOWN = 200


class AssessmentDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was weighed: which feature for which purpose, what could happen to people, what is done.

    ``before`` is without the measures and ``after`` with them.
    """

    feature: FeatureText
    purpose: Purpose
    harm: WeighedText
    measures: WeighedText
    likelihood_before: Level
    severity_before: Level
    likelihood_after: Level
    severity_after: Level


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment as it was written down; times in ms. It is deleted at ``kept_until``."""

    id: str
    feature: str
    purpose: Purpose
    harm: str
    measures: str
    likelihood_before: int
    severity_before: int
    risk_before: Risk
    likelihood_after: int
    severity_after: int
    risk_after: Risk
    assessed_by: str
    assessed_at: int
    kept_until: int


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be assessed. ``product`` is a third party's; ours has words of its own.

    ``risk`` is what the last assessment left, None where there was none.
    """

    name: str
    product: str
    locked: bool
    risk: Risk | None
    assessed_at: int | None


class AssessmentList(msgspec.Struct, frozen=True):
    """The newest assessments, and everything that can be assessed."""

    items: list[Assessment]
    features: list[Feature]
    purposes: list[Purpose]


def risk_of(likelihood: int, severity: int) -> Risk:
    """Return how much it is: likelihood × severity, each from 1 to 4."""
    product = likelihood * severity
    if product >= HIGH:
        return "high"
    return "medium" if product >= MEDIUM else "low"
