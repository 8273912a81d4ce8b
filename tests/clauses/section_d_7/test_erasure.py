"""Whoever is erased leaves no gap between figures and rows, which would be about them. D.7."""

from __future__ import annotations

import json
from typing import Any

from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.privacy.anonymous import DEFAULT
from tests.attacks import stored
from tests.attacks.enterprise import ask
from tests.clauses.persons import until
from tests.privacy import erasing
from tests.privacy.letters import opened

from .linkage import Known, Line, everybody, matches
from .town import HOUR, Town, allow, ask_for, ask_to_erase, bounds, erase, extract, lines_of

K = DEFAULT
TAKES_AWAY = ("DELETE FROM visitors ", "DELETE FROM conversations ", "DELETE FROM messages ")
"""How a statement begins that deletes what figures count."""


def known(town: Town, month: str) -> list[Known]:
    return everybody(town.server, town.admin.workspace_id, *bounds(month))


def kept(town: Town) -> dict[str, dict[str, Any]]:
    return {row["month"]: row for row in stored.all_of(town.server, "research_extracts")}


def attack(town: Town) -> list[str]:
    """Link every figure that is kept with every row that is kept."""
    found = []
    for month, row in kept(town).items():
        lines: list[Line] = [(tuple(values), n) for values, n in json.loads(row["lines"])]
        if lines:
            found += matches(lines, row["left_out"], known(town, month), row["k"])
    return found


def test_the_attack_finds_nobody_after_an_erasure(own_town: Town) -> None:
    town, (month, other) = own_town, own_town.months
    allow(town)
    copy = extract(town.admin, month)
    second = ask_for(town.admin, other).content
    assert attack(town) == []
    before = known(town, month)
    erase(town, town.odd["albanian"])
    assert len(known(town, month)) == len(before) - 1
    told = matches(lines_of(copy), copy["left_out"], known(town, month), K)
    assert told, "whoever had both would know what the erased person was like"
    assert attack(town) == []
    row = kept(town)[month]
    assert (row["people"], row["left_out"], row["lines"]) == (0, 0, "[]")
    assert ask_for(town.admin, other).content == second, "of which they were no part"


def test_what_was_destroyed_is_never_made_again(own_town: Town) -> None:
    town, month = own_town, own_town.months[0]
    record = allow(town)
    extract(town.admin, month)
    erase(town, town.odd["night"])
    town.admin.put("/api/research", {"k": 5})
    uses = town.admin.get("/api/exceptions/report")["items"]
    for form in ("json", "csv"):
        refused = ask_for(town.boards[1], month, form)
        assert (refused.status_code, refused.json()["code"]) == (410, "figures_destroyed")
    assert town.admin.get("/api/exceptions/report")["items"] == uses, "nothing was given out"
    sums = town.admin.ask("GET", f"/api/research/figures/{month}")
    assert sums.json()["code"] == "figures_destroyed"
    town.admin.delete(f"/api/exceptions/{record['id']}")
    allow(town)
    assert ask_for(town.admin, month).json()["code"] == "figures_destroyed"
    shown = {one.pop("month"): one for one in town.admin.get("/api/research")["months"]}
    nothing = {"k": None, "people": None, "left_out": None}
    assert shown[month] == {**nothing, "destroyed": True}
    assert shown[town.months[1]] == {**nothing, "destroyed": False}
    entries = stored.all_of(town.server, "audit_entries")
    named = [one for one in entries if month in bytes(one["detail"]).decode()]
    assert [one["action"] for one in named] == ["research.given_out"], (
        "the trail does not say of whoever was erased in which month they came"
    )


def test_who_is_being_erased_is_counted_no_more(own_town: Town) -> None:
    """Their rows are still there, because something of theirs cannot be deleted yet."""
    town, month, leaving = own_town, own_town.months[1], own_town.shop.visitors[-1]
    sent = leaving.upload(leaving.path("/files"), "a.txt", b"a file")
    ask(leaving, "Look at this", file_ids=[sent["id"]])
    (blob,) = town.server.data.rglob(sent["id"])
    blob.unlink()
    blob.mkdir()
    request_id = ask_to_erase(town, leaving)
    until(lambda: "job_failed" in town.server.errors.read_text())
    everyone = known(town, month)
    allow(town)
    given = extract(town.admin, month)
    assert given["people"] + given["left_out"] == len(everyone) - 1
    blob.rmdir()
    town.server.let_pass(HOUR)
    until(lambda: opened(town.admin, request_id)["erased_at"] is not None)
    assert len(known(town, month)) == len(everyone) - 1
    assert attack(town) == []


def test_people_leave_by_an_erasure_and_in_no_other_way() -> None:
    """Whoever deletes rows that figures count has to destroy the figures: comes here to say it."""
    of_erasure = erasing.statements()
    deleting = {text for text in map(str, EVERY_STATEMENT) if text.startswith(TAKES_AWAY)}
    assert {text.split()[2] for text in deleting} == {text.split()[2] for text in TAKES_AWAY}
    assert deleting <= of_erasure
