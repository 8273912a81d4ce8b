"""HTTP: typed operations, one shape for errors, and the documents that are made from them."""

from .beat import on_the_beat
from .call import Call
from .cookies import CONSOLE, YEAR, Cookie, visitor_cookie
from .house import House
from .operations import Download, Empty, Flow, Operation, Ticket, operation
from .throttle import Rate, Throttle

__all__ = [
    "CONSOLE",
    "YEAR",
    "Call",
    "Cookie",
    "Download",
    "Empty",
    "Flow",
    "House",
    "Operation",
    "Rate",
    "Throttle",
    "Ticket",
    "on_the_beat",
    "operation",
    "visitor_cookie",
]
