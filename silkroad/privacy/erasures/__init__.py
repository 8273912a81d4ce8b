"""Erasures: all that is held of a visitor is destroyed, and cannot be opened any more. 7b; 6.2b.

First it is written down that they are to be erased, and they are shut out: that is the ledger,
which keeps the id and two times. Then their keys are destroyed, which makes everything unreadable
at once; then files and rows are deleted as the inventory says. Whatever breaks in between is taken
up again. See docs/decisions/042. A single thing that was deleted loses its key (``shred``, 9b).
"""

from .actions import begun, erase, progress_of, shred, under_way
from .events import KeyDestroyed, KeysDestroyed, PersonErased, PersonShutOut
from .jobs import errands, job_actions
from .live import hear_erased, hear_keys, hear_shut_out
from .model import Progress
from .privacy import DECLARATIONS

__all__ = [
    "DECLARATIONS",
    "KeyDestroyed",
    "KeysDestroyed",
    "PersonErased",
    "PersonShutOut",
    "Progress",
    "begun",
    "erase",
    "errands",
    "hear_erased",
    "hear_keys",
    "hear_shut_out",
    "job_actions",
    "progress_of",
    "shred",
    "under_way",
]
