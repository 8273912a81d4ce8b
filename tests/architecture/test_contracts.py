"""The import contracts hold: plant every kind of wrong import in a copy and see each one caught.

One copy, one run of import-linter, then one test for each planted line, so that a contract which
quietly stops looking is noticed at once.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")

DOWN = "Imports go down only"
FACE = "Neighbours meet at the face"
ORDER = "Inside a module"
CIRCLE = "Nothing comes round in a circle"
DRIVER = "Database drivers stay"
SQL = "SQL is written"
WEB = "The web framework stays"
CHANCE = "Time and chance are handed in"
NETWORK = "The network has one way out"

HEADING = re.compile(r"^([^\n]+)\n-+\n(.*?)(?=^[^\n]+\n-+\n|\Z)", re.MULTILINE | re.DOTALL)


class Plant(NamedTuple):
    """A wrong line, where it is planted, and what its contract must say about it."""

    contract: str
    file: str
    line: str
    caught_as: str


PLANTS = [
    Plant(DOWN, "kit/ids.py", "import silkroad.settings", "kit.ids -> silkroad.settings"),
    Plant(DOWN, "accounts/actions.py", "import silkroad.push", "accounts.actions -> silkroad.push"),
    Plant(DOWN, "privacy/weed.py", "import silkroad.accounts", "privacy.weed -> silkroad.accounts"),
    Plant(DOWN, "live/weed.py", "import silkroad.http", "live.weed -> silkroad.http"),
    Plant(DOWN, "gossip/__init__.py", "", "silkroad.gossip"),
    Plant(
        FACE,
        "push/actions.py",
        "from silkroad.conversations import store",
        "push.actions -> silkroad.conversations.store",
    ),
    Plant(
        FACE,
        "push/weed.py",
        "from silkroad.conversations.actions import send_message",
        "push.weed -> silkroad.conversations.actions",
    ),
    Plant(
        FACE,
        "accounts/routes.py",
        "import silkroad.accounts.sessions.store",
        "accounts.routes -> silkroad.accounts.sessions.store",
    ),
    Plant(
        FACE,
        "wiring.py",
        "import silkroad.conversations.store",
        "wiring -> silkroad.conversations.store",
    ),
    Plant(
        ORDER,
        "conversations/model.py",
        "from . import store",
        "conversations.model -> silkroad.conversations.store",
    ),
    Plant(
        ORDER,
        "conversations/store.py",
        "from .routes import x",
        "conversations.store -> silkroad.conversations.routes",
    ),
    Plant(
        ORDER,
        "conversations/actions.py",
        "from . import routes_weed",
        "conversations.actions -> silkroad.conversations.routes_weed",
    ),
    Plant(
        ORDER,
        "conversations/events.py",
        "from silkroad.conversations import x",
        "conversations.events -> silkroad.conversations",
    ),
    Plant(CIRCLE, "kit/weed_a.py", "import silkroad.kit.weed_b", ".weed_"),
    Plant(DRIVER, "conversations/actions.py", "import apsw", "conversations.actions -> apsw"),
    Plant(DRIVER, "migrations/weed.py", "import sqlite3", "migrations.weed -> sqlite3"),
    Plant(SQL, "conversations/actions.py", "import sqlalchemy", "actions -> sqlalchemy"),
    Plant(SQL, "http/weed.py", "from sqlalchemy import select", "http.weed -> sqlalchemy"),
    Plant(WEB, "conversations/actions.py", "import starlette", "actions -> starlette"),
    Plant(WEB, "engines/weed.py", "from starlette.routing import Route", "weed -> starlette"),
    Plant(CHANCE, "accounts/actions.py", "import secrets", "accounts.actions -> secrets"),
    Plant(CHANCE, "engines/weed.py", "from time import time", "engines.weed -> time"),
    Plant(NETWORK, "push/actions.py", "import httpcore2", "push.actions -> httpcore2"),
    Plant(NETWORK, "engines/weed.py", "import socket", "engines.weed -> socket"),
]

# What planted lines point at, where the real tree has no such file.
SOIL = {
    "kit/weed_b.py": "import silkroad.kit.weed_a",
    "conversations/routes.py": "",
    "conversations/routes_weed.py": "",
    "conversations/store.py": "",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says about the planted copy: contract -> its part of the report."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copytree(
        ROOT / "silkroad", copy / "silkroad", ignore=shutil.ignore_patterns("web", "__pycache__")
    )
    for needed in ("pyproject.toml", "tests/architecture/contracts.py"):
        (copy / needed).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / needed, copy / needed)
    for file, line in [*SOIL.items(), *((plant.file, plant.line) for plant in PLANTS)]:
        sow(copy / "silkroad" / file, line)
    done = subprocess.run(
        [LINTER, "--no-cache"],
        cwd=copy,
        env={**os.environ, "COLUMNS": "500", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return dict(HEADING.findall(done.stdout))


def sow(file: Path, line: str) -> None:
    """Add the line at the end of the file, making file and package where they are missing."""
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    with file.open("a") as text:
        text.write(f"\n{line}\n")


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.caught_as)
def test_a_wrong_import_is_caught(plant: Plant, report: dict[str, str]) -> None:
    part = next(text for name, text in report.items() if name.startswith(plant.contract))
    assert plant.caught_as in part


def test_the_routes_of_a_module_are_shown_to_the_assembly_and_its_facts_to_everybody(
    report: dict[str, str],
) -> None:
    part = next(text for name, text in report.items() if name.startswith(FACE))
    assert "silkroad.app ->" not in part
    assert ".events (l." not in part
