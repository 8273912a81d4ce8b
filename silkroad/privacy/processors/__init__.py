"""Processors: every third party there can be, and what each company has agreed with one.

Clauses 1.8b and 1.8c (a company starts and ends each one after its policy was shown), 2.0 (the
table of who gets what), 2.1 (nothing leaves a stated region without a record), 5.0 and 5.2 (nobody
else gets anything; no living contract, no data). The way out asks here before every request.
"""

from .actions import any_on, covered, enable, is_on, third_parties
from .jobs import gate, job_actions
from .live import hear
from .model import Enabling, Kind, Processor
from .privacy import DECLARATIONS
from .registry import (
    PROCESSORS,
    agrees,
    facts_behind,
    keepers,
    maker_of,
    makers,
    products,
    push_services,
)
from .routes import operations
from .telling import Told, notice_hash, told

__all__ = [
    "DECLARATIONS",
    "PROCESSORS",
    "Enabling",
    "Kind",
    "Processor",
    "Told",
    "agrees",
    "any_on",
    "covered",
    "enable",
    "facts_behind",
    "gate",
    "hear",
    "is_on",
    "job_actions",
    "keepers",
    "maker_of",
    "makers",
    "notice_hash",
    "operations",
    "products",
    "push_services",
    "third_parties",
    "told",
]
