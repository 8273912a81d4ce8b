"""What is stored of assessments, and why. Clauses P.1, 8.6."""

from __future__ import annotations

from silkroad.kit.inventory import (
    ASSESSMENT,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_WORKSPACE = nonpersonal("the company's workspace")
_FEATURE = nonpersonal("which feature")
_WEIGHED = nonpersonal("what the company weighed of a feature, sealed")
_LEVEL = nonpersonal("how likely or how grave")

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
            basis="legal_duty",
            retention=ASSESSMENT,
            erasure="pseudonymise",
        ),
        "assessed_at": nonpersonal("when it was assessed"),
    },
    "assessed_features": {
        "workspace_id": _WORKSPACE,
        "feature": _FEATURE,
        "risk": nonpersonal("what its last assessment left"),
        "assessed_at": nonpersonal("when that was"),
    },
}
