"""What an assessment leads to: ids and names only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Fact, Job
from silkroad.kit.inventory import Purpose


class FeatureAssessed(Fact, frozen=True):
    """A feature was assessed, and may be locked or open now. Heard by the company's consoles."""

    feature: str


class AssessmentHigh(Fact, frozen=True):
    """What is left of a risk is high: people are to be told. ``by`` is who has weighed it."""

    assessment_id: str
    feature: str
    by: str


class ForgetAssessment(Job, frozen=True):
    """An assessment was kept as long as the law asks for: delete it."""

    purpose: ClassVar[Purpose] = Purpose.ACCOUNTABILITY
    sweeps: ClassVar[bool] = True

    assessment_id: str
