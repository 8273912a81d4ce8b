"""The widget: what a visitor's frame asks of the server. Clauses P.2, 1.2, 2.2c.

It adds no data of its own: it puts together the inbox, the notice, the visitor, the one
conversation that they have, and their wake-up.
"""

from .routes import allowed_origins, operations, pages

__all__ = ["allowed_origins", "operations", "pages"]
