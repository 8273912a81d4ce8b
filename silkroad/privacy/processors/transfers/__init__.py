"""Transfers: that data may leave a region which nothing leaves unnoticed, and why. Clause 2.1.

One record for each decision of an administrator: from where to where, on what ground, which
assessment stands behind it. PIPL art. 38 and 39 name the grounds; a record is no proof that one is
met, it says who took the decision.
"""

from .actions import end, live, newest, record
from .model import Transfer, TransferDraft

__all__ = ["Transfer", "TransferDraft", "end", "live", "newest", "record"]
