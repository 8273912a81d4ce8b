"""How deep the tests go: ``merge`` at every change, ``prove`` before a release, ``soak`` for days.

``make test``, ``make prove`` and ``make soak`` set TEST_DEPTH. A test that would take too
long at every change carries the ``prove`` mark, and sizes that grow with the depth ask here.
"""

from __future__ import annotations

import os
from typing import TypeVar

from silkroad.kit.languages import LANGUAGES

T = TypeVar("T")

DEPTHS = ("merge", "prove", "soak")
DEPTH = os.environ.get("TEST_DEPTH", "merge")


def by_depth(merge: T, prove: T, soak: T) -> T:
    """Return the size of a trial at the depth that was asked for."""
    return (merge, prove, soak)[DEPTHS.index(DEPTH)]


HERE = by_depth(LANGUAGES[1:2], LANGUAGES, LANGUAGES)
"""The languages that a page is walked through in: at every change one that has no alphabet."""


def deep_enough(mark: str) -> bool:
    """Whether tests that carry this mark are run now."""
    return DEPTHS.index(DEPTH) >= DEPTHS.index(mark)
