"""Limits: how often one phone, address or account may try something. Clause 4.1.2.

They are counted in the database, so a restart forgets nothing, and exactly: a limit of five in
thirty minutes means five in any thirty minutes.
"""

from .actions import forgive, give_back, left, spend, sweep
from .model import Limit

__all__ = ["Limit", "forgive", "give_back", "left", "spend", "sweep"]
