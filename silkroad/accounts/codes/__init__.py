"""One-time codes: six digits to a phone, that prove whose it is. Clauses 1.2.1, 3.1.

A code lives ten minutes and five tries. Only its keyed hash is stored, so a stolen file does not
tell it. Whether a phone is known shows neither in the answer nor in the work that is done.
"""

from .actions import afford, begin, sweep, try_code
from .model import Challenge, CodePurpose

__all__ = ["Challenge", "CodePurpose", "afford", "begin", "sweep", "try_code"]
