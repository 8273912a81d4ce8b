"""Places in the source, written ``folder/file.py: name``, and whether something is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CARRIED = "silkroad/"
"""What an installed copy carries of the repository: the server, no tests and no web sources."""


def lost(root: Path, places: set[str]) -> frozenset[str]:
    """Return the places with nothing of the name; what is not carried here is not looked for."""
    looked_for = places if is_clone(root) else {p for p in places if p.startswith(CARRIED)}
    return frozenset(place for place in looked_for if not _is_there(root, place))


def is_clone(root: Path) -> bool:
    """Say whether this is the whole repository and not an installed copy of the server."""
    return (root / "pyproject.toml").is_file()


def _is_there(root: Path, place: str) -> bool:
    file, _, name = place.partition(": ")
    return (root / file).is_file() and is_defined(root / file, name)


def is_defined(path: Path, name: str) -> bool:
    """Say whether a file defines a name; one that it only uses or imports does not count."""
    if path.suffix == ".py":
        return name in _definitions(path)
    word = re.escape(name)
    made = rf"^\s*(?:export )?(?:default )?(?:async )?(?:function|const|let|class) {word}\b"
    return bool(re.search(made, path.read_text(), re.MULTILINE))


@cache
def _definitions(path: Path) -> frozenset[str]:
    return frozenset(_defined(ast.parse(path.read_text(), filename=str(path)).body))


def _defined(body: list[ast.stmt], inside: str = "") -> Iterator[str]:
    """Yield functions, classes, methods (as ``Class.method``) and constants."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inside + node.name
        if isinstance(node, ast.ClassDef):
            yield from _defined(node.body, f"{inside}{node.name}.")
        if isinstance(node, ast.Assign):
            yield from (inside + t.id for t in node.targets if isinstance(t, ast.Name))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield inside + node.target.id
