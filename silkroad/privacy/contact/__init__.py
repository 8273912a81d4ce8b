"""Contact: questions, complaints and requests about data, from anybody, without an account.

Clauses 6.1d, 9a, 9b. Whoever writes gets a reference and a secret link, under which alone the
answers are shown. What is about data is answered only to somebody who was verified, by the least
that does it; what they prove themselves with is deleted with the decision. Clocks run: a warning on
the 12th working day, a breach in the audit trail after the 15th. See docs/decisions/032.
"""

from .actions import ask_guardian, vouch
from .events import RequestsChanged
from .jobs import job_actions
from .live import hear
from .model import RequestKind, RequestState
from .privacy import DECLARATIONS
from .routes import operations, pages
from .routes_person import answer_url

__all__ = [
    "DECLARATIONS",
    "RequestKind",
    "RequestState",
    "RequestsChanged",
    "answer_url",
    "ask_guardian",
    "hear",
    "job_actions",
    "operations",
    "pages",
    "vouch",
]
