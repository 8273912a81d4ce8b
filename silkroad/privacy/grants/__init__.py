"""Grants: what a company lets a source outside deliver to it about people. Clause 1.8a.

Today there is one such source: the company's own website, which tells its chat who its signed-in
customers are. The grant says who let it, since when, and which details; without a living one a
delivery is refused and nothing of it is stored.
"""

from .actions import end, give, living, require
from .model import Detail, Grant
from .privacy import DECLARATIONS
from .routes import operations

__all__ = ["DECLARATIONS", "Detail", "Grant", "end", "give", "living", "operations", "require"]
