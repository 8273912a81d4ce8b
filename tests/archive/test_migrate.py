"""Moving a small installation to PostgreSQL, keys and files with it, without losing anything."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import shutil
import sqlite3
from pathlib import Path

import psycopg
import pytest

from silkroad.cli import masked
from silkroad.engines.database.copying import columns
from tests.archive.stores import (
    SHARED,
    Stores,
    a_file,
    a_key,
    a_table_of_theirs,
    an_installation,
    another_schema,
    bucket_of,
    kept_in,
)
from tests.archive.story import told_on
from tests.depth import by_depth
from tests.harness.commands import Operator
from tests.harness.engines import Engine, superuser_of
from tests.harness.server import Server

FILES = 6
NOTHING: dict[str, list[str]] = {"database": [], "keyring": [], "blobs": []}
PAGE = 4_096  # of a pipe
MOVE = 64  # bytes that the bar writes each time


def words_for(to: dict[str, str]) -> tuple[str, ...]:
    """Return what an operator types to move to these stores."""
    options = {
        "database_url": "--to",
        "database_owner_url": "--owner",
        "keyring_url": "--keyring",
        "blobs_url": "--blobs",
    }
    typed = [(option, to[name]) for name, option in options.items() if name in to]
    return ("migrate", *(word for pair in typed for word in pair))


@pytest.mark.prove
@pytest.mark.timeout(by_depth(900, 900, 3_600))
def test_a_move_that_is_killed_again_and_again_ends_complete_and_people_read_on(
    tmp_path: Path, stores: Stores
) -> None:
    to = stores.fresh(*SHARED)
    key_file = {"blobs_key_file": to["blobs_key_file"]}
    here, words = Operator(tmp_path / "data", key_file), words_for(to)
    with Server(here.data) as server:
        story = told_on(server)
        for number in range(FILES - 1):
            name, content = f"{number}.txt", f"file {number}\n".encode() * 1_000
            story.mira.upload(story.mira.path("/files"), name, content)
        assert "in use by another process" in here.types(*words, expecting=2)
        assert kept_in(to) == NOTHING
    files_on_the_way = set()
    for part in range(by_depth(3, 20, 100)):
        killed_on_the_way(here, words, moves=1 + 5 * part % 17)
        files_on_the_way.add(len(kept_in(to)["blobs"]))
    assert files_on_the_way & set(range(1, FILES)), "a kill came among the files"
    so_far = everything_in_postgres(superuser_of(to))
    whole = everything_in_sqlite(here.data / "silkroad.db")
    assert any(so_far.values()), "one came among the rows"
    assert so_far != whole, "and not at the end"
    said = here.types(*words)
    assert f"{FILES} files" in said
    assert "Both sides were read again and compared" in said
    for name in ("database_url", "keyring_url", "blobs_url"):
        assert f"SILKROAD_{name.upper()}={masked(to[name])}" in said
    assert everything_in_postgres(superuser_of(to)) == whole
    root_key = shutil.copy2(here.data / "keys" / "root.key", tmp_path / "root.key")
    moved = Operator(tmp_path / "node", {**to, "root_key_file": str(root_key)})
    assert "has schema" in moved.types("migrate")
    with Server(moved.data, on=moved.engine) as server:
        story.still_stands(server)
        moved.types("backup", tmp_path / "backup")
    assert moved.types("verify", tmp_path / "backup").startswith("whole: ")
    before = kept_in(to)
    assert "has moved already" in here.types(*words, expecting=2), "what went on there stays"
    assert kept_in(to) == before


@pytest.mark.prove
def test_rows_may_move_alone_and_leave_keys_and_files_in_their_folder(
    tmp_path: Path, stores: Stores
) -> None:
    here, to = Operator(tmp_path / "data"), stores.fresh("database")
    with Server(here.data) as server:
        story = told_on(server)
    said = here.types(*words_for(to))
    assert "Not used any more" in said
    assert said.rstrip().endswith(str(here.data / "keys" / "root.key"))
    assert "keyring.db" not in said
    moved = kept_in(to)
    refused = f"set SILKROAD_DATABASE_URL to its new database, or remove {here.data / 'moved'}"
    old = Operator(here.data, {"port": "0"})
    for words in ("serve",), ("operator-link",), ("migrate",), ("backup", "b"), words_for(to):
        (sentence,) = old.types(*words, expecting=2).splitlines()
        assert re.match(r"silkroad: .* has moved already, on [0-9: -]+ UTC: ", sentence)
        assert refused in sentence
    assert kept_in(to) == moved
    assert "//" not in (here.data / "moved").read_text(), "it names no address"
    without_the_owner = {"database_url": to["database_url"]}
    with Server(here.data, on=Engine("postgresql", settings=without_the_owner)) as server:
        story.still_stands(server)


def test_where_anything_else_lives_nothing_is_moved_and_nothing_changed(
    tmp_path: Path, stores: Stores
) -> None:
    with Server(tmp_path / "data") as server:
        told_on(server)
    for use, why in (
        (a_table_of_theirs, "has a table theirs"),
        (another_schema, "has schema 20260101_001"),
        (an_installation, "another installation"),
        (a_key, "keys that are not in this one"),
        (a_file, "holds other files"),
        (without_its_owner, "role .* does not exist"),
    ):
        to = stores.fresh(*SHARED)
        use(to)
        before = kept_in(to)
        here = Operator(tmp_path / "data", {"blobs_key_file": to["blobs_key_file"]})
        assert re.search(why, here.types(*words_for(to), expecting=2))
        assert kept_in(to) == before


@pytest.mark.prove
def test_who_goes_back_on_purpose_goes_on_and_moves_again_into_an_empty_database(
    tmp_path: Path, stores: Stores
) -> None:
    here, to = Operator(tmp_path / "data"), stores.fresh("database")
    with Server(here.data) as server:
        story = told_on(server)
    here.types(*words_for(to))
    (here.data / "moved").unlink()
    moved = kept_in(to)
    with Server(here.data) as server:
        story.still_stands(server)
    said = here.types(*words_for(to), expecting=2)
    assert "has gone on since an earlier try" in said
    assert "empty the new database, then begin again" in said
    assert kept_in(to) == moved
    assert "moved: " in here.types(*words_for(stores.fresh("database")))


def without_its_owner(to: dict[str, str]) -> None:
    """Let the operator mistype the owner's address."""
    to["database_owner_url"] = to["database_owner_url"].replace("_owner@", "_nobody@")


def test_what_cannot_move_is_told_so(tmp_path: Path, stores: Stores) -> None:
    nobody = Operator(tmp_path / "nowhere")
    to = stores.fresh(*SHARED)
    words = words_for(to)
    assert "There is no installation" in nobody.types(*words, expecting=2)
    assert "with --owner" in nobody.types(*words[:3], expecting=2)
    assert "say with --to" in nobody.types("migrate", "--blobs", to["blobs_url"], expecting=2)
    with Server(tmp_path / "data"):
        pass
    for name in ("database_url", "keyring_url", "blobs_url"):
        theirs = Operator(tmp_path / "data", {name: stores.fresh(*SHARED)[name]})
        assert f"SILKROAD_{name.upper()}" in theirs.types(*words, expecting=2)
    both = words_for(to | {"keyring_url": to["database_owner_url"]})
    here = Operator(tmp_path / "data", {"blobs_key_file": to["blobs_key_file"]})
    assert "a database of its own" in here.types(*both, expecting=2)
    assert kept_in(to) == NOTHING


@pytest.mark.prove
def test_what_was_changed_on_the_way_is_found_at_the_end(tmp_path: Path, stores: Stores) -> None:
    """A file that an earlier try has brought over is not read until the end, and is then."""
    with Server(tmp_path / "data") as server:
        story = told_on(server)
        workspace = story.shop.admin.workspace_id
    to = stores.fresh(*SHARED)
    asyncio.run(bucket_of(to).put(f"{workspace}/{story.file_id}", b"not what it was"))
    here = Operator(tmp_path / "data", {"blobs_key_file": to["blobs_key_file"]})
    said = here.types(*words_for(to), expecting=1)
    assert "differ in contents of files" in said
    assert "Do not use the new one: empty it" in said
    assert "then begin again" in said
    assert "has schema" in here.types("migrate"), "the old one goes on"


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
    read, enough = b"", PAGE - MOVE + 1
    while len(read) < enough:
        part = os.read(ours, enough - len(read))
        assert part, f"it ended by itself: {read.strip(bytes(1))!r}"
        read += part
    assert b"silkroad: " not in read, read.strip(bytes(1))
    process.kill()
    process.wait()
    os.close(ours)


def everything_in_sqlite(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as file:
        return {
            table: sorted(file.execute(select(table, names)), key=repr)
            for table, names in columns().items()
        }


def everything_in_postgres(url: str) -> dict[str, list[tuple[object, ...]]]:
    with psycopg.connect(url) as connection:
        there = connection.execute("SELECT tablename FROM pg_tables").fetchall()
        found: dict[str, list[tuple[object, ...]]] = {
            table: sorted(connection.execute(select(table, names)), key=repr)
            for table, names in columns().items()
            if (table,) in there
        }
    return found


def select(table: str, names: list[str]) -> str:
    columns_ = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {columns_} FROM "{table}"'  # noqa: S608 - declared names
