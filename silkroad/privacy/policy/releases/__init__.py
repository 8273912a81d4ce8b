"""Versions of what the program declares: what changed since the last one, and whether it was said.

``released.json`` is the record of processing as it was last released, with its number. A program
whose record differs from it is not to be released: ``silkroad policy check`` says what changed, and
how much it matters. Clauses 1.8d, 4.1.6, 8.1 to 8.4.
"""

from .diff import changes_between
from .files import RELEASED, Release, Unreleased, Unreviewed, check, plain, read, release, review
from .model import Change, Record, Weight, Where, weight_of

__all__ = [
    "RELEASED",
    "Change",
    "Record",
    "Release",
    "Unreleased",
    "Unreviewed",
    "Weight",
    "Where",
    "changes_between",
    "check",
    "plain",
    "read",
    "release",
    "review",
    "weight_of",
]
