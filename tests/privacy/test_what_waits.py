"""Which new details wait for whoever was not told of them: all but a short list. 1.8d, 2.0.7."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from silkroad.kit.inventory import (
    CONVERSATION,
    Basis,
    Column,
    DataClass,
    Purpose,
    Sensitivity,
    personal,
)
from silkroad.parts import DECLARATIONS, works
from silkroad.privacy.campaigns.points import (
    DOOR,
    LEAVING,
    PROOF,
    acts_for,
    opened_by,
    purposes_of,
)
from silkroad.privacy.policy import record, releases
from tests.clauses.campaigns import line_of

Record = dict[str, Any]


def planted(basis: Basis, sensitivity: Sensitivity = "S1") -> Column:
    agreed = basis == "consent"
    return personal(
        "visitor",
        DataClass.RECORDING if agreed else DataClass.IDENTITY,
        sensitivity,
        Purpose.RECORDING if agreed else Purpose.ACCOUNTABILITY,
        source="subject",
        basis=basis,
        retention=CONVERSATION,
        erasure="shred",
        sealed=sensitivity != "S1",
    )


def a_record(*columns: str) -> Record:
    return {"activities": [{"purpose": "accountability", "columns": list(columns)}]}


@pytest.mark.parametrize(
    ("name", "column", "waits"),
    [
        ("visitors.passport", planted("legal_duty"), True),
        ("visitors.passport", planted("legal_duty", "S3"), True),
        ("publications.passport", planted("legal_duty", "S3"), True),
        ("consents.passport", planted("legal_duty", "S3"), True),
        ("consents.passport", planted("contract"), True),
        ("consents.reason", planted("legal_duty"), False),
        ("media_grants.sound", planted("consent"), True),  # nobody is asked anew
    ],
)
def test_the_law_alone_opens_nothing(name: str, column: Column, waits: bool) -> None:
    opened = opened_by(a_record(), a_record(name), {name: column}, [])
    assert (name in opened.stored) is waits


def two_records() -> tuple[Record, Record]:
    """Return what this program declares, twice."""
    declared = releases.plain(record(works()))
    return deepcopy(dict(declared)), deepcopy(dict(declared))


def test_a_new_detail_on_consent_waits_for_nobody_where_everybody_is_asked_anew() -> None:
    """What it rests on is closed to each of them with the same commit, until they agree.

    It is like the others of its purposes, so that nothing else of them has changed.
    """
    known = works()
    column = next(held["devices"] for held in known.declarations if "devices" in held)["endpoint"]
    name = "devices.passport"
    more = [*known.declarations, {"devices": {"passport": column}}]
    before, _ = two_records()
    now = releases.plain(record(known._replace(declarations=more)))
    changes = releases.changes_between(before, now)
    assert purposes_of(changes) == ("wake_up",)
    assert opened_by(before, now, {name: column}, changes).stored == ()


def with_a_recipient(record: Record) -> None:
    listed = next(one for one in record["recipients"] if one["purpose"] == "wake_up")
    record["recipients"].append(listed | {"name": "translator", "purpose": "conversation"})


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (lambda record: line_of(record, "conversation")["data"].append("IDN"), ("conversation",)),
        (with_a_recipient, ("conversation",)),
        (lambda record: line_of(record, "teamwork")["kept"].append("for ever"), ("teamwork",)),
        (lambda record: line_of(record, "teamwork")["data"].clear(), ()),
        (lambda record: line_of(record, "conversation")["doors"].append("a new one"), ()),
        (lambda record: line_of(record, "microphone")["data"].append("IDN"), ()),
        (lambda record: line_of(record, "authentication")["data"].append("IDN"), ()),
        (lambda record: record["rights"].update(deadline="30 working days"), ()),
    ],
)
def test_a_purpose_that_has_changed_gravely_waits(
    edit: Callable[[Record], object], changed: tuple[str, ...]
) -> None:
    before, now = two_records()
    edit(now)
    changes = releases.changes_between(before, now)
    assert changes
    assert opened_by(before, now, {}, changes).changed == changed


def test_a_purpose_that_is_new_waits_for_what_somebody_does_as_well() -> None:
    before, now = two_records()
    before["activities"] = [line_of(now, "accountability")]
    changed = opened_by(before, now, {}, releases.changes_between(before, now)).changed
    assert changed == ("conversation", "research", "teamwork")


def test_what_somebody_does_is_neither_coming_in_nor_going() -> None:
    columns = {
        f"{table}.{name}": column
        for known in DECLARATIONS
        for table, held in known.items()
        for name, column in held.items()
    }
    talking, working = (acts_for(purpose, columns) for purpose in ("conversation", "teamwork"))
    assert {"messages.body", "files.name", "conversations.state"} <= set(talking)
    assert {"members.name", "members.role"} <= set(working)
    assert not {name for name in talking if name.partition(".")[0] in DOOR}
    assert columns.keys() >= LEAVING
    assert not LEAVING & {*talking, *working}


def test_what_waits_for_nobody_is_there_and_says_why() -> None:
    tables = {table for known in DECLARATIONS for table in known}
    for listed in (PROOF, DOOR):
        assert listed.keys() <= tables
        assert all(listed.values())
    assert not PROOF.keys() & DOOR.keys()


def test_who_agreed_to_more_is_asked_about_less() -> None:
    """Their yes named what goes now, so it fits no more; nobody is left without a word."""
    before, now = two_records()
    name = "devices.used_at"
    now["details"] = [one for one in now["details"] if one["name"] != name]
    line_of(now, "wake_up")["columns"].remove(name)
    assert purposes_of(releases.changes_between(before, now)) == ("wake_up",)


def test_so_is_who_agreed_to_all_there_was() -> None:
    """Also where the last detail of a kind goes, which the activity says less gravely."""
    before, now = two_records()
    kind = line_of(now, "wake_up")["data"]
    gone = {one["name"] for one in now["details"] if one["purposes"] == ["wake_up"]}
    now["details"] = [one for one in now["details"] if one["name"] not in gone]
    kind.clear()
    assert "wake_up" in purposes_of(releases.changes_between(before, now))
