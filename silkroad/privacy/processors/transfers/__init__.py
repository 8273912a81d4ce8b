"""Transfers: that data may leave the region a company has stated, and why. Clause 2.1.

One record for each decision of an administrator: from where to where, on what ground, which paper
stands behind it. The grounds are those of the region's law (``bases_of``); a record is no proof
that one is met, it says who took the decision.
"""

from .actions import end, live, newest, record
from .model import Transfer, TransferBasis, TransferDraft, bases_of

__all__ = [
    "Transfer",
    "TransferBasis",
    "TransferDraft",
    "bases_of",
    "end",
    "live",
    "newest",
    "record",
]
