"""The maps in docs lead somewhere: each path, function and test that a page names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from silkroad.privacy.clauses import is_defined
from tests.architecture.tree import ROOT, name, sources

PLACE = re.compile(r"`([\w./-]+\.(?:py|tsx?)): ([\w.]+)`")
PATH = re.compile(r"`((?:silkroad|web|tests|bench|scripts|docs|requirements)/[\w./-]+)")
BUILT = ("silkroad/web/",)  # made by `make web`, and in no clone before that

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
