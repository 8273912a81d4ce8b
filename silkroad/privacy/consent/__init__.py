"""Consent: what a person agreed to, refused or took back, and the gate that asks. Clauses 1.1, 6.3.

Every answer is a record that is never changed, shaped like ISO/IEC TS 27560; the newest answer to
each purpose and recipient decides. Nobody's silence is an answer: what nobody asked for is off.
The gate stands on the server: whoever touches what rests on consent calls ``require`` in the same
transaction; where nobody agreed, only an exception that is on record lets past, and each time is
written down (4.3). A refusal or a withdrawal costs that one feature, and nothing else.

The way of a withdrawal: ``actions.withdraw`` → ``ConsentChanged`` → the person's other windows
(``live.hear``) and whoever depends on it (``push.wake_absent`` forgets the devices).

After a major change of the policy ``ask_anew`` closes a purpose for all who agreed before (8.0b).
"""

from .actions import (
    About,
    accept_notice,
    ask,
    caller,
    give,
    ground_of,
    is_living,
    is_open,
    require,
    withdraw,
)
from .actions_guardian import ForChild, give_for_child, withdraw_for_child
from .actions_renewal import ask_anew, awaited, chose
from .details import learn
from .events import ConsentChanged
from .jobs import job_actions
from .live import hear
from .model import Agreed, ConsentPurpose, Method, Subject
from .privacy import DECLARATIONS
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "About",
    "Agreed",
    "ConsentChanged",
    "ConsentPurpose",
    "ForChild",
    "Method",
    "Subject",
    "accept_notice",
    "ask",
    "ask_anew",
    "awaited",
    "caller",
    "chose",
    "give",
    "give_for_child",
    "ground_of",
    "hear",
    "is_living",
    "is_open",
    "job_actions",
    "learn",
    "operations",
    "require",
    "withdraw",
    "withdraw_for_child",
]
