"""What the chat leaves in the visitor's own browser. Clauses P.1, 3.4a."""

from __future__ import annotations

from silkroad.kit.inventory import (
    SHORT,
    Beyond,
    DataClass,
    Purpose,
    nonpersonal,
    personal,
)

_UNSENT = personal(
    "visitor",
    DataClass.MESSAGE,
    "S2",
    Purpose.CONVERSATION,
    source="subject",
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
    lies="browser",
)

BEYOND: Beyond = {
    "browser": {
        "widget/src/queue.ts": {"indexedDB": _UNSENT},
        "widget/src/loader/main.ts": {
            "localStorage": nonpersonal("that somebody has written from this browser")
        },
    }
}
"""Unsent words lie in the clear, in the frame's own partition, until the server has them."""
