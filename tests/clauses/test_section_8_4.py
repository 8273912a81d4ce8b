"""Section 8.4: a change of people's rights, or of channel, deadline or cost, is a major one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2
import pytest

from silkroad import parts
from silkroad.kit.clock import DAY, SystemClock
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.kit.working_days import ANSWERED_WITHIN, working_day
from silkroad.privacy.policy import record, releases
from silkroad.privacy.policy.releases import changes_between
from tests.architecture.tree import ROOT
from tests.cast import open_shop, set_up
from tests.clauses.campaigns import news, updated
from tests.harness.commands import Operator
from tests.harness.server import Server
from tests.privacy.letters import letter

Edit = Callable[[dict[str, Any]], object]
IN_WORDS = {"en": "{} working days", "zh-CN": "{} 个工作日", "sq": "{} ditëve të punës"}
EDITS: dict[str, Edit] = {
    "channel": lambda rights: rights.update(channel="by letter only"),
    "deadline": lambda rights: rights.update(deadline=f"{ANSWERED_WITHIN * 2} working days"),
    "an earlier deadline": lambda rights: rights.update(deadline="1 working days"),
    "no deadline": lambda rights: rights.pop("deadline"),
    "cost": lambda rights: rights.update(cost="10 EUR"),
    "a right goes": lambda rights: rights["rights"].remove("erasure"),
    "a right joins": lambda rights: rights["rights"].append("explanation"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_channel_deadline_and_cost_are_compared_and_major(edit: Edit, tmp_path: Path) -> None:
    """DIFF over what this very program declares; and the release asks for a new major version."""
    now = record(parts.works())
    assert set(now["rights"]) == {"rights", "channel", "deadline", "cost"}
    before = deepcopy(now)
    edit(before["rights"])
    (change,) = changes_between(before, now)
    assert (change.clause, change.weight, change.where.part) == ("8.4", "major", "rights")
    assert changes_between(before, before) == []
    file = tmp_path / "released.json"
    file.write_text(
        json.dumps({"version": "4.7.1", "record": before, "reviewed_by": "Mira"}, default=list)
    )
    said = Operator(tmp_path / "data").types("policy", "check", "--file", file, expecting=2)
    assert "8.4" in said
    assert "major" in said
    assert releases.release(now, file)[0] == "5.0.0"


def test_who_was_told_another_deadline_is_told_anew(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        set_up(server)
        shop = open_shop(server)
        server.rest()
        assert news(shop.arta) == []
        updated(server, lambda told: told["rights"].update(deadline="10 working days"))
        (told,) = news(shop.arta)
        assert told["text"]["weight"] == "major"
        assert told["text"]["lines"] == ["Your rights have changed, or how you use them."]


def test_the_clock_goes_by_what_is_declared(server: Server) -> None:
    days, _, unit = record(parts.works())["rights"]["deadline"].partition(" ")
    declared = int(days)
    assert (declared, unit) == (ANSWERED_WITHIN, "working days")
    before = SystemClock().now()
    due = letter(server, "", "How long does it take?")["due_at"]
    after = SystemClock().now()
    assert due + 1 - DAY in {working_day(at, declared) for at in (before, after)}
    assert due + 1 - DAY not in {working_day(at, declared - 1) for at in (before, after)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notices_say_it_in_every_language(server: Server, language: Language) -> None:
    said = IN_WORDS[language].format(ANSWERED_WITHIN)
    for path in ("/privacy", "/privacy/contact"):
        page = httpx2.get(f"{server.origin}{path}?language={language}").text
        assert said in page, path
    console = (ROOT / "web" / "console" / "src" / "words" / f"{language}.ts").read_text()
    (about,) = re.findall(r'"requests\.about":\s*"([^"]+)"', console)
    assert said in about


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", ["policy", "contact"])
def test_no_word_has_a_deadline_of_its_own(module: str, language: Language) -> None:
    words = ROOT / "silkroad" / "privacy" / module / "words" / f"{language}.json"
    anything = re.escape(IN_WORDS[language]).replace(r"\{\}", r"\d+")
    assert re.findall(anything, words.read_text()) == []
