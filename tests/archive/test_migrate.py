"""Moving a small installation from SQLite to PostgreSQL without losing a row."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from pathlib import Path

import psycopg
import pytest

from silkroad.engines.database.copying import columns
from tests.archive.story import told_on
from tests.depth import by_depth
from tests.harness.commands import Operator
from tests.harness.engines import Engine
from tests.harness.people import client_id
from tests.harness.postgres import Postgres, Urls
from tests.harness.server import Server

PAGE = 4_096  # of a pipe
MOVE = 64  # bytes that the bar writes each time


def test_a_move_that_is_killed_again_and_again_ends_complete_and_people_read_on(
    tmp_path: Path, postgres: Postgres
) -> None:
    here, urls = Operator(tmp_path / "data"), postgres.fresh()
    words = ("migrate", "--to", urls.app, "--owner", urls.owner)
    with Server(here.data) as server:
        story = told_on(server)
        assert "in use by another process" in here.types(*words, expecting=2)
    for part in range(by_depth(2, 20, 100)):
        killed_on_the_way(here, words, moves=1 + 4 * part % 13)
    so_far = everything_in_postgres(urls)
    whole = everything_in_sqlite(here.data / "silkroad.db")
    assert any(so_far.values()), "the kills came on the way"
    assert so_far != whole, "and not at the end"
    said = here.types(*words)
    assert "both sides were compared row by row" in said
    assert "SILKROAD_DATABASE_URL" in said
    assert everything_in_postgres(urls) == whole
    moved = Operator(here.data, {"database_url": urls.app, "database_owner_url": urls.owner})
    assert "has schema" in moved.types("migrate")
    with Server(moved.data, on=moved.engine) as server:
        story.still_stands(server)
    assert "has moved already" in here.types(*words, expecting=2), "what went on there stays"
    with Server(here.data, on=Engine("postgresql", settings={"database_url": urls.app})) as server:
        sent = {"client_id": client_id(), "text": "after all"}
        story.mira.goes_to(server).post(story.mira.path("/messages"), sent)


@pytest.mark.prove
def test_a_move_never_mixes_two_installations(tmp_path: Path, postgres: Postgres) -> None:
    on_postgres = Engine("postgresql", postgres).fresh()
    theirs = Operator(tmp_path / "theirs", on_postgres)
    with Server(theirs.data, on=theirs.engine):
        pass
    with Server(tmp_path / "data"):
        pass
    said = Operator(tmp_path / "data").types(
        "migrate",
        "--to",
        on_postgres["database_url"],
        "--owner",
        on_postgres["database_owner_url"],
        expecting=2,
    )
    assert "another installation" in said


def killed_on_the_way(operator: Operator, words: tuple[str, ...], moves: int) -> None:
    """Start the move and kill it when its bar has moved so many times.

    It writes into a pipe of one page that has room for just these moves: a page takes no more
    before it is read to its end, so the move stands still there.
    """
    ours, its = os.pipe()
    fcntl.fcntl(its, fcntl.F_SETPIPE_SZ, PAGE)
    os.write(its, bytes(PAGE - moves * MOVE))
    process = operator.begins(*words, stderr=its)
    os.close(its)
    left = PAGE - MOVE + 1
    while left:
        left -= len(os.read(ours, left))
    process.kill()
    process.wait()
    os.close(ours)


def everything_in_sqlite(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as file:
        return {
            table: sorted(file.execute(select(table, names)), key=repr)
            for table, names in columns().items()
        }


def everything_in_postgres(urls: Urls) -> dict[str, list[tuple[object, ...]]]:
    with psycopg.connect(urls.superuser) as connection:
        found: dict[str, list[tuple[object, ...]]] = {
            table: sorted(connection.execute(select(table, names)), key=repr)
            for table, names in columns().items()
        }
    return found


def select(table: str, names: list[str]) -> str:
    columns_ = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {columns_} FROM "{table}"'  # noqa: S608 - declared names
