"""The eleven exceptions to consent: each one asked for, grounded, approved, and over by a date.

Where a purpose needs consent and there is none, processing goes on only if a living exception
covers this person, this purpose and this kind of data. Each use is written down in the same
transaction. Clauses 4.3, 4.3.1 to 4.3.11, 4.1.4.
"""

from .actions import covered, covers, refuse_public_sources, whoever_refuses
from .events import ExceptionChanged, ExceptionUsed, PersonTold
from .jobs import job_actions
from .live import hear_changed, hear_told
from .model import KINDS, UNASKED, Answer, Code, Kind, Living, Need, contract_fields
from .privacy import DECLARATIONS
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "KINDS",
    "UNASKED",
    "Answer",
    "Code",
    "ExceptionChanged",
    "ExceptionUsed",
    "Kind",
    "Living",
    "Need",
    "PersonTold",
    "contract_fields",
    "covered",
    "covers",
    "hear_changed",
    "hear_told",
    "job_actions",
    "operations",
    "refuse_public_sources",
    "whoever_refuses",
]
