"""The maps in docs lead somewhere: each path, function and test that a page names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name, parsed, sources

PLACE = re.compile(r"`([\w./-]+\.(?:py|tsx?)): ([\w.]+)`")
PATH = re.compile(r"`((?:silkroad|web|tests|bench|scripts|docs|requirements)/[\w./-]+)")
BUILT = ("silkroad/web/",)  # made by `make web`, and in no clone before that

CLAUSE = re.compile(r"^## (\S+) · (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

JOURNEYS = list(sources(".md", below="docs/journeys"))
PAGES = [path for path in sources(".md") if path.is_relative_to(ROOT / "docs")] + [
    path for path in sources(".md") if path.parent == ROOT
]


def test_there_are_journeys_and_they_name_their_way() -> None:
    assert JOURNEYS
    for page in JOURNEYS:
        assert len(PLACE.findall(page.read_text())) > 20


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_name_on_a_page_is_in_its_file(page: Path) -> None:
    lost = [
        f"{file}: {step}"
        for file, step in PLACE.findall(page.read_text())
        if not (ROOT / file).is_file() or not is_defined(ROOT / file, step)
    ]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_path_on_a_page_exists(page: Path) -> None:
    named = [path.rstrip(".") for path in PATH.findall(page.read_text())]
    assert [p for p in named if not (p.startswith(BUILT) or (ROOT / p).exists())] == []


def test_every_clause_has_a_state_and_says_what_holds_it() -> None:
    clauses = CLAUSE.findall((ROOT / "docs" / "clauses.md").read_text())
    assert len(clauses) == len({clause for clause, _, _ in clauses}) > 10
    for clause, state, text in clauses:
        assert state in {"kept", "partial", "open"}, clause
        assert "**Code**: `" in text, clause
        assert state != "kept" or ("**Tests**: `" in text and "**Missing**" not in text), clause
        assert state == "kept" or "**Missing**: " in text, clause


@pytest.mark.parametrize(
    ("file", "step", "there"),
    [
        ("silkroad/conversations/actions.py", "send_message", True),
        ("silkroad/conversations/actions.py", "send_carrier_pigeon", False),
        ("silkroad/engines/database/transaction.py", "Transaction.emit", True),
        ("silkroad/engines/database/transaction.py", "Transaction.Committed", False),
        ("silkroad/wiring.py", "CONSUMERS", True),
        ("silkroad/wiring.py", "send_message", False),
        ("web/live/src/client.ts", "live", True),
        ("web/live/src/client.ts", "welcome", True),
        ("web/live/src/client.ts", "Outgoing", False),
    ],
)
def test_the_check_itself_can_tell(file: str, step: str, there: bool) -> None:
    assert is_defined(ROOT / file, step) is there


def is_defined(path: Path, step: str) -> bool:
    """Say whether a file defines a name; one that it only uses or imports does not count."""
    if path.suffix == ".py":
        return step in definitions(path)
    word = re.escape(step)
    made = rf"^\s*(?:export )?(?:default )?(?:async )?(?:function|const|let|class) {word}\b"
    return bool(re.search(made, path.read_text(), re.MULTILINE))


@cache
def definitions(path: Path) -> frozenset[str]:
    return frozenset(defined(parsed(path).body))


def defined(body: list[ast.stmt], inside: str = "") -> Iterator[str]:
    """Yield functions, classes, methods (as ``Class.method``) and constants."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inside + node.name
        if isinstance(node, ast.ClassDef):
            yield from defined(node.body, f"{inside}{node.name}.")
        if isinstance(node, ast.Assign):
            yield from (inside + t.id for t in node.targets if isinstance(t, ast.Name))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield inside + node.target.id
