"""The permission table, kept as data in permissions.csv: who gets how far, at every door.

A row is an operation or a frame, and whose things it is about. A cell says ``yes``, or how they are
refused: ``sign in`` (nobody knows who they are), ``read`` (the notice comes first; no request here
has one), ``no`` (they may not, or have not agreed), ``nothing`` (for them there is no such thing),
``no line`` (they have no socket).
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import httpx2

from silkroad.parts import FRAMES, OPERATIONS

from .asking import OBJECTS, leaves, slots
from .principals import THERE

FILE = Path(__file__).with_name("permissions.csv")
COLUMNS = [*THERE[:4], "agent elsewhere", *THERE[4:]]
ANSWERS = {"yes", "sign in", "read", "no", "nothing", "no line"}
OWNED = {
    *("conversation", "file", "session", "passkey", "device", "wake"),
    *("member", "inbox", "workspace"),
}
REFUSED = {
    "signed_out": "sign in",
    "notice_required": "read",
    "consent_required": "no",
    "forbidden": "no",
    "not_found": "nothing",
}
"""Codes that shut a door; every other refusal is about what somebody has in hand."""


class Row(NamedTuple):
    """What one door says, to everybody."""

    door: str
    about: str
    says: dict[str, str]


def table() -> list[Row]:
    """Return the table as it is written."""
    with FILE.open(newline="") as file:
        return [
            Row(row.pop("door"), row.pop("about"), row) for row in csv.DictReader(file, strict=True)
        ]


def doors() -> list[tuple[str, str]]:
    """Return every row that there has to be: by operation or frame, and by whose things."""
    named = {
        operation.name: any(s.where == "path" and s.kind in OWNED for s in slots(operation))
        or operation.name == "me.switch"
        for operation in OPERATIONS
    }
    named |= {
        frame.frame.__name__: any(leaf.way[-1] in OBJECTS for leaf in leaves(frame.frame))
        for frame in FRAMES
    }
    return [
        (name, about)
        for name, owned in named.items()
        for about in (("other's", "own") if owned else ("-",))
    ]


def said_by(answer: httpx2.Response) -> str:
    """Return what a door has said, in the words of the table."""
    return "yes" if answer.status_code < 400 else REFUSED.get(answer.json()["code"], "yes")
