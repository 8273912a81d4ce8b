"""Hand-overs: how a visitor's push window, which does not see their cookie, proves whose it is.

A browser asks for leave to notify only in a first-party window, and the visitor's cookie lives in
another partition. So the frame gets a token that works once, within ten minutes; only its hash is
stored.
"""

from .actions import begin, redeem
from .store import sweep

__all__ = ["begin", "redeem", "sweep"]
