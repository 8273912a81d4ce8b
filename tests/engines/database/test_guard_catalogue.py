"""The second lock: broken in one place at a time, and tried with SQL that no store would write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

import silkroad.parts
from silkroad import migrations
from silkroad.engines.database import Unsafe
from silkroad.engines.database.postgres import open_postgres
from tests.harness.postgres import Postgres, Urls

BROKEN = [  # what is done to the catalogue, and what the server says of it
    ('ALTER ROLE "{app}" SUPERUSER', "is a superuser or passes"),
    ('ALTER ROLE "{app}" BYPASSRLS', "is a superuser or passes"),
    ('GRANT "{owner}" TO "{app}"', "owns, or may become the owner of messages"),
    ('ALTER TABLE messages OWNER TO "{app}"', "owns, or may become the owner of messages"),
    ("ALTER TABLE messages DISABLE ROW LEVEL SECURITY", "is not forced on messages"),
    ("ALTER TABLE messages NO FORCE ROW LEVEL SECURITY", "is not forced on messages"),
    ("DROP POLICY own_workspace ON messages", "missing or altered: own_workspace on messages"),
    ("ALTER POLICY own_workspace ON messages USING (true)", "missing or altered: own_workspace"),
    ("ALTER POLICY own_workspace ON messages WITH CHECK (true)", "missing or altered"),
    ("CREATE POLICY more ON messages USING (true)", "should not be there: more on messages"),
    ('GRANT TRUNCATE ON messages TO "{app}"', "may truncate, or make triggers on messages"),
    ('GRANT TRIGGER ON messages TO "{app}"', "may truncate, or make triggers on messages"),
    ('GRANT CREATE ON SCHEMA public TO "{app}"', "may create things in public"),
    ("CREATE VIEW seen AS SELECT * FROM messages", "its reader's rights seen"),
    ("CREATE MATERIALIZED VIEW seen AS SELECT 1", "its reader's rights seen"),
    (
        "ALTER TABLE facts ADD COLUMN job text CONSTRAINT astray REFERENCES alembic_version",
        "can point to another workspace astray",
    ),
    ("CREATE UNIQUE INDEX telling ON jobs (id)", "what other workspaces have telling"),
    ("CREATE TABLE fresh (workspace_id text PRIMARY KEY)", "is not forced on fresh"),
    ("UPDATE alembic_version SET version_num = '20200101_01'", "The database has schema 20200101"),
    ("DROP TABLE alembic_version", "The database has schema none"),
]


@pytest.fixture(scope="module")
def shared(postgres: Postgres) -> Urls:
    """One database for the tests that leave it as it was."""
    fresh = postgres.fresh()
    assert silkroad.parts.OPERATIONS, "the guard follows from all statements of the product"
    migrations.migrate_postgres(fresh.owner, fresh.app)
    return fresh


@pytest.fixture
def copy(postgres: Postgres, shared: Urls) -> Iterator[Urls]:
    """A copy of it to break, with the same roles, which come out of it as they were."""
    name = f"{name_of(shared)}_broken"
    roles = {"app": f"{name_of(shared)}_app", "owner": f"{name_of(shared)}_owner"}
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        run(
            connection,
            f'CREATE DATABASE "{name}" TEMPLATE "{name_of(shared)}" OWNER "{roles["owner"]}"',
        )
        yield Urls(*(postgres.url(name, u) for u in (roles["app"], roles["owner"], "postgres")))
        run(connection, f'DROP DATABASE "{name}" WITH (FORCE)')
        run(connection, f'ALTER ROLE "{roles["app"]}" NOSUPERUSER NOBYPASSRLS')
        run(connection, f'ALTER ROLE "{roles["app"]}" RESET ALL')
        run(connection, f'REVOKE "{roles["owner"]}" FROM "{roles["app"]}"')


def name_of(urls: Urls) -> str:
    return urls.superuser.rsplit("/", 1)[1]


def test_a_guard_that_is_whole_lets_the_server_start(copy: Urls) -> None:
    open_postgres(copy.app, migrations.newest())


def test_a_node_that_starts_does_not_wait_for_those_who_write(copy: Urls) -> None:
    with psycopg.connect(copy.superuser) as writer:
        run(writer, "LOCK TABLE messages, conversations, facts, feeds IN ROW EXCLUSIVE MODE")
        impatient = f"{copy.owner}?options=-c%20lock_timeout%3D2000"
        assert migrations.migrate_postgres(impatient, copy.app) == migrations.newest()
    open_postgres(copy.app, migrations.newest())


@pytest.mark.parametrize(
    "damage",
    [
        "ALTER TABLE messages DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE messages NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY own_workspace ON messages",
        "ALTER POLICY own_workspace ON messages USING (true)",
        "CREATE POLICY more ON messages USING (true)",
    ],
)
def test_a_guard_that_was_damaged_is_put_on_again(copy: Urls, damage: str) -> None:
    with psycopg.connect(copy.superuser, autocommit=True) as connection:
        run(connection, damage)
    migrations.migrate_postgres(copy.owner, copy.app)
    open_postgres(copy.app, migrations.newest())


@pytest.mark.parametrize(("damage", "said"), BROKEN, ids=[damage for damage, _ in BROKEN])
def test_the_server_does_not_start_when_the_guard_is_broken(
    copy: Urls, damage: str, said: str
) -> None:
    app, owner = (
        name_of(copy).replace("_broken", "_app"),
        name_of(copy).replace("_broken", "_owner"),
    )
    with psycopg.connect(copy.superuser, autocommit=True) as connection:
        run(connection, damage.format(app=app, owner=owner, name=name_of(copy)))
    with pytest.raises(Unsafe, match=said):
        open_postgres(copy.app, migrations.newest())


def test_a_commit_is_on_disk_whatever_role_and_database_are_set_to(copy: Urls) -> None:
    app = name_of(copy).replace("_broken", "_app")
    with psycopg.connect(copy.superuser, autocommit=True) as connection:
        run(connection, f'ALTER ROLE "{app}" SET synchronous_commit = off')
        run(connection, f'ALTER DATABASE "{name_of(copy)}" SET synchronous_commit = off')
    session = open_postgres(copy.app, migrations.newest()).open(writes=True)
    session.begin([])
    found = session.execute("SELECT current_setting('synchronous_commit')", (), "*")
    session.close()
    assert found == [("on",)]


def test_serve_ends_with_one_sentence_when_the_guard_is_broken(copy: Urls, tmp_path: Path) -> None:
    with psycopg.connect(copy.superuser, autocommit=True) as connection:
        run(connection, "ALTER TABLE messages NO FORCE ROW LEVEL SECURITY")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SILKROAD_")} | {
        "SILKROAD_DATA_DIR": str(tmp_path / "data"),
        "SILKROAD_DATABASE_URL": copy.app,
        "SILKROAD_PORT": "0",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "silkroad", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert "row-level security is not forced on messages" in line


@pytest.fixture
def raw(shared: Urls) -> Iterator[psycopg.Connection[Any]]:
    """The server's role with any SQL it likes; two workspaces have a row each."""
    with psycopg.connect(shared.superuser) as connection:
        run(connection, "TRUNCATE feeds, consumers")
        run(connection, "INSERT INTO feeds VALUES ('wsp_a', 1), ('wsp_b', 2)")
        run(connection, "INSERT INTO consumers VALUES ('wsp_b', 'tester', 1)")
    with psycopg.connect(shared.app, autocommit=True) as connection:
        yield connection


def enter(connection: psycopg.Connection[Any], workspace_id: str) -> None:
    connection.execute("SELECT set_config('silkroad.workspace', %s, false)", (workspace_id,))


def tenants(connection: psycopg.Connection[Any]) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_policies WHERE policyname='own_workspace'")
    return [row[0] for row in found.fetchall()]


def test_who_has_entered_nothing_sees_nothing_anywhere(raw: psycopg.Connection[Any]) -> None:
    assert len(tenants(raw)) > 20
    for table in tenants(raw):
        assert (
            raw.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table))).fetchall() == []
        )
    with pytest.raises(InsufficientPrivilege):
        raw.execute("INSERT INTO feeds VALUES ('wsp_c', 1)")


def test_who_has_entered_a_workspace_reaches_only_its_rows(raw: psycopg.Connection[Any]) -> None:
    enter(raw, "wsp_a")
    assert raw.execute("SELECT * FROM feeds").fetchall() == [("wsp_a", 1)]
    assert raw.execute("UPDATE feeds SET last = 9 WHERE workspace_id = 'wsp_b'").rowcount == 0
    assert raw.execute("DELETE FROM feeds WHERE workspace_id = 'wsp_b'").rowcount == 0
    for stolen in (
        "INSERT INTO feeds VALUES ('wsp_c', 1)",
        "UPDATE feeds SET workspace_id = 'wsp_c'",
        "INSERT INTO feeds VALUES ('wsp_b', 7) ON CONFLICT (workspace_id) DO UPDATE SET last = 7",
    ):
        with pytest.raises(InsufficientPrivilege):
            raw.execute(stolen)


def test_across_reaches_only_what_a_statement_has_declared(raw: psycopg.Connection[Any]) -> None:
    declared = raw.execute(
        "SELECT tablename FROM pg_policies WHERE policyname = 'across_select'"
    ).fetchall()
    enter(raw, "*")
    assert ("feeds",) in declared
    assert ("messages",) not in declared
    assert len(raw.execute("SELECT * FROM feeds").fetchall()) == 2
    assert raw.execute("UPDATE feeds SET last = 9").rowcount == 0
    assert raw.execute("DELETE FROM feeds").rowcount == 0
    assert raw.execute("SELECT 1 FROM messages").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE messages",
        "DROP TABLE messages",
        "ALTER TABLE messages DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE messages ADD COLUMN more text",
        "DROP POLICY own_workspace ON messages",
        "CREATE TABLE mine (x int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "UPDATE alembic_version SET version_num = 'x'",
        "CREATE TRIGGER t BEFORE INSERT ON messages EXECUTE FUNCTION pg_catalog.now()",
    ],
)
def test_the_servers_role_changes_no_table(raw: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        run(raw, statement)


def run(connection: psycopg.Connection[Any], statement: str) -> None:
    connection.execute(sql.SQL(statement))
