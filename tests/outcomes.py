"""Writes down what came of each test, into ``build/tests.json``: the evidence of the clause map."""

from __future__ import annotations

import os

import pytest

from silkroad.privacy.clauses import Outcome, fingerprints, record

CHOOSING = ("keyword", "markexpr", "deselect", "lf", "stepwise")
ENDED = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
WORST_FIRST: tuple[Outcome, ...] = ("failed", "skipped", "passed")


class Outcomes:
    """A plugin of the process that gathers the reports: all of them, also those of other workers.

    A test has passed when its call has; a failure before or after it, or one at other values of the
    same test, outweighs that. A test of which nothing was heard stands nowhere, and a run that was
    cut short, or left out some of the values of a test, is no evidence at all.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._file = config.rootpath / "build" / "tests.json"
        self._made_from = fingerprints(config.rootpath)  # what is changed later is not tested
        self._whole = is_whole(config)
        self._came: dict[str, Outcome] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            test = place(report.nodeid)
            before = self._came.get(test, "passed")
            self._came[test] = min(before, report.outcome, key=WORST_FIRST.index)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        ended = exitstatus in ENDED and not (session.shouldstop or session.shouldfail)
        if self._came and self._whole and ended:
            self._file.parent.mkdir(exist_ok=True)
            fresh = self._file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(record(self._made_from, self._came))
            fresh.replace(self._file)


def is_whole(config: pytest.Config) -> bool:
    """Say whether each test that is run is run at all values that it has at this depth."""
    chosen = (config.getoption(option, default=None) for option in CHOOSING)
    return not any(chosen) and not any("[" in argument for argument in config.args)


def place(node: str) -> str:
    """Return where a test is, without the values that it ran with."""
    file, _, name = node.partition("[")[0].partition("::")
    return f"{file}: {name}"
