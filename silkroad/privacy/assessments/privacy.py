"""What is stored of assessments, and why. Clauses P.1, 8.6."""

from __future__ import annotations

from silkroad.kit.inventory import (
    ASSESSMENT,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    passing,
    personal,
    secret,
)

_WORKSPACE = nonpersonal("the company's workspace")
_FEATURE = nonpersonal("which feature")
_WEIGHED = secret("what the company weighed of a feature")
_LEVEL = nonpersonal("how likely or how grave")
_RISK = nonpersonal("what its last assessment left")

DECLARATIONS: Declarations = {
    "assessments": {
        "workspace_id": _WORKSPACE,
        "id": nonpersonal("random id of an assessment"),
        "feature": _FEATURE,
        "purpose": nonpersonal("what the feature is for"),
        "harm": _WEIGHED,
        "measures": _WEIGHED,
        "likelihood_before": _LEVEL,
        "severity_before": _LEVEL,
        "likelihood_after": _LEVEL,
        "severity_after": _LEVEL,
        "assessed_by": personal(
            "member",
            DataClass.AUDIT,
            "S1",
            Purpose.ACCOUNTABILITY,
            source="use",
            basis="legal_duty",
            retention=ASSESSMENT,
            erasure="pseudonymise",
        ),
        "assessed_at": nonpersonal("when it was assessed"),
    },
    "assessed_features": {
        "workspace_id": _WORKSPACE,
        "feature": _FEATURE,
        "risk": _RISK,
        "assessed_at": nonpersonal("when that was"),
    },
}

_ID = nonpersonal("random id of an assessment")

BEYOND: Beyond = {
    "event": {
        "FeatureAssessed": {"feature": _FEATURE},
        "AssessmentHigh": {
            "assessment_id": _ID,
            "feature": _FEATURE,
            "by": passing("member", Purpose.ACCOUNTABILITY),
        },
    },
    "job": {"ForgetAssessment": {"assessment_id": _ID}},
    "audit": {"assessment.made": {"feature": _FEATURE, "risk": _RISK}},
}
