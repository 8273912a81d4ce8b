"""Silkroad carries what it uses and uses what it carries, and says both in one place."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.architecture.tree import ROOT, parsed, sources

PROVIDERS = packages_distributions()
OURS = {"silkroad", "tests", "bench", "scripts"}
NAMED_NOT_IMPORTED = {
    "anyio",  # what httpcore2's own backend runs on
    "httptools",  # uvicorn takes this one and the next by name, in serving.py
    "websockets",
}
TOOLS = {
    "build",
    "flask",  # what moto's server runs on, with the next
    "flask-cors",
    "hatchling",
    "import-linter",
    "mypy",
    "pytest-timeout",
    "pytest-xdist",
    "ruff",
}


def test_the_server_uses_exactly_what_it_declares() -> None:
    used = {package for path in sources(".py", below="silkroad") for package in imports(path)}
    assert used | NAMED_NOT_IMPORTED == declared("runtime") | declared("scale")


def test_the_tests_use_exactly_what_is_installed_for_them() -> None:
    folders = ("tests", "bench", "scripts")
    files = [path for folder in folders for path in sources(".py", below=folder)]
    used = {package for path in files for package in imports(path)}
    known = declared("runtime") | declared("scale")
    assert used | TOOLS == used & known | declared("dev")


def declared(lock: str) -> set[str]:
    text = (ROOT / "requirements" / f"{lock}.in").read_text()
    return set(re.findall(r"^([a-z0-9-]+)(?:\[[a-z0-9,]+\])?$", text, re.MULTILINE))


def imports(path: Path) -> Iterator[str]:
    """Yield the packages, as an index calls them, that a file of ours imports."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (package for alias in node.names for package in provider(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from provider(node.module)


def provider(module: str) -> set[str]:
    top = module.partition(".")[0]
    if top in OURS | sys.stdlib_module_names:
        return set()
    return {name.lower().replace("_", "-") for name in PROVIDERS.get(top, [top])}
