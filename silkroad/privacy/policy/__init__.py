"""The policy that anybody can read, logged out, at ``/privacy``. Clauses P.2, 2.0, 3.5, 3.6, 8.0a.

Its facts (whose data, of which kind, why, on what ground, how long, sealed or not, who receives
it) come from the modules' declarations and from the registry of third parties; only the words are
written by hand, one file for each language. So it cannot forget a column, and it promises nothing
that the declarations do not say. Its version is one hash over the facts and the words; every
version that was shown stays readable. The same facts are there for machines, as JSON-LD and as the
record of processing.
"""

from . import releases
from .actions import keep, keep_question, kept, questions, versions
from .activities import Works, as_text, effective, missing, record
from .model import Answerable, Listed, Shown
from .page import question_page
from .phrases import WORDS
from .privacy import DECLARATIONS
from .routes import Policy, operations, pages, require_shown

__all__ = [
    "DECLARATIONS",
    "WORDS",
    "Answerable",
    "Listed",
    "Policy",
    "Shown",
    "Works",
    "as_text",
    "effective",
    "keep",
    "keep_question",
    "kept",
    "missing",
    "operations",
    "pages",
    "question_page",
    "questions",
    "record",
    "releases",
    "require_shown",
    "versions",
]
