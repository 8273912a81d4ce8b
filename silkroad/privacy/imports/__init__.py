"""Imports: somebody brings in other people's data, and attests that they may. Clause 1.6b.

Each time, for one person or for many, they say on which ground, and confirm a text that tells them
what they answer for. The import keeps who, when, how many, the ground and the hash of the text; the
rows that came in by it carry ground and hash themselves.
"""

from .actions import attest
from .model import Attestation, Import
from .privacy import DECLARATIONS
from .routes import operations

__all__ = ["DECLARATIONS", "Attestation", "Import", "attest", "operations"]
