"""Every stored column says whose it is and why: held against the live schema. Clauses P.1, D.4."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from silkroad import migrations
from silkroad.beyond import BEYOND
from silkroad.kit.inventory import (
    CALL,
    CONSENT_NEEDS,
    LOG,
    SESSION,
    SHORT,
    Column,
    DataClass,
    Declarations,
    Purpose,
    aggregate,
    in_memory,
    nonpersonal,
    personal,
    secret,
)
from silkroad.parts import DECLARATIONS
from tests.privacy.declared import Schema, tells, wrong


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database as the migrations make it."""
    path = tmp_path / "silkroad.db"
    migrations.migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_every_stored_column_is_declared(database: sqlite3.Connection) -> None:
    assert wrong(schema(database), declared()) == []


def test_no_table_is_declared_by_two_modules() -> None:
    tables = [table for declarations in DECLARATIONS for table in declarations]
    assert sorted(tables) == sorted(set(tables))


def test_a_planted_column_is_found(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE visitors ADD COLUMN shoe_size INTEGER")
    assert wrong(schema(database), declared()) == ["visitors.shoe_size: nobody declares it"]


@pytest.mark.parametrize("kind", ["VIRTUAL", "STORED"])
def test_a_planted_column_that_follows_from_others_is_found(
    database: sqlite3.Connection, kind: str
) -> None:
    database.execute(f"CREATE TABLE gossip (id TEXT, loud TEXT AS (upper(id)) {kind})")
    assert "gossip.loud: nobody declares it" in wrong(schema(database), declared())


def test_a_planted_table_is_found(database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE gossip (about TEXT)")
    assert wrong(schema(database), declared()) == ["gossip.about: nobody declares it"]


SEALED = personal(
    "visitor",
    DataClass.CONTACT,
    "S1",
    Purpose.CONVERSATION,
    source="subject",
    basis="contract",
    retention=SHORT,
    erasure="shred",
    sealed=True,
)
NOBODY = nonpersonal("says the one who declares it")


@pytest.mark.parametrize(
    ("column", "kind", "declaration", "finding"),
    [
        ("mood", "", NOBODY, "there is no such thing"),
        ("mood", "TEXT", SEALED, "sealed, but kept as TEXT"),
        ("ip", "TEXT", NOBODY, "tells of a person"),
        ("last_ip", "TEXT", NOBODY, "tells of a person"),
        ("phone_hash", "BLOB", NOBODY, "tells of a person"),
        ("email_index", "BLOB", NOBODY, "tells of a person"),
        ("push_endpoint", "BLOB", NOBODY, "tells of a person"),
        ("user_agent", "TEXT", NOBODY, "tells of a person"),
        ("device_id", "TEXT", NOBODY, "tells of a person"),
        ("visitor_id", "TEXT", NOBODY, "tells of a person"),
        ("description", "TEXT", NOBODY, ""),
        ("phone", "BLOB", SEALED, ""),
    ],
)
def test_the_check_itself_can_tell(
    column: str, kind: str, declaration: Column, finding: str
) -> None:
    live: Schema = {"planted": {column: kind} if kind else {}}
    expected = [f"planted.{column}: {finding}"] if finding else []
    assert wrong(live, {"planted": {column: declaration}}) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("oaid", "imei", "serial_number", "mac", "android_id", "fingerprint", "user_id", "userId"),
        *("ipv4", "remote_addr", "client_ip", "mobile", "mobile_hash", "mobileHash", "phones"),
        *("name_blind", "id_card_bidx", "openid", "unionid", "birth_date", "full_name"),
        *("owner_id", "subject_id", "actor_hash", "customer_hash", "mail_hash", "cookie_id"),
        *("latitude", "longitude", "gps", "wechat", "qq", "passport", "iban", "card_number"),
    ],
)
def test_no_name_that_tells_of_a_person_is_about_nobody(name: str) -> None:
    live: Schema = {"planted": {name: "BLOB"}}
    for random in (nonpersonal("random"), secret("random"), aggregate("random")):
        assert wrong(live, {"planted": {name: random}}) == [f"planted.{name}: tells of a person"]
    assert wrong(live, {"planted": {name: SEALED}}) == []


@pytest.mark.parametrize(
    "name",
    [
        *("workspace_id", "inbox_id", "campaign_id", "token_hash", "owner_kind", "private_key"),
        *("name", "settings", "created_at", "region", "position", "message_count"),
    ],
)
def test_a_name_that_tells_of_nobody_may_be_anybodys(name: str) -> None:
    assert not tells(name)


def test_what_is_sealed_and_about_nobody_is_a_closed_list() -> None:
    """Whoever adds one says here, too, that no person is under that seal."""
    assert {
        f"{table}.{name}"
        for table, columns in declared().items()
        for name, column in columns.items()
        if column.sealed and not column.personal
    } == {
        "engagements.contract",
        "transfers.assessment",
        "assessments.harm",
        "assessments.measures",
        "inboxes.identity_secret",
        "vapid_keys.private_key",
    }


AGREED = personal(
    "visitor",
    DataClass.RECORDING,
    "S1",
    Purpose.MICROPHONE,
    Purpose.CAMERA,
    source="subject",
    basis="consent",
    retention=CALL,
    erasure="delete",
)
REMEMBERED = in_memory("visitor", DataClass.CONTACT, Purpose.CONVERSATION, sensitivity="S3")


@pytest.mark.parametrize(
    ("declaration", "changes", "fault"),
    [
        (SEALED, {"sensitivity": "S2", "sealed": False}, "must be sealed"),
        (SEALED, {"sensitivity": "S3", "sealed": False}, "must be sealed"),
        (REMEMBERED, {"lies": "disk"}, "must be sealed"),
        (SEALED, {"purposes": frozenset()}, "needs a purpose"),
        (SEALED, {"purposes": {Purpose.IMPROVEMENT}}, "from figures"),
        (SEALED, {"purposes": {Purpose.OPERATION}}, "operator has no purpose"),
        (SEALED, {"basis": "consent"}, "nobody is asked"),
        (AGREED, {"purposes": AGREED.purposes | {Purpose.RESEARCH}}, "nobody is asked"),
        (AGREED, {"data": DataClass.OPERATION}, "other data than OPS"),
        (AGREED, {"retention": LOG}, "another period"),
        (AGREED, {"retention": SHORT}, "another period"),
        (AGREED, {"purposes": AGREED.purposes | {Purpose.RECORDING}}, "another period"),
        (AGREED, {"data": DataClass.OPERATION, "lies": "memory"}, "other data than OPS"),
        (
            SEALED,
            {"controller": "operator", "purposes": {Purpose.SECURITY, Purpose.WAKE_UP}},
            "serves nothing else",
        ),
        (SEALED, {"basis": None}, "needs a basis"),
        (SEALED, {"retention": None}, "needs a period"),
        (SEALED, {"source": None}, "needs a source"),
        (SEALED, {"sensitivity": None}, "needs a sensitivity"),
        (SEALED, {"erasure": None}, "needs a way to erase it"),
        (SEALED, {"reason": "random"}, "not about nobody"),
        (SEALED, {"aggregate": True}, "not about nobody"),
        (SEALED, {"subjects": ()}, "say why"),
        (SEALED, {"subjects": (), "reason": "random"}, "only data about people"),
        (NOBODY, {"reason": " "}, "say why"),
        (NOBODY, {"purposes": {Purpose.CONVERSATION}}, "only data about people"),
        (NOBODY, {"data": DataClass.CONTACT}, "only data about people"),
        (NOBODY, {"export": "include"}, "only data about people"),
        (NOBODY, {"subjects": ("visitor",)}, "needs a purpose"),
    ],
)
def test_no_changed_copy_goes_round_the_rules(
    declaration: Column, changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(declaration, **changes)


def test_a_changed_copy_that_keeps_them_is_fine() -> None:
    wider = replace(SEALED, purposes=SEALED.purposes | {Purpose.RESEARCH}, sensitivity="S3")
    assert wider.bits == SEALED.bits | Purpose.RESEARCH.bit


@pytest.mark.parametrize(
    "changes",
    [
        {"purposes": {Purpose.CAMERA}},
        {"data": DataClass.OPERATION, "retention": LOG, "basis": "legal_duty"},
        {"data": DataClass.OPERATION, "retention": LOG, "purposes": {Purpose.STATISTICS}},
        {"data": DataClass.DEVICE, "retention": SESSION, "purposes": {Purpose.WAKE_UP}},
        {"data": DataClass.DEVICE, "retention": SHORT, "purposes": {Purpose.WAKE_UP}},
        {"retention": LOG, "lies": "memory"},
    ],
)
def test_what_the_question_names_may_rest_on_a_consent(changes: dict[str, Any]) -> None:
    assert replace(AGREED, **changes).personal


def test_what_goes_sooner_goes_sooner_than_the_question_says() -> None:
    for need in CONSENT_NEEDS.values():
        for period in need.sooner:
            assert (period.days or 0) < (need.retention.days or 0)


def test_only_memory_and_browsers_hold_what_lies_on_no_disk_of_ours() -> None:
    assert {column.lies for columns in declared().values() for column in columns.values()} == {
        "disk"
    }
    for module in BEYOND:
        for place, things in module.items():
            lies = {column.lies for columns in things.values() for column in columns.values()}
            assert lies <= {"disk", place}, place


def schema(database: sqlite3.Connection) -> Schema:
    """Read tables and columns from the database itself, whatever our code believes.

    ``table_info`` would leave out the columns that a database works out by itself.
    """
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = [name for (name,) in names if name != "alembic_version"]
    return {
        table: {row[1]: row[2] for row in database.execute(f'PRAGMA table_xinfo("{table}")')}
        for table in tables
        if not table.startswith("sqlite_")
    }


def declared() -> Declarations:
    return {table: columns for module in DECLARATIONS for table, columns in module.items()}
