"""The files of this repository, as git sees them: committed, or about to be."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is in git or would be after `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def sources(*endings: str, below: str = "") -> Iterator[Path]:
    """Yield the files with one of these endings, best narrowed to one folder."""
    for path in files():
        if path.suffix in endings and path.is_relative_to(ROOT / below):
            yield path


def text(path: Path) -> str | None:
    """Return what a person can read in the file, or None for pictures and the like."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode(errors="replace")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """Name a file the way the reader finds it."""
    return str(path.relative_to(ROOT))
