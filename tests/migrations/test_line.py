"""The migrations are one dated line that makes exactly the declared tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import apsw
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from silkroad import migrations, parts
from silkroad.engines.database.tables import metadata
from silkroad.migrations.script import line, sql


def test_the_files_names_tell_the_line_that_alembic_follows() -> None:
    assert migrations.versions() == line()
    assert migrations.newest() == line()[-1]


def test_the_migrations_make_exactly_the_declared_tables() -> None:
    assert parts.DECLARATIONS, "importing the app declares every module's tables"
    with create_engine("sqlite://").connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.executescript(sql(None))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_same_line_can_be_written_for_postgresql() -> None:
    text = sql(None, "postgresql")
    assert "CREATE TABLE messages" in text
    assert "CREATE TABLE alembic_version" in text


def test_a_second_start_changes_nothing_and_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "silkroad.db"
    assert migrations.migrate(path) == migrations.migrate(path) == migrations.newest()
    with apsw.Connection(str(path)) as file:
        file.execute("UPDATE alembic_version SET version_num = '29991231_001'")
    with pytest.raises(migrations.SchemaTooNew):
        migrations.migrate(path)


def test_devices_from_before_consents_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "silkroad.db"
    with apsw.Connection(str(path)) as file:
        go_to(file, "20261128_003")
        columns = [row[1] for row in file.execute("PRAGMA table_info(devices)")]
        places = ",".join("?" * len(columns))
        file.execute(f"INSERT INTO devices VALUES ({places})", columns)  # noqa: S608 - only places
        assert list(file.execute("SELECT count(*) FROM devices")) == [(1,)]
    assert migrations.migrate(path) == migrations.newest()
    with apsw.Connection(str(path)) as file:
        assert list(file.execute("SELECT count(*) FROM devices")) == [(0,)]


def test_row_level_security_does_not_keep_them() -> None:
    assert "TRUNCATE wakes, devices" in sql(None, "postgresql")


def go_to(file: apsw.Connection, version: str) -> None:
    """Run all that leads from nothing to a version."""
    before, here, after = sql(None).rpartition(f"version_num='{version}'")
    list(file.execute(before + here + after.partition(";")[0]))  # to the end: some return a row
