"""The locks say the same as pyproject.toml, pin every file by its hash, and name no host."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NAME = re.compile(r"^([a-z][a-z0-9-]*)", re.MULTILINE)


def test_what_is_locked_is_what_the_package_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {found[1] for wanted in project["dependencies"] if (found := NAME.match(wanted))}
    assert declared == wanted("runtime")


def test_what_is_locked_for_the_grown_up_engines_are_the_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    assert {found[1] for extra in extras if (found := NAME.match(extra))} == wanted("scale")


def wanted(lock: str) -> set[str]:
    return set(NAME.findall((ROOT / "requirements" / f"{lock}.in").read_text()))


def test_testing_happens_with_the_versions_that_run() -> None:
    assert pins("runtime") <= pins("scale") <= pins("dev")
    assert pins("bootstrap") & pins("dev") >= {
        pin for pin in pins("bootstrap") if not pin.startswith(("pip==", "setuptools=="))
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_entry_has_its_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n?", "", text, flags=re.MULTILINE))
    assert all(re.match(r"\S+==\S+.*--hash=sha256:[0-9a-f]{64}", e, re.DOTALL) for e in entries)
    assert "://" not in text
    assert "index" not in re.sub(r"^ *#.*", "", text, flags=re.MULTILINE)


def pins(lock: str) -> set[str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return set(re.findall(r"^(\S+==\S+)", text, re.MULTILINE))


def test_every_node_package_that_linux_fetches_is_pinned_by_its_hash() -> None:
    lock = ROOT / "web" / "package-lock.json"
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text())["packages"]
    loose = [
        place
        for place, entry in packages.items()
        if place and "integrity" not in entry and is_for_us(entry)
    ]
    assert loose == []
    assert not any("resolved" in entry for entry in packages.values())


def is_for_us(entry: dict[str, Any]) -> bool:
    return "linux" in entry.get("os", ["linux"]) and "glibc" in entry.get("libc", ["glibc"])
