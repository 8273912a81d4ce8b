"""Assessments: what a feature may do to people, what is done about it, what is left. Clause 8.6.

Whoever answers for a company's privacy writes down the harm, the measures, and likelihood times
severity before and after them. Where what is left is high, the feature is locked on the server from
that commit on, until a later assessment of it says otherwise. A record is kept for three years
(PIPL article 56) and then deleted; the lock stays.
"""

from .actions import is_locked, require_open
from .events import AssessmentHigh, FeatureAssessed
from .jobs import job_actions
from .live import hear
from .model import OWN, Own, Risk
from .privacy import DECLARATIONS
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "OWN",
    "AssessmentHigh",
    "FeatureAssessed",
    "Own",
    "Risk",
    "hear",
    "is_locked",
    "job_actions",
    "operations",
    "require_open",
]
