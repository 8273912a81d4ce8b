"""Backing up, verifying and restoring, as an operator does it with people on the server."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from silkroad.archive.backup import verified
from silkroad.archive.seal import Damaged
from silkroad.engines.keyring import SealKey
from tests.archive.story import Writers, told_on
from tests.depth import by_depth
from tests.harness.commands import Operator
from tests.harness.engines import SQLITE, Engine
from tests.harness.people import Person
from tests.harness.postgres import Postgres
from tests.harness.server import Server


def elsewhere(folder: Path, root_key: Path, on: Engine = SQLITE) -> Operator:
    """Return an operator with a new, empty place and the copy of the root key."""
    return Operator(folder / "elsewhere", {**on.fresh(), "root_key_file": str(root_key)})


def copy_of_the_root_key(server: Server, folder: Path) -> Path:
    return Path(shutil.copy2(server.data / "keys" / "root.key", folder / "root.key"))


def test_a_backup_taken_while_people_write_is_restored_elsewhere_and_everybody_reads_on(
    tmp_path: Path,
) -> None:
    file, here = tmp_path / "backup", Operator(tmp_path / "data")
    with Server(tmp_path / "data") as server:
        story = told_on(server)
        root_key = copy_of_the_root_key(server, tmp_path)
        with Writers(story.shop, 3) as writers:
            while len(writers.acknowledged) < 30:
                assert server.process.poll() is None
            before = list(writers.acknowledged)
            said = here.types("backup", file)
            at_the_end = len(writers.acknowledged)
        assert "root key is not in it" in said
        assert at_the_end > len(before), "nobody had to wait for the backup"
        assert server.data.joinpath("keys/root.key").read_bytes() not in file.read_bytes()
        server.kill()
    assert "exists already" in here.types("backup", file, expecting=2)
    there = elsewhere(tmp_path, root_key)
    assert there.types("verify", file).startswith("whole: ")
    there.types("restore", file)
    with Server(there.data, on=there.engine) as restored:
        story.still_stands(restored)
        missing = set(before) - set(heard_by(story.shop.arta, {talk for talk, _ in before}))
        assert missing == set()
        assert restored.stop() == 0


def heard_by(person: Person, conversations: set[str]) -> list[tuple[str, str]]:
    """Return all that somebody can read in these conversations, paging back to the beginning."""
    found = []
    for conversation in conversations:
        before = 0
        while before != 1:
            path = f"/api/conversations/{conversation}/messages?limit=100&before={before}"
            page = person.get(path)["items"]
            found += [(conversation, item["text"]) for item in page]
            before = min(item["seq"] for item in page if item["lane"] == "public")
    return found


def test_a_backup_of_sqlite_is_restored_on_postgresql_and_back(
    tmp_path: Path, postgres: Postgres
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with Server(tmp_path / "data") as server:
        story = told_on(server)
        root_key = copy_of_the_root_key(server, tmp_path)
    Operator(tmp_path / "data").types("backup", first)
    there = elsewhere(tmp_path, root_key, Engine("postgresql", postgres))
    there.types("restore", first)
    with Server(there.data, on=there.engine) as restored:
        story.still_stands(restored)
        there.types("backup", second)
    back = Operator(tmp_path / "back", {"root_key_file": str(root_key)})
    back.types("restore", second)
    with Server(back.data, on=back.engine) as again:
        story.still_stands(again)
    assert "not empty" in there.types("restore", first, expecting=2)
    shutil.rmtree(there.data)
    assert "holds an installation" in there.types("restore", first, expecting=2)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Operator, bytes]:
    """A backup, and an operator elsewhere who has the root key."""
    folder = tmp_path_factory.mktemp("kept")
    with Server(folder / "data") as server:
        told_on(server)
        root_key = copy_of_the_root_key(server, folder)
    Operator(folder / "data").types("backup", folder / "backup")
    return elsewhere(folder, root_key), (folder / "backup").read_bytes()


def test_a_damaged_backup_is_found_and_nothing_of_it_is_restored(
    kept: tuple[Operator, bytes], tmp_path: Path
) -> None:
    there, whole = kept
    file, chance = tmp_path / "damaged", random.Random(3)
    root = SealKey(Path(there.settings["root_key_file"]).read_bytes())
    file.write_bytes(whole)
    assert verified(file, root)
    for bit in chance.sample(range(len(whole) * 8), by_depth(40, 5_000, 50_000)):
        altered = bytearray(whole)
        altered[bit // 8] ^= 1 << bit % 8
        file.write_bytes(altered)
        with pytest.raises(Damaged):
            verified(file, root)
    assert "damaged" in there.types("verify", file, expecting=1)
    file.write_bytes(whole + b"\0")
    assert "damaged" in there.types("restore", file, expecting=1)
    assert not there.data.exists()


def test_what_cannot_be_done_is_refused_in_one_sentence(
    kept: tuple[Operator, bytes], tmp_path: Path
) -> None:
    there, whole = kept
    file = tmp_path / "backup"
    file.write_bytes(whole)
    nobody = Operator(tmp_path / "nowhere")
    assert "root key is not at" in nobody.types("verify", file, expecting=2)
    assert "no installation" in there.types("backup", tmp_path / "new", expecting=2)
    assert not nobody.data.exists()
    there.types("restore", file)
    elsewhere = Operator(there.data, there.settings | {"blobs_url": "s3://bucket"})
    assert "does not reach yet" in elsewhere.types("backup", tmp_path / "new", expecting=2)
    wrong = tmp_path / "wrong.key"
    wrong.write_bytes(b"k" * 32)
    wrong.chmod(0o400)
    strange = Operator(there.data, there.settings | {"root_key_file": str(wrong)})
    assert "does not open the keys" in strange.types("backup", tmp_path / "new", expecting=2)
    spoil_all_keys_but_the_first(there.data / "keys" / "keyring.db")
    there.types("backup", tmp_path / "spoilt")
    assert "keys do not open" in there.types("verify", tmp_path / "spoilt", expecting=1)
    (there.data / "keys" / "keyring.db").unlink()
    assert "no keyring" in there.types("backup", tmp_path / "new", expecting=2)
    assert not (tmp_path / "new").exists()


def test_a_folder_is_served_by_one_process_only(tmp_path: Path) -> None:
    with Server(tmp_path / "data") as server:
        second = Operator(server.data, {"port": "0"})
        assert "in use by another process" in second.types("serve", expecting=2)
        assert "in use by another process" in second.types("migrate", expecting=2)


def spoil_all_keys_but_the_first(keyring: Path) -> None:
    with closing(sqlite3.connect(keyring)) as file, file:
        file.execute("UPDATE keys SET wrapped = zeroblob(length(wrapped)) WHERE parent_id NOT NULL")
