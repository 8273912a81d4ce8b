"""Every stored column says whose it is and why: held against the live schema. Clauses P.1, D.4."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from silkroad import migrations
from silkroad.kit.inventory import (
    SHORT,
    Column,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)
from silkroad.parts import DECLARATIONS
from tests.privacy.declared import Schema, wrong


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
