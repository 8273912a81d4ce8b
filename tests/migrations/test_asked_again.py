"""What lies in a store from before proofs had keys of their own: nobody can accept it unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import psycopg
import pytest

from silkroad import migrations
from tests.harness.postgres import Postgres

Run = Callable[[str], list[tuple[Any, ...]]]

BACK = (
    "ALTER TABLE notice_versions DROP COLUMN about",
    "ALTER TABLE contact_requests DROP COLUMN bound_at",
    "ALTER TABLE contact_requests DROP COLUMN copied_at",
    "UPDATE alembic_version SET version_num = '20261129_014'",
)
REQUEST = (
    "INSERT INTO contact_requests (workspace_id, id, token_hash, kind, state, language, asked,"
    " proof, proof_at, proof_key, code_tries, received_at, warn_at, due_at) VALUES ('wsp_1',"
    " '{0}', '{0}', 'guardian', '{1}', 'en', '{2}', {3}, 1, {4}, 0, 1, 1, 1)"
)
WARD = (
    "INSERT INTO wards (workspace_id, visitor_id, standing, consent, request_id, consent_key,"
    " notice_hash, language, changed_at)"
    " VALUES ('wsp_1', '{0}', '{1}', 'sealed', '{0}', {2}, 'read', 'en', 1)"
)


class Store(NamedTuple):
    """A database at its newest version, and the way to bring it there again."""

    opened: Callable[[], AbstractContextManager[Run]]
    migrate: Callable[[], object]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "sqlite":
        path = tmp_path / "silkroad.db"
        return Store(lambda: sqlite(path), lambda: migrations.migrate(path))
    postgres: Postgres = request.getfixturevalue("postgres")
    urls = postgres.fresh()
    return Store(
        lambda: postgresql(urls.superuser),
        lambda: migrations.migrate_postgres(urls.owner, urls.app),
    )


@contextmanager
def sqlite(path: Path) -> Iterator[Run]:
    with closing(apsw.Connection(str(path))) as file:
        yield lambda sql: list(file.execute(sql))


@contextmanager
def postgresql(url: str) -> Iterator[Run]:
    def run(sql: str) -> list[tuple[Any, ...]]:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []

    with psycopg.connect(url, autocommit=True) as connection:
        yield run


def test_what_nobody_can_open_any_more_is_asked_for_again(store: Store) -> None:
    store.migrate()
    with store.opened() as run:
        for sql in BACK:
            run(sql)
        for name, key in (("proof old", "NULL"), ("proof new", "'prf_1'")):
            run(REQUEST.format(name, "identity_asked", "proof", "'sealed'", key))
        for name, key in (("claimed old", "NULL"), ("claimed new", "'gdn_1'"), ("given", "NULL")):
            run(REQUEST.format(name, "received", "consent", "NULL", "NULL"))
            run(WARD.format(name, name.split()[0], key))
    store.migrate()
    with store.opened() as run:
        requests = run(
            "SELECT id, state, asked, proof IS NOT NULL FROM contact_requests ORDER BY id"
        )
        assert requests == [
            ("claimed new", "received", "consent", False),
            ("claimed old", "received", None, False),
            ("given", "received", "consent", False),
            ("proof new", "identity_asked", "proof", True),
            ("proof old", "identity_asked", "proof", False),
        ]
        wards = run(
            "SELECT visitor_id, standing, consent IS NOT NULL, notice_hash FROM wards"
            " ORDER BY visitor_id"
        )
        assert wards == [
            ("claimed new", "claimed", True, "read"),
            ("claimed old", "asked", False, None),
            ("given", "given", True, "read"),
        ]
