"""The installation: who answers for it, how it is set up, and how its operator comes in.

Clauses 9a (nothing works before controller and contact are named), 2.1 (regions), 2.2c (the
operator runs it without reading in it). There is no default account and no default secret: the
server prints a link that works once.
"""

from .actions import (
    change_controller,
    controller,
    controller_name,
    enter_as_operator,
    here,
    is_set_up,
    new_link,
    set_up,
    settle,
)
from .model import Controller, SetupState, checked_region, offered_regions
from .privacy import DECLARATIONS
from .routes import new_operator_link, operations, pages, set_up_link

__all__ = [
    "DECLARATIONS",
    "Controller",
    "SetupState",
    "change_controller",
    "checked_region",
    "controller",
    "controller_name",
    "enter_as_operator",
    "here",
    "is_set_up",
    "new_link",
    "new_operator_link",
    "offered_regions",
    "operations",
    "pages",
    "set_up",
    "set_up_link",
    "settle",
]
