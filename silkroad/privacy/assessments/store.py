"""The tables of assessments, which are never rewritten, and of what they lock."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from silkroad.engines.database import Row, Statement, Transaction, Upsert, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.kit.inventory import Purpose

from .model import KEPT, MOST_SHOWN, Assessment, AssessmentDraft, Risk, risk_of

assessments = Table(
    "assessments",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("feature", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("harm", LargeBinary, nullable=False),
    Column("measures", LargeBinary, nullable=False),
    Column("likelihood_before", Integer, nullable=False),
    Column("severity_before", Integer, nullable=False),
    Column("likelihood_after", Integer, nullable=False),
    Column("severity_after", Integer, nullable=False),
    Column("assessed_by", Text, nullable=False),
    Column("assessed_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "assessed_at"),
)
assessed_features = Table(
    "assessed_features",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("feature", Text, primary_key=True),
    Column("risk", Text, nullable=False),
    Column("assessed_at", BigInteger, nullable=False),
)

_a, _f = assessments.c, assessed_features.c
_ADD = insert_into(assessments)
_NEWEST = Statement(
    select(assessments)
    .where(mine(assessments))
    .order_by(_a.assessed_at.desc(), _a.id.desc())
    .limit(MOST_SHOWN)
)
_FORGET = Statement(
    delete(assessments)
    .where(
        mine(assessments),
        _a.id == bindparam("of_id"),
        _a.assessed_at <= bindparam("before"),
    )
    .returning(_a.id)
)
_SETTLE = Upsert(assessed_features, ("workspace_id", "feature"), ("risk", "assessed_at"))
_FEATURES = Statement(select(_f.feature, _f.risk, _f.assessed_at).where(mine(assessed_features)))


class Assessed(NamedTuple):
    """What the last assessment of a feature left, and when it was made (ms)."""

    risk: Risk
    at: int


def add(tx: Transaction, assessment_id: str, draft: AssessmentDraft) -> None:
    """Write an assessment of the caller's down."""
    place = tx.scope.workspace_id
    tx.all(
        _ADD,
        id=assessment_id,
        feature=draft.feature,
        purpose=draft.purpose,
        harm=tx.seal(place, _a.harm, assessment_id, draft.harm),
        measures=tx.seal(place, _a.measures, assessment_id, draft.measures),
        likelihood_before=draft.likelihood_before,
        severity_before=draft.severity_before,
        likelihood_after=draft.likelihood_after,
        severity_after=draft.severity_after,
        assessed_by=tx.scope.actor_id,
        assessed_at=tx.now,
    )


def newest(tx: Transaction) -> list[Assessment]:
    """Return the newest assessments, opened."""
    return [_assessment(tx, row) for row in tx.all(_NEWEST)]


def forget(tx: Transaction, assessment_id: str, before: int) -> bool:
    """Delete an assessment that was made before a time (ms); False when there is none."""
    return bool(tx.all(_FORGET, of_id=assessment_id, before=before))


def settle(tx: Transaction, feature: str, risk: Risk) -> None:
    """Note what is left of a feature's risk, by its last assessment."""
    tx.all(_SETTLE, feature=feature, risk=risk, assessed_at=tx.now)


def assessed(tx: Transaction) -> dict[str, Assessed]:
    """Return every feature that was assessed."""
    return {name: Assessed(risk, at) for name, risk, at in tx.all(_FEATURES)}


def _assessment(tx: Transaction, row: Row) -> Assessment:
    place, assessment_id, feature, purpose, harm, measures, *levels, by, at = row
    likely_before, grave_before, likely_after, grave_after = levels
    return Assessment(
        id=assessment_id,
        feature=feature,
        purpose=Purpose(purpose),
        harm=tx.open(place, _a.harm, assessment_id, harm),
        measures=tx.open(place, _a.measures, assessment_id, measures),
        likelihood_before=likely_before,
        severity_before=grave_before,
        risk_before=risk_of(likely_before, grave_before),
        likelihood_after=likely_after,
        severity_after=grave_after,
        risk_after=risk_of(likely_after, grave_after),
        assessed_by=by,
        assessed_at=at,
        kept_until=at + KEPT,
    )
