"""Whatever a program declares otherwise than before is another version of the policy. 8.1.

Each fault is planted in what this very program declares, and not in a record.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from silkroad import parts
from silkroad.kit import inventory
from silkroad.kit.inventory import (
    CONSENT_NEEDS,
    ConsentNeed,
    DataClass,
    Purpose,
    Retention,
    personal,
)
from silkroad.kit.permissions import Permission
from silkroad.privacy import policy
from silkroad.privacy.campaigns.points import points_of, purposes_of
from silkroad.privacy.policy import Works, activities, releases
from silkroad.privacy.policy.releases import Change, Release, Weight
from silkroad.push.events import SendWake
from tests.harness.commands import Operator

NOW = releases.plain(policy.record(parts.works()))
PERIODS = [one for one in vars(inventory).values() if isinstance(one, Retention)]


def seen_in(works: Works) -> tuple[releases.Record, list[Change]]:
    """Return what such a program declares and what is different; no check lets it pass."""
    after = releases.plain(policy.record(works))
    changes = releases.changes_between(NOW, after)
    if changes:
        with pytest.raises(releases.Unreleased):
            releases.check(after, Release("1.0.0", NOW, "Mira"))
    return after, changes


def keeping(period: Retention) -> releases.Record:
    """Return the record of a small program that keeps one detail for so long."""
    said = personal(
        "visitor",
        DataClass.OPERATION,
        "S1",
        Purpose.CONVERSATION,
        source="use",
        basis="contract",
        retention=period,
        erasure="delete",
    )
    small = Works([{"talks": {"said": said}}], [], {}, [], [])
    return releases.plain(policy.record(small))


@pytest.mark.parametrize("period", PERIODS, ids=[one.name for one in PERIODS])
@pytest.mark.parametrize("cell", ["start", "days"])
def test_a_period_that_is_counted_otherwise_is_major(period: Retention, cell: str) -> None:
    """Its words may say nothing of its days, and none of them says all of its start."""
    other = {"start": "somebody remembered", "days": 4000}[cell]
    before, after = keeping(period), keeping(replace(period, **{cell: other}))  # type: ignore[arg-type]  # as the cell has it
    changes = releases.changes_between(before, after)
    (told,) = [one for one in changes if "exact period joins" in one.what]
    assert str(other) in told.what
    assert (told.weight, told.purposes) == ("major", ("conversation",))
    points = [(point.key, point.about) for point in points_of(changes, before, after)]
    assert points == [("period", "conversation")]


NEEDS: dict[str, tuple[ConsentNeed, str]] = {
    "a further kind of data": (
        replace(CONSENT_NEEDS[Purpose.CAMERA], data=frozenset(DataClass) - {DataClass.NONE}),
        "data_new",
    ),
    "a longer period": (
        replace(CONSENT_NEEDS[Purpose.CAMERA], retention=inventory.LOG),
        "period",
    ),
    "more days of the same": (
        replace(CONSENT_NEEDS[Purpose.CAMERA], retention=replace(inventory.CALL, days=5)),
        "period",
    ),
    "a recipient outside": (replace(CONSENT_NEEDS[Purpose.CAMERA], outside=True), "technical"),
}


@pytest.mark.parametrize(("need", "key"), NEEDS.values(), ids=NEEDS)
def test_what_a_consent_is_asked_for_is_declared(
    monkeypatch: pytest.MonkeyPatch, need: ConsentNeed, key: str
) -> None:
    monkeypatch.setattr(activities, "CONSENT_NEEDS", {**CONSENT_NEEDS, Purpose.CAMERA: need})
    after, changes = seen_in(parts.works())
    assert {one.weight for one in changes} == {"major"}
    assert purposes_of(changes) == ("camera",)
    assert key in {point.key for point in points_of(changes, NOW, after)}


def test_a_feature_that_begins_to_ask_is_minor(monkeypatch: pytest.MonkeyPatch) -> None:
    need = replace(CONSENT_NEEDS[Purpose.CAMERA], in_use=True)
    monkeypatch.setattr(activities, "CONSENT_NEEDS", {**CONSENT_NEEDS, Purpose.CAMERA: need})
    _, changes = seen_in(parts.works())
    told = "consents: camera: whether somebody is asked joins: asked for"
    assert [(one.weight, one.what) for one in changes] == [("minor", told)]


DOORS: dict[str, tuple[str, dict[str, object], str]] = {
    "a further kind comes out": (
        "campaigns.mine",
        {"returns": [DataClass.CONTACT, DataClass.MESSAGE]},
        "what it returns joins: MSG",
    ),
    "to everybody": (
        "campaigns.mine",
        {"permissions": [Permission.KNOCK]},
        "permission joins: knock",
    ),
    "in the open": ("campaigns.mine", {"way": "public"}, "way in joins: public"),
    "not on record": ("processors.enable", {"audited": False}, "on record goes: audited"),
    "by the socket": (
        "SendFrame",
        {"permissions": [*Permission]},
        "permission joins: knock",
    ),
}


@pytest.mark.parametrize(("name", "cells", "told"), DOORS.values(), ids=DOORS)
def test_a_door_that_is_wider_is_another_version(
    name: str, cells: dict[str, object], told: str
) -> None:
    works = parts.works()
    wider = {**works.doors, name: works.doors[name]._replace(**cells)}  # type: ignore[arg-type]  # as each cell has it
    after, changes = seen_in(works._replace(doors=wider))
    (change,) = [one for one in changes if f"doors: {name}: " in one.what and told in one.what]
    assert change.weight == "minor"
    assert [point.key for point in points_of(changes, NOW, after)] == ["technical"]


def test_a_job_for_another_purpose_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SendWake, "purpose", Purpose.CONVERSATION)
    _, changes = seen_in(parts.works())
    weights: set[tuple[Weight, str]] = {(one.weight, one.what) for one in changes}
    assert ("minor", "jobs: SendWake: purpose joins: conversation") in weights


def test_the_command_names_each_and_ends_with_2(tmp_path: Path) -> None:
    """What was released before says less of each: as if the program had changed since."""
    before = json.loads(json.dumps(NOW))
    for line in before["activities"]:
        line["period"] = [one.replace("erased by", "ended by") for one in line["period"]]
    next(one for one in before["consents"] if one["purpose"] == "camera")["data"] = []
    next(one for one in before["doors"] if one["name"] == "campaigns.mine")["returns"] = []
    next(one for one in before["jobs"] if one["name"] == "SendWake")["purpose"] = "security"
    file = tmp_path / "released.json"
    file.write_text(json.dumps({"version": "1.0.0", "record": before, "reviewed_by": "Mira"}))
    said = Operator(tmp_path / "data").types("policy", "check", "--file", file, expecting=2)
    for told in (
        "major     8.1  activities: conversation: exact period joins: conversation: ",
        "major     8.1  consents: camera: kind of data joins: REC",
        "minor     8.1  doors: campaigns.mine: what it returns joins: CON",
        "minor     8.1  jobs: SendWake: purpose joins: wake_up",
    ):
        assert told in said
