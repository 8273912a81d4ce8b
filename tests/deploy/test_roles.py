"""The roles of the grown-up set, made by PostgreSQL itself from the script that its image runs."""

from __future__ import annotations

import subprocess

import psycopg
import pytest

from tests.architecture.tree import ROOT
from tests.harness.postgres import Postgres, binaries

SCRIPT = (ROOT / "deploy" / "scale" / "roles.sql").read_text()
PASSWORDS = {"owner": "it's; an 'owner'", "node": "a node's", "keyring": "ke\\y"}
ROLES = ("silkroad", "silkroad_keyring", "silkroad_owner")


@pytest.fixture(scope="module")
def roles(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Postgres:
    secrets = tmp_path_factory.mktemp("secrets")
    for name, password in PASSWORDS.items():
        (secrets / name).write_text(password)
    run(postgres, SCRIPT.replace("/run/secrets", str(secrets)))
    return postgres


def run(postgres: Postgres, script: str) -> None:
    psql = str(binaries() / "psql")
    command = [psql, "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--quiet", postgres.url()]
    subprocess.run(command, input=script, text=True, check=True)


def test_no_role_is_above_the_guard(roles: Postgres) -> None:
    with psycopg.connect(roles.url()) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolpassword "
            "FROM pg_authid WHERE rolname = ANY(%s) ORDER BY rolname",
            (list(ROLES),),
        ).fetchall()
    assert [(name, *powers) for name, *powers, _ in found] == [
        (name, False, False, False, False) for name in ROLES
    ]
    assert all(password.startswith("SCRAM-SHA-256$") for *_, password in found)


def test_nodes_own_no_tables_and_reach_no_keys(roles: Postgres) -> None:
    with psycopg.connect(roles.url("silkroad", "silkroad_owner")) as owner:
        owner.execute("CREATE TABLE kept (words text)")
    with psycopg.connect(roles.url("silkroad", "silkroad")) as node:
        for statement in ("CREATE TABLE mine (x int)", "SELECT * FROM kept", "DROP TABLE kept"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), node.transaction():
                node.execute(statement.encode())
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(roles.url("silkroad_keyring", "silkroad"))
    with psycopg.connect(roles.url("silkroad_keyring", "silkroad_keyring")) as keyring:
        keyring.execute("CREATE TABLE public_or_not (x int)")
