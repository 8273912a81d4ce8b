"""Writes down what came of each test, into ``build/tests.json``: the evidence of the clause map."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from silkroad.privacy.clauses import Outcome, fingerprints, record

WORST_FIRST: tuple[Outcome, ...] = ("failed", "skipped", "passed")


class Outcomes:
    """A plugin of the process that gathers the reports: all of them, also those of other workers.

    A test has passed when its call has; a failure before or after it, or one at other values of the
    same test, outweighs that. A test of which nothing was heard stands nowhere.
    """

    def __init__(self, root: Path) -> None:
        self._file = root / "build" / "tests.json"
        self._made_from = fingerprints(root)  # now: what is changed from here on is not tested
        self._came: dict[str, Outcome] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            test = place(report.nodeid)
            before = self._came.get(test, "passed")
            self._came[test] = min(before, report.outcome, key=WORST_FIRST.index)

    def pytest_sessionfinish(self) -> None:
        if self._came:
            self._file.parent.mkdir(exist_ok=True)
            fresh = self._file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(record(self._made_from, self._came))
            fresh.replace(self._file)


def place(node: str) -> str:
    """Return where a test is, without the values that it ran with."""
    file, _, name = node.partition("[")[0].partition("::")
    return f"{file}: {name}"
