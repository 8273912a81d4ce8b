"""The policy that anybody can read, logged out, at ``/privacy``. Clauses P.2, 2.0, 3.5, 3.6, 8.0a.

Its facts (whose data, of which kind, why, on what ground, how long, sealed or not, who receives
it) come from the modules' declarations and from the registry of third parties; only the words are
written by hand, one file for each language. So it cannot forget a column, and it promises nothing
that the declarations do not say. Its version is one hash over the facts and the words; every
version that was shown stays readable. The same facts are there for machines, as JSON-LD and as the
record of processing; and in short for whoever is about to leave something, where they do.
"""

from . import releases
from .actions import keep, keep_question, kept, questions, versions
from .activities import Door, Works, as_text, effective, missing, record
from .model import Answerable, Kept, Line, Listed, Shown
from .page import question_page
from .phrases import WORDS
from .privacy import DECLARATIONS
from .routes import Policy, operations, pages, require_shown
from .short import Short, learn, short_notice

__all__ = [
    "DECLARATIONS",
    "WORDS",
    "Answerable",
    "Door",
    "Kept",
    "Line",
    "Listed",
    "Policy",
    "Short",
    "Shown",
    "Works",
    "as_text",
    "effective",
    "keep",
    "keep_question",
    "kept",
    "learn",
    "missing",
    "operations",
    "pages",
    "question_page",
    "questions",
    "record",
    "releases",
    "require_shown",
    "short_notice",
    "versions",
]
