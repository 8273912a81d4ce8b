"""The clause map: what the privacy policy asks for, what keeps it, and whether that is proven.

A row for every clause, in ``map/``: the promise in our words, when it counts as kept, the code that
keeps it, the tests that show it, and what is claimed. What is claimed is no proof: a state comes
from what came of the named tests, on these very files. A promise is printed only where it is kept.
"""

from .evidence import fingerprints, gathered, record
from .map import SECTIONS, Section
from .model import Clause, Evidence, Outcome, State, doubts, rendered, state
from .pages import pages
from .places import is_defined
from .report import as_json, overclaimed, proofs_to_run, table

__all__ = [
    "SECTIONS",
    "Clause",
    "Evidence",
    "Outcome",
    "Section",
    "State",
    "as_json",
    "doubts",
    "fingerprints",
    "gathered",
    "is_defined",
    "overclaimed",
    "pages",
    "proofs_to_run",
    "record",
    "rendered",
    "state",
    "table",
]
