"""The policy that anybody can read, logged out, at ``/privacy``. Clauses P.2, 3.6, 9a.

Its facts (whose data, of which kind, why, on what ground, how long, sealed or not) come from the
modules' declarations; only the words are written by hand, one file for each language. So it cannot
forget a column, and it promises nothing that the declarations do not say. Its version is the hash
of its text.
"""

from .model import Answerable
from .routes import operations, pages, require_shown, version_of

__all__ = ["Answerable", "operations", "pages", "require_shown", "version_of"]
