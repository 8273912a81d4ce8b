"""Copies: everything that is held of a visitor, as one file for whoever may have it. 5.5, 6.1a, 7b.

It is made while it is sent and never lies on a disk. Who may have one is the caller's question,
asked and written down before.
"""

from .making import EVERYTHING, Order, copy_of

__all__ = ["EVERYTHING", "Order", "copy_of"]
