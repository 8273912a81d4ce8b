"""Assessing a feature, and asking whether it may be used."""

from __future__ import annotations

from collections.abc import Mapping

from silkroad.engines.database import Transaction
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.inventory import Purpose

from . import store
from .events import AssessmentHigh, FeatureAssessed, ForgetAssessment
from .model import KEPT, AssessmentDraft, AssessmentList, Feature, risk_of

# the flag


def is_locked(tx: Transaction, *features: str) -> bool:
    """Whether one of these is locked: its last assessment left a high risk."""
    known = store.assessed(tx)
    return any(name in known and known[name].risk == "high" for name in features)


def require_open(tx: Transaction, *features: str) -> None:
    """Make sure that none of these is locked. Raises Refusal ``feature_locked``."""
    if is_locked(tx, *features):
        raise refuse("feature_locked")


# assessing


def assess(tx: Transaction, draft: AssessmentDraft, features: Mapping[str, str]) -> AssessmentList:
    """Write down what the caller weighed. A high rest locks the feature, a lower one opens it.

    People are told when it becomes locked, not of each time that it stays so.

    ``features`` is all that can be assessed, with the product of a third party. Raises Refusal
    ``invalid``, also where measures are said to make it worse.
    """
    _check(draft, features)
    assessment_id = tx.new_id("asm")
    risk = risk_of(draft.likelihood_after, draft.severity_after)
    was_locked = is_locked(tx, draft.feature)
    store.add(tx, assessment_id, draft)
    store.settle(tx, draft.feature, risk)
    tx.audit("assessment.made", assessment_id, feature=draft.feature, risk=risk)
    tx.emit(FeatureAssessed(draft.feature))
    if risk == "high" and not was_locked:
        tx.emit(AssessmentHigh(assessment_id, draft.feature, tx.scope.actor_id))
    tx.enqueue(ForgetAssessment(assessment_id), delay=KEPT)
    return overview(tx, features)


def _check(draft: AssessmentDraft, features: Mapping[str, str]) -> None:
    if draft.feature not in features:
        raise invalid("$.feature", "There is no such feature here.")
    if draft.likelihood_after > draft.likelihood_before:
        raise invalid("$.likelihood_after", "Measures do not make it likelier.")
    if draft.severity_after > draft.severity_before:
        raise invalid("$.severity_after", "Measures do not make it worse.")


def overview(tx: Transaction, features: Mapping[str, str]) -> AssessmentList:
    """Return the newest assessments, and how it stands with everything that can be assessed."""
    known = store.assessed(tx)
    shown = [_feature(name, product, known.get(name)) for name, product in features.items()]
    return AssessmentList(store.newest(tx), shown, list(Purpose))


def _feature(name: str, product: str, last: store.Assessed | None) -> Feature:
    return Feature(
        name=name,
        product=product,
        locked=last is not None and last.risk == "high",
        risk=last.risk if last else None,
        assessed_at=last.at if last else None,
    )


def forget(tx: Transaction, job: ForgetAssessment) -> None:
    """Delete an assessment that was kept for three years. What it locks stays locked."""
    if store.forget(tx, job.assessment_id, tx.now - KEPT):
        tx.audit("assessment.forgotten", job.assessment_id)
