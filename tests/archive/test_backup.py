"""Backing up, verifying and restoring, as an operator does it with people on the server."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from silkroad.archive.backup import verified
from silkroad.archive.seal import Damaged
from silkroad.engines.keyring import SealKey
from tests.archive.stores import (
    MIXED,
    SHARED,
    Stores,
    a_file,
    a_key,
    a_table_of_theirs,
    an_installation,
    another_schema,
    kept_in,
)
from tests.archive.story import Story, Writers, told_on
from tests.depth import by_depth
from tests.harness.commands import Operator
from tests.harness.people import Person
from tests.harness.ports import free_port
from tests.harness.server import Server


def elsewhere(folder: Path, root_key: Path, settings: dict[str, str] | None = None) -> Operator:
    """Return an operator with a new, empty place and the copy of the root key."""
    return Operator(folder / "elsewhere", {**(settings or {}), "root_key_file": str(root_key)})


def copy_of_the_root_key(server: Server, folder: Path) -> Path:
    return Path(shutil.copy2(server.data / "keys" / "root.key", folder / "root.key"))


@pytest.mark.parametrize(("here", "there"), [((), SHARED), (SHARED, ())], ids=["small", "grown"])
def test_a_backup_taken_while_people_write_is_restored_elsewhere_and_everybody_reads_on(
    tmp_path: Path, stores: Stores, here: tuple[str, ...], there: tuple[str, ...]
) -> None:
    file, operator = tmp_path / "backup", Operator(tmp_path / "data", stores.fresh(*here))
    with Server(operator.data, on=operator.engine) as server:
        story = told_on(server)
        root_key = copy_of_the_root_key(server, tmp_path)
        with Writers(story.shop, 3) as writers:
            while len(writers.acknowledged) < 30:
                assert server.process.poll() is None
            before = list(writers.acknowledged)
            said = operator.types("backup", file)
            at_the_end = len(writers.acknowledged)
        assert "root key is not in it" in said
        assert at_the_end > len(before), "nobody had to wait for the backup"
        assert root_key.read_bytes() not in file.read_bytes()
        server.kill()
    assert "exists already" in operator.types("backup", file, expecting=2)
    anew = elsewhere(tmp_path, root_key, stores.fresh(*there))
    assert anew.types("verify", file).startswith("whole: ")
    assert "erase it again" in anew.types("restore", file)
    assert not (anew.data / "blobs").exists() or there == (), "nothing of it is in the folder"
    with Server(anew.data, on=anew.engine) as restored:
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


class Kept(NamedTuple):
    """An operator elsewhere who has the root key, a backup, and what is told in it."""

    there: Operator
    whole: bytes
    story: Story


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    with Server(folder / "data") as server:
        story = told_on(server)
        root_key = copy_of_the_root_key(server, folder)
    Operator(folder / "data").types("backup", folder / "backup")
    return Kept(elsewhere(folder, root_key), (folder / "backup").read_bytes(), story)


@pytest.mark.parametrize(
    "shared",
    [
        pytest.param(some, id="-".join(some), marks=[] if some == MIXED[0] else pytest.mark.prove)
        for some in MIXED
    ],
)
def test_a_backup_goes_into_any_mixture_of_stores_and_comes_out_of_it_the_same(
    kept: Kept, tmp_path: Path, stores: Stores, shared: tuple[str, ...]
) -> None:
    (there, whole, story), first, second = kept, tmp_path / "first", tmp_path / "second"
    first.write_bytes(whole)
    mixed = elsewhere(tmp_path, Path(there.settings["root_key_file"]), stores.fresh(*shared))
    mixed.types("restore", first)
    assert [name for name, held in kept_in(mixed.settings).items() if held] == list(shared)
    mixed.types("backup", second)
    root = SealKey(Path(there.settings["root_key_file"]).read_bytes())
    assert verified(second, root)[1] == verified(first, root)[1]
    with Server(mixed.data, on=mixed.engine) as server:
        story.is_read(server)


def test_where_something_is_already_nothing_is_touched(
    kept: Kept, tmp_path: Path, stores: Stores
) -> None:
    (there, whole, _), file = kept, tmp_path / "backup"
    root_key = Path(there.settings["root_key_file"])
    file.write_bytes(whole)
    for shared, use, why in (
        ("database", a_table_of_theirs, "has a table theirs"),
        ("database", another_schema, "has schema 20260101_001"),
        ("database", an_installation, "holds an installation already"),
        ("keyring", a_key, "holds keys already"),
        ("blobs", a_file, "holds files already"),
    ):
        settings = stores.fresh(*SHARED)
        use(settings)
        before = kept_in(settings)
        assert before[shared] != []
        anew = elsewhere(tmp_path, root_key, settings)
        assert why in anew.types("restore", file, expecting=2)
        assert kept_in(settings) == before
        assert not anew.data.exists()
    settings = stores.fresh(*SHARED)
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    anew = elsewhere(tmp_path, root_key, settings)
    assert "damaged" in anew.types("restore", file, expecting=1)
    assert kept_in(settings) == {"database": [], "keyring": [], "blobs": []}


def test_a_damaged_backup_is_found_and_nothing_of_it_is_restored(
    kept: Kept, tmp_path: Path
) -> None:
    there, whole, _ = kept
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


def test_a_restoration_that_is_killed_is_not_taken_for_an_installation(
    kept: Kept, tmp_path: Path, stores: Stores
) -> None:
    (there, whole, _), file = kept, tmp_path / "backup"
    file.write_bytes(whole)
    settings = stores.fresh(*SHARED)
    anew = elsewhere(tmp_path, Path(there.settings["root_key_file"]), settings)
    restoring = anew.begins("restore", file, stderr=subprocess.DEVNULL)
    while not kept_in(settings)["blobs"]:
        assert restoring.poll() is None
    restoring.kill()
    restoring.wait()
    left = kept_in(settings)
    rows = {line.partition(": ")[0]: line.partition(": ")[2] for line in left["database"]}
    assert (rows["messages"] == "[]") == (rows["installation"] == "[]"), "all rows or none"
    assert "Nothing was changed" in anew.types("restore", file, expecting=2)
    assert kept_in(settings) == left


def test_what_cannot_be_done_is_refused_in_one_sentence(
    kept: Kept, tmp_path: Path, stores: Stores
) -> None:
    there, whole, _ = kept
    file = tmp_path / "backup"
    file.write_bytes(whole)
    nobody = Operator(tmp_path / "nowhere")
    assert "root key is not at" in nobody.types("verify", file, expecting=2)
    assert "no installation" in there.types("backup", tmp_path / "new", expecting=2)
    assert not nobody.data.exists()
    there.types("restore", file)
    for settings, why in (
        ({"blobs_url": f"s3://files?endpoint=http://127.0.0.1:{free_port()}"}, "could not be read"),
        ({"keyring_url": stores.postgres.fresh().owner}, "no keyring in its database"),
    ):
        half = Operator(there.data, there.settings | settings)
        assert why in half.types("backup", tmp_path / "new", expecting=2)
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
        second = Operator(server.data, {"port": str(free_port())})
        assert "in use by another process" in second.types("serve", expecting=2)
        assert "in use by another process" in second.types("migrate", expecting=2)


def spoil_all_keys_but_the_first(keyring: Path) -> None:
    with closing(sqlite3.connect(keyring)) as file, file:
        file.execute("UPDATE keys SET wrapped = zeroblob(length(wrapped)) WHERE parent_id NOT NULL")
