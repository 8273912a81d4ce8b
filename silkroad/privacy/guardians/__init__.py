"""Guardians: a child under 14 waits at the door until a parent or guardian agrees. 7a, 7b.

A company decides whether the widget asks for a birth date; by default it does not, and nothing is
stored. Of whoever is old enough only that is kept. A child's birth date is sealed; until a
guardian's written consent was looked at, and again when it was taken back, the server refuses them
everything but the way to a guardian and to what they take back themselves, which costs nobody an
age or a guardian (6.3a). The consent is an event of the consent ledger, given and taken back for
the child. The guardian's door is their request to the privacy contact.
"""

from .actions import (
    accept,
    admit,
    asks,
    await_guardian,
    children,
    claim,
    consent_of,
    forget,
    has_written,
    held,
    is_under_age,
    may_be_child,
    note_old_enough,
    reject,
    revoke,
    standing_of,
)
from .events import WardChanged
from .jobs import job_actions
from .live import hear
from .model import BirthDateText, GuardianConsent, Relationship, Standing
from .privacy import DECLARATIONS
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "BirthDateText",
    "GuardianConsent",
    "Relationship",
    "Standing",
    "WardChanged",
    "accept",
    "admit",
    "asks",
    "await_guardian",
    "children",
    "claim",
    "consent_of",
    "forget",
    "has_written",
    "hear",
    "held",
    "is_under_age",
    "job_actions",
    "may_be_child",
    "note_old_enough",
    "operations",
    "reject",
    "revoke",
    "standing_of",
]
