"""Holdings: everything that is held of one visitor, found by the inventory alone. P.1, 6.1, 6.2.

Whoever copies or erases a person does it with what the modules declare, so a new table is in both
from its first day. One whose rows lead to nobody stops the server from starting.
"""

from .contents import opened_content
from .model import Field, Page, Unclear, told
from .registry import inventory_hash, learn, learned
from .store import Holding, Holdings, shut_out

__all__ = [
    "Field",
    "Holding",
    "Holdings",
    "Page",
    "Unclear",
    "inventory_hash",
    "learn",
    "learned",
    "opened_content",
    "shut_out",
    "told",
]
