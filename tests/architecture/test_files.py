"""What every committed file keeps to: short, finished, self-explaining, and at home anywhere."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, name, parsed, sources, text
from tests.architecture.tree import files as all_files

# Put together from halves, so that this file keeps the rules it checks.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(halves))
        for halves in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("npmmirror", "com"),
            ("jsdelivr", "net"),
            ("unpkg", "com"),
        )
    )
)
UNFINISHED = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"
    r"|pytest\.(?:mark\.)?(?:skip|xfail|importorskip)|\b(?:it|test|describe)\.(?:skip|todo|only)\b"
)
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma)(?P<rest>.*)$", re.MULTILINE)
REASONED = re.compile(r"(?::\s*[A-Z0-9, ]+|\[[a-z, -]+\])\s+(?:-|#|\u2013)\s*\S.{2,}")

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["silkroad"]
LONGEST: int = SETTINGS["longest-file"]


def test_no_file_names_a_package_registry() -> None:
    naming = [name(path) for path in all_files() if REGISTRIES.search(text(path) or "")]
    assert naming == []


def test_no_file_is_too_long_to_read() -> None:
    long = {
        name(path): lines
        for path in sources(".py", ".ts", ".tsx")
        if (lines := len(path.read_text().splitlines())) > LONGEST and not may_be_longer(path)
    }
    assert long == {}, f"more than {LONGEST} lines usually hide a second noun"


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{name(path)}: {found.group()}"
        for path in sources(".py", ".ts", ".tsx", ".sh", ".toml")
        if name(path) != "tests/architecture/test_files.py"
        if (found := UNFINISHED.search(path.read_text()))
    ]
    assert left == []


def test_whoever_silences_a_check_says_why_beside_it() -> None:
    unexplained = [
        f"{name(path)}: {found.group()}"
        for path in sources(".py")
        for found in SILENCED.finditer(path.read_text())
        if name(path) != "tests/architecture/test_files.py"
        if not REASONED.match(found["rest"])
    ]
    assert unexplained == []


def test_every_python_file_opens_by_saying_what_it_is() -> None:
    silent = [
        name(path)
        for path in sources(".py")
        if path.stat().st_size and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def may_be_longer(path: Path) -> bool:
    return any(path.match(pattern) for pattern in SETTINGS["may-be-longer"])
