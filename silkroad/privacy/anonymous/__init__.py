"""Making data anonymous for good: figures in which nobody can be found again. Clause D.7.

Pure arithmetic over values that were put into classes before. There is no pseudonym, so there is
no salt and no key that would have to be destroyed; see docs/decisions/043.
"""

from .lattice import anonymise
from .model import ANY, CEILING, DEFAULT, FLOOR, Anonymous, Attribute, Case, Line, attribute

__all__ = [
    "ANY",
    "CEILING",
    "DEFAULT",
    "FLOOR",
    "Anonymous",
    "Attribute",
    "Case",
    "Line",
    "anonymise",
    "attribute",
]
