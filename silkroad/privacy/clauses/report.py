"""The map as it is shown: a table for people, rows for programs, and what claims too much."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .model import Clause, Evidence, State, doubts, rendered, state

STATES: tuple[State, ...] = ("kept", "partial", "open")
INDENT = " " * 18


def table(clauses: list[Clause], evidence: Evidence, width: int = 100) -> str:
    """Return every clause with its state and what may be said of it, and the sums below."""
    lines = [line for clause in clauses for line in _lines(clause, evidence, width)]
    found = Counter(state(clause, evidence) for clause in clauses)
    sums = ", ".join(f"{found[name]} {name}" for name in STATES)
    return "\n".join([*lines, "", f"{sums}, of {len(clauses)}.", *_why_none(evidence)])


def _lines(clause: Clause, evidence: Evidence, width: int) -> Iterator[str]:
    head = f"{clause.id:<9}{state(clause, evidence):<9}"
    for paragraph in rendered(clause, evidence):
        yield textwrap.fill(
            paragraph,
            width,
            initial_indent=head,
            subsequent_indent=INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
        head = INDENT


def _why_none(evidence: Evidence) -> Iterator[str]:
    if evidence.why_none:
        yield f"{evidence.why_none} `make clauses` runs the tests that are named and gathers them."


def as_json(clauses: list[Clause], evidence: Evidence) -> list[dict[str, Any]]:
    """Return one row for each clause.

    The text is there in every state, so that a program knows which clause it is; it is a promise
    only in a row whose state is ``kept``.
    """
    return [
        {
            "id": clause.id,
            "state": state(clause, evidence),
            "promise": clause.promise,
            "code": clause.code,
            "tests": clause.tests,
        }
        for clause in clauses
    ]


def overclaimed(clauses: list[Clause], evidence: Evidence) -> dict[str, list[str]]:
    """Return what stands against each clause that claims more than its evidence shows."""
    return {
        clause.id: found
        for clause in clauses
        if clause.claim != "open" and (found := doubts(clause, evidence))
    }


def proofs_to_run(clauses: list[Clause], evidence: Evidence) -> list[str]:
    """Return every test that is named and there, as pytest calls it."""
    named = {test for clause in clauses for test in clause.tests if test not in evidence.lost}
    return sorted(test.replace(": ", "::") for test in named)
