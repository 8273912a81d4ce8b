"""DIFF: what changed between two inventories, and how much it matters. Clauses 1.8d, 8.1 to 8.4."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from silkroad.privacy.policy.releases import (
    RELEASED,
    Unreleased,
    Unreviewed,
    Weight,
    changes_between,
    check,
    read,
    release,
    review,
    weight_of,
)
from silkroad.privacy.policy.releases.files import following

Edit = Callable[[dict[str, Any]], object]

RECORD: dict[str, Any] = {
    "activities": [
        {
            "purpose": "conversation",
            "what_for": "to hold the conversation",
            "subjects": ["visitor"],
            "data": ["CON", "MSG"],
            "grounds": ["contract"],
            "kept": ["until the company erases the conversation"],
            "period": ["conversation: conversation erased by the tenant"],
            "erased": ["shred"],
            "controllers": ["tenant"],
            "sealed": ["messages.body"],
            "columns": ["messages.at", "messages.body"],
            "doors": ["conversations.send"],
            "recipients": [],
        },
        {
            "purpose": "wake_up",
            "what_for": "to wake a device",
            "subjects": ["visitor"],
            "data": ["DEV"],
            "grounds": ["consent"],
            "kept": ["at most 30 days"],
            "period": ["session: session ended + 30 days"],
            "erased": ["delete"],
            "controllers": ["tenant"],
            "sealed": ["devices.endpoint"],
            "columns": ["devices.endpoint"],
            "doors": ["devices.add"],
            "recipients": ["postman"],
        },
    ],
    "recipients": [
        {
            "name": "postman",
            "kind": "third_party",
            "product": "Postman Push",
            "company": "Postman Ltd",
            "purpose": "wake_up",
            "scenario": "a device is woken",
            "data": {"DEV": ["push_address"]},
            "method": "server",
            "region": "us",
            "countries": ["US"],
            "policy": "https://postman.example/privacy",
            "terms": "https://postman.example/terms",
            "servers": ["push.postman.example"],
        }
    ],
    "consents": [
        {
            "purpose": "wake_up",
            "data": ["DEV"],
            "period": "session: session ended + 30 days",
            "outside": [],
            "in_use": [],
        }
    ],
    "doors": [
        {
            "name": "conversations.send",
            "purpose": "conversation",
            "way": "console",
            "permission": ["answer"],
            "returns": ["MSG"],
            "audited": ["audited"],
        }
    ],
    "jobs": [
        {
            "name": "SendWake",
            "purpose": "wake_up",
            "what_for": "Wake one device.",
            "holds": ["wake_id"],
        }
    ],
    "log": {"keys": ["event", "status"], "retention_days": 183},
    "rights": {"channel": "/privacy/contact", "answer_working_days": 15, "cost": 0},
}


def talk(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["activities"][0]
    return found


def asked(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["consents"][0]
    return found


def door(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["doors"][0]
    return found


def postman(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["recipients"][0]
    return found


def added_purpose(record: dict[str, Any]) -> None:
    record["activities"].append({**talk(record), "purpose": "statistics"})


def added_recipient(record: dict[str, Any]) -> None:
    record["recipients"].append({**postman(record), "name": "courier"})


EDITS: list[tuple[Edit, Weight, str, str]] = [
    (added_purpose, "major", "8.1", "activities: statistics is new"),
    (lambda r: r["activities"].pop(1), "minor", "8.1", "activities: wake_up is gone"),
    (lambda r: talk(r)["data"].append("FIL"), "major", "8.1", "kind of data joins: FIL"),
    (lambda r: talk(r)["data"].remove("CON"), "minor", "8.1", "kind of data goes: CON"),
    (lambda r: talk(r)["subjects"].append("minor"), "major", "8.1", "people joins: minor"),
    (lambda r: talk(r)["grounds"].append("consent"), "major", "8.1", "ground joins: consent"),
    (lambda r: talk(r)["kept"].append("100 years"), "major", "8.1", "period joins: 100 years"),
    (lambda r: talk(r).update(period=["log: event"]), "major", "8.1", "exact period joins: log"),
    (lambda r: talk(r)["columns"].append("messages.mood"), "minor", "8.1", "messages.mood"),
    (lambda r: talk(r)["sealed"].clear(), "major", "8.1", "sealed detail goes: messages.body"),
    (lambda r: talk(r)["doors"].append("messages.sell"), "minor", "8.1", "door joins"),
    (lambda r: talk(r)["controllers"].append("operator"), "major", "8.2", "who decides joins"),
    (lambda r: talk(r)["recipients"].append("courier"), "major", "8.3", "recipient joins"),
    (lambda r: talk(r).update(what_for="to talk"), "editorial", "8.1", "other words"),
    (added_recipient, "major", "8.3", "recipients: courier is new"),
    (lambda r: r["recipients"].clear(), "minor", "8.3", "recipients: postman is gone"),
    (lambda r: postman(r).update(company="Bigger Ltd"), "major", "8.3", "company joins: Bigger"),
    (lambda r: postman(r)["data"].update(MSG=["text"]), "major", "8.3", "MSG: text"),
    (lambda r: postman(r)["countries"].append("KP"), "major", "8.3", "country joins: KP"),
    (lambda r: postman(r)["servers"].append("b.example"), "minor", "8.3", "server joins"),
    (lambda r: postman(r).update(scenario="wakes"), "editorial", "8.3", "other words"),
    (lambda r: asked(r)["data"].append("NET"), "major", "8.1", "wake_up: kind of data joins: NET"),
    (lambda r: asked(r).update(period="log: event"), "major", "8.1", "exact period joins: log"),
    (lambda r: asked(r)["outside"].append("named"), "major", "8.1", "whom it goes to joins: named"),
    (lambda r: asked(r)["in_use"].append("asked"), "minor", "8.1", "somebody is asked joins"),
    (lambda r: r["consents"].clear(), "minor", "8.1", "consents: wake_up is gone"),
    (lambda r: door(r)["returns"].append("CON"), "minor", "8.1", "what it returns joins: CON"),
    (lambda r: door(r).update(permission=["knock"]), "minor", "8.1", "permission joins: knock"),
    (lambda r: door(r).update(way="public"), "minor", "8.1", "way in joins: public"),
    (lambda r: door(r)["audited"].clear(), "minor", "8.1", "whether it is on record goes"),
    (lambda r: r["doors"].clear(), "editorial", "8.1", "doors: conversations.send is gone"),
    (lambda r: r["jobs"][0].update(purpose="security"), "minor", "8.1", "purpose joins: security"),
    (lambda r: r["jobs"][0]["holds"].append("text"), "minor", "8.1", "what it holds joins: text"),
    (lambda r: r["log"]["keys"].append("phone"), "minor", "8.1", "log: key joins: phone"),
    (lambda r: r["log"].update(retention_days=400), "major", "8.1", "kept 400 days"),
    (lambda r: r["rights"].update(cost=10), "major", "8.4", "rights: cost: 10 instead of 0"),
    (lambda r: r["rights"].update(channel="/paper"), "major", "8.4", "rights: channel"),
    (lambda r: r["rights"].pop("answer_working_days"), "major", "8.4", "None instead of 15"),
]


@pytest.mark.parametrize(
    ("edit", "weight", "clause", "what"), EDITS, ids=[what for *_, what in EDITS]
)
def test_each_change_is_named_and_weighed(
    edit: Edit, weight: Weight, clause: str, what: str
) -> None:
    changes = changes_between(RECORD, edited(edit))
    assert weight_of(changes) == weight
    assert any(what in c.what and (c.clause, c.weight) == (clause, weight) for c in changes)


def test_a_cell_that_records_did_not_have_before_is_no_news() -> None:
    """The record says more about the same: nobody's consent is asked anew because of that."""
    before = json.loads(json.dumps(RECORD))
    del before["activities"][0]["subjects"]
    name = RECORD["activities"][0]["purpose"]
    told = f"activities: {name}: told for the first time: people"
    changes = changes_between(before, RECORD)
    assert [(c.weight, c.what) for c in changes] == [("editorial", told)]


def test_a_part_that_records_did_not_have_before_is_no_news() -> None:
    before = edited(lambda record: record.pop("doors"))
    changes = changes_between(before, RECORD)
    assert [(c.weight, c.what) for c in changes] == [
        ("editorial", "doors: told for the first time")
    ]


def test_what_is_the_same_has_no_change() -> None:
    assert changes_between(RECORD, edited(lambda _: None)) == []
    assert weight_of([]) is None


def test_a_major_change_says_whose_consent_is_asked_anew() -> None:
    def wider(record: dict[str, Any]) -> None:
        record["activities"][1]["data"].append("NET")
        talk(record)["doors"].append("messages.search")
        door(record)["returns"].append("CON")

    def other_question(record: dict[str, Any]) -> None:
        asked(record)["period"] = "log: event + 183 days"

    for edit in (wider, other_question):
        changes = changes_between(RECORD, edited(edit))
        assert {p for c in changes for p in c.purposes} == {"wake_up"}


def test_an_undeclared_release_is_blocked_and_names_everything(tmp_path: Path) -> None:
    path = tmp_path / "released.json"
    path.write_text(json.dumps({"version": "2.3.4", "record": RECORD, "reviewed_by": "Mira"}))
    check(RECORD, read(path))
    with pytest.raises(Unreleased, match="kind of data joins: FIL") as blocked:
        check(edited(lambda r: talk(r)["data"].append("FIL")), read(path))
    assert "2.3.4" in str(blocked.value)


def test_releasing_writes_the_next_version_down(tmp_path: Path) -> None:
    path = tmp_path / "released.json"
    path.write_text(json.dumps({"version": "2.3.4", "record": RECORD, "reviewed_by": "Mira"}))
    now = edited(lambda r: talk(r)["data"].append("FIL"))
    version, changes = release(now, path)
    assert (version, len(changes)) == ("3.0.0", 1)
    check(now, read(path))
    assert release(now, path) == ("3.0.0", [])


def test_a_version_is_a_draft_then_in_review_then_effective(tmp_path: Path) -> None:
    path = tmp_path / "released.json"
    path.write_text(json.dumps({"version": "2.3.4", "record": RECORD, "reviewed_by": "Mira"}))
    check(RECORD, read(path), effective=True)
    now = edited(lambda r: talk(r)["data"].append("FIL"))
    with pytest.raises(Unreleased):
        review(now, "Joni", path)
    release(now, path)
    with pytest.raises(Unreviewed, match=r"3\.0\.0 of the policy is in review"):
        check(now, read(path), effective=True)
    assert review(now, "Joni", path).effective
    check(now, read(path), effective=True)
    assert release(now, path) == ("3.0.0", [])
    assert read(path).reviewed_by == "Joni", "what is the same stays effective"


def test_a_version_grows_by_the_weight_of_its_changes() -> None:
    weights: tuple[Weight, ...] = ("major", "minor", "editorial")
    assert [following("2.3.4", weight) for weight in weights] == ["3.0.0", "2.4.0", "2.3.5"]


# what this very program declares


def test_what_this_program_declares_is_released() -> None:
    done = policy("check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "part",
    [
        "recipients",
        pytest.param("activities", marks=pytest.mark.prove),
        pytest.param("rights", marks=pytest.mark.prove),
    ],
)
def test_a_program_that_declares_more_is_not_to_be_released(part: str, tmp_path: Path) -> None:
    """Something is taken out of the released record, as if it were new in the program."""
    path = tmp_path / "released.json"
    released = json.loads(RELEASED.read_text())
    gone = released["record"][part]
    gone.pop("cost") if part == "rights" else gone.pop()
    path.write_text(json.dumps(released))
    done = policy("check", "--file", str(path))
    assert done.returncode == 2
    assert "major" in done.stderr
    assert policy("release", "--file", str(path)).returncode == 0
    assert json.loads(path.read_text())["version"] == f"{major(released['version']) + 1}.0.0"
    assert policy("check", "--file", str(path)).returncode == 0
    assert policy("check", "--effective", "--file", str(path)).returncode == 2
    assert policy("review", "--by", " ", "--file", str(path)).returncode == 2
    assert policy("review", "--by", "Mira", "--file", str(path)).returncode == 0
    assert policy("check", "--effective", "--file", str(path)).returncode == 0


def major(version: str) -> int:
    return int(version.partition(".")[0])


def policy(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "silkroad", "policy", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def edited(edit: Edit) -> dict[str, Any]:
    record = copy.deepcopy(RECORD)
    edit(record)
    return record
