"""Proofs of the clause map, end to end: tests are run, and their promise stands or falls with them.

Everything happens in a copy of this repository, in which the tests of one clause are changed as a
careless person would.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT

CLAUSE, PROMISE = "D.4", "Whatever can be linked to a person counts as personal"
FILE, NAMED = "tests/privacy/test_inventory.py", "test_the_check_itself_can_tell"
BESIDE = "tests/engines/database/test_seals.py"
"""It has another of the clause's tests, which nobody changes."""

COPIED = ("silkroad", "tests", "pyproject.toml", "README.md")

Change = Callable[[str], str]


class Copy:
    """A copy of the repository, with somebody who works on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=built)
            else:
                shutil.copy(ROOT / name, root / name)

    def change(self, change: Change) -> None:
        file = self.root / FILE
        file.write_text(change(file.read_text()))

    def test(self, *more: str) -> None:
        """Run the clause's tests, and whatever comes of them."""
        plugins = ("-p", "pytest_timeout", "-p", "anyio")
        words = ("-m", "pytest", *plugins, "--timeout=0", FILE, BESIDE, *more)
        bare = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # half of the time
        subprocess.run(
            [sys.executable, *words], cwd=self.root, env=bare, check=False, capture_output=True
        )

    def says(self, *more: str, expecting: int = 0) -> str:
        """Return what ``silkroad clauses`` says about what came of them."""
        command = (sys.executable, "-m", "silkroad", "clauses", "--results", "build/tests.json")
        done = subprocess.run(
            [*command, *more],
            cwd=self.root,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == expecting, done.stdout
        return done.stdout

    def state(self) -> str:
        rows: list[dict[str, Any]] = json.loads(self.says("--json"))
        return next(str(row["state"]) for row in rows if row["id"] == CLAUSE)


def built(folder: str, names: list[str]) -> set[str]:
    """Say which files of a folder are made and not written; what is compiled saves time."""
    return {"web"} & set(names) if Path(folder) == ROOT / "silkroad" else set()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def failing(text: str) -> str:
    return text.replace('("ip", "TEXT", NOBODY, "tells of a person")', '("ip", "TEXT", NOBODY, "")')


def left_out(text: str) -> str:
    marked = f'@pytest.mark.{"sk"}ip(reason="it takes so long")\ndef {NAMED}('
    return text.replace(f"def {NAMED}(", marked)


def renamed(text: str) -> str:
    return text.replace(f"def {NAMED}(", "def test_another_name(")


def deleted(text: str) -> str:
    return text[: text.index("SEALED = ")] + text[text.index("def schema(") :]


def broken(text: str) -> str:
    return f"import nothing_of_that_name\n{text}"


IN_DEPTH = pytest.mark.prove  # each starts Python several times
SPREAD = ("-p", "xdist", "--numprocesses", "2")


@pytest.mark.parametrize(
    "spread", [pytest.param((), id="one"), pytest.param(SPREAD, id="spread", marks=IN_DEPTH)]
)
def test_a_promise_whose_tests_passed_is_said(copy: Copy, spread: tuple[str, ...]) -> None:
    copy.test(*spread)
    assert copy.state() == "kept"
    assert PROMISE in flat(copy.says())
    assert f"{CLAUSE}:" not in copy.says("--check", expecting=2), "others were not run, this was"
    copy.change(lambda text: f"{text}\n")
    assert copy.state() == "open", "what was tested is not what is there"
    assert "Nothing counts as proven: the results are of other files." in copy.says()


@pytest.mark.parametrize(
    "change",
    [
        failing,
        broken,
        *(pytest.param(change, marks=IN_DEPTH) for change in (renamed, left_out, deleted)),
    ],
)
def test_a_promise_whose_tests_are_not_green_is_not_said(copy: Copy, change: Change) -> None:
    before = (copy.root / FILE).read_text()
    copy.change(change)
    assert (copy.root / FILE).read_text() != before
    copy.test()
    assert copy.state() in {"partial", "open"}
    gathered = (copy.root / "build" / "tests.json").exists()  # a broken file stopped everything
    why = f"{CLAUSE}: {FILE}: {NAMED}" if gathered else "silkroad: Nothing counts as proven"
    assert gathered is (change is not broken)
    said = flat(copy.says("--check", expecting=2))
    assert (why in said, PROMISE in said) == (True, False)


@pytest.mark.prove
@pytest.mark.parametrize("less", [("-k", NAMED), ("-x",)], ids=["chosen", "cut short"])
def test_a_run_of_less_is_no_evidence(copy: Copy, less: tuple[str, ...]) -> None:
    copy.change(failing)
    copy.test(*less)
    assert not (copy.root / "build").exists()


def test_without_results_nothing_counts_as_proven(copy: Copy) -> None:
    told = flat(copy.says())
    assert "Nothing counts as proven: there are no results of the tests." in told
    assert "0 kept, 0 partial, 102 open, of 102." in told
    assert PROMISE not in told
    (copy.root / "build").mkdir()
    (copy.root / "build" / "tests.json").write_text('{"outcomes": 7}')
    assert "cannot be read" in copy.says(expecting=2)


def flat(text: str) -> str:
    """Return a text without the breaks of its lines."""
    return " ".join(text.split())
