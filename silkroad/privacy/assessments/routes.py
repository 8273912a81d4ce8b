"""HTTP operations of assessments: for administrators."""

from __future__ import annotations

from silkroad.http import Call, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission

from . import actions
from .model import AssessmentDraft, AssessmentList


@operation(
    "assessments.list",
    "GET",
    "/api/assessments",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.AUDIT},
    audited=False,
)
async def list_assessments(call: Call) -> AssessmentList:
    """Return the newest assessments, and everything that can be assessed."""
    return await call.house.db.read(call.scope, actions.overview, call.house.features)


@operation(
    "assessments.assess",
    "POST",
    "/api/assessments",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.AUDIT},
    audited=True,
)
async def assess(call: Call, body: AssessmentDraft) -> AssessmentList:
    """Write an assessment down; a high rest of risk locks the feature at once."""
    return await call.house.db.write(call.scope, actions.assess, body, call.house.features)


operations = [list_assessments, assess]
