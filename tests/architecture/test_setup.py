"""The setup on a poor machine: it says in a sentence what is missing and who can help."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import scripts.setup
from tests.architecture.tree import ROOT


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A clone of the setup alone, beside a folder of programs that starts empty."""
    (tmp_path / "clone" / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup.py", tmp_path / "clone" / "scripts")
    (tmp_path / "bin").mkdir()
    return tmp_path


def install(machine: Path, name: str, script: str) -> None:
    program = machine / "bin" / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def setup(machine: Path, *, as_root: bool) -> subprocess.CompletedProcess[str]:
    """Run the setup with only those programs, as root or as somebody who is not."""
    pretend = f"import os, runpy; os.geteuid = lambda: {0 if as_root else 1000}; "
    start = "runpy.run_path('scripts/setup.py', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[1:] = ['test']; {pretend}{start}"],
        cwd=machine / "clone",
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )


# A Debian without python3-venv; `-c` is how the setup asks for ensurepip.
PYTHON_WITHOUT_VENV = 'case "$1" in --version) echo Python 3.11.2;; *) exit 1;; esac'


def test_without_a_python_it_says_which_one_is_needed(machine: Path) -> None:
    install(machine, "python3", "echo Python 3.9.2")
    ended = setup(machine, as_root=True)
    assert ended.returncode == 1
    assert "Python 3.11 or newer" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_user_without_sudo_is_told_what_to_ask_for(machine: Path) -> None:
    install(machine, "python3", PYTHON_WITHOUT_VENV)
    install(machine, "apt-get", "echo apt-get was started >&2; exit 100")
    ended = setup(machine, as_root=False)
    assert ended.returncode == 1
    assert "ask its administrator to run: apt-get install" in ended.stderr
    assert "chromium" in ended.stderr
    assert "apt-get was started" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_user_whom_sudo_refuses_is_told_the_same(machine: Path) -> None:
    install(machine, "python3", PYTHON_WITHOUT_VENV)
    install(machine, "apt-get", "exit 100")
    install(machine, "sudo", "exit 1")
    ended = setup(machine, as_root=False)
    assert ended.returncode == 1
    assert "ask its administrator" in ended.stderr


def test_another_linux_is_told_the_names(machine: Path) -> None:
    install(machine, "python3", PYTHON_WITHOUT_VENV)
    ended = setup(machine, as_root=True)
    assert ended.returncode == 1
    assert "by their Debian names: " in ended.stderr


def test_root_installs_what_is_missing_and_only_that(machine: Path) -> None:
    install(machine, "python3", PYTHON_WITHOUT_VENV)
    install(machine, "env", 'shift; exec "$@"')
    install(machine, "apt-get", f'echo "$@" >> {machine}/asked; test "$2" = update')
    install(machine, "chromium", "exit 0")
    setup(machine, as_root=True)
    asked = (machine / "asked").read_text().splitlines()
    assert asked[0] == "-qq update"
    assert "python3-venv" in asked[1]
    assert "chromium" not in asked[1]


def test_a_finished_step_is_not_done_again_until_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts.setup, "VENV", tmp_path)
    lock = tmp_path / "lock.txt"
    lock.write_text("one")

    def stale() -> bool:
        with scripts.setup.stamp("step", [lock]) as is_stale:
            return is_stale

    assert [stale(), stale()] == [True, False]
    lock.write_text("two")
    assert [stale(), stale()] == [True, False]
