"""What every root keeps to: the key in its file, and the key wrapped there by a service."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import pytest

from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.root import PlainRoot, RootKeyUnsafe, wrap_again
from silkroad.engines.keyring.roots import existing_root, open_root, recipients
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import BadSettings, Settings
from tests.harness.transits import SERVICES

pytestmark = pytest.mark.anyio

CHANCE = SystemRandomness()


@dataclass
class Installation:
    """Its settings, and whether the key itself lies in the file."""

    settings: Settings
    plain: bool

    async def opens(self) -> SealKey:
        """Open the root key as a server does that starts."""
        async with aclosing(HttpOutbound(recipients(self.settings))) as outbound:
            return await open_root(self.settings, outbound, CHANCE)

    @property
    def file(self) -> Path:
        return self.settings.root_key


@pytest.fixture(params=["plain", *SERVICES])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if request.param == "plain":
        yield Installation(settings(tmp_path), plain=True)
        return
    with SERVICES[request.param]() as service:
        yield Installation(settings(tmp_path, **service.settings(tmp_path)), plain=False)


def settings(folder: Path, root_url: str = "", root_token_file: str | None = None) -> Settings:
    token = Path(root_token_file) if root_token_file else None
    return Settings(data_dir=folder / "a" / "data", root_url=root_url, root_token_file=token)


async def test_it_is_made_once_and_for_the_server_alone(house: Installation) -> None:
    first = await house.opens()
    stored = house.file.read_bytes()
    assert (await house.opens()).material == first.material
    assert (await existing_root(house.settings)).material == first.material
    assert (len(first.material), house.file.read_bytes()) == (32, stored)
    assert house.file.stat().st_mode & 0o777 == 0o400
    assert [folder.stat().st_mode & 0o777 for folder in list(house.file.parents)[:3]] == [0o700] * 3
    assert [file.name for file in house.file.parent.iterdir()] == ["root.key"]


async def test_the_file_and_every_folder_on_the_way_to_it_survive_a_power_cut(
    house: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, sync = list[Path](), os.fsync

    def seen(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    await house.opens()
    data = house.settings.data_dir
    on_the_way = [tmp_path, data.parent, data]
    assert synced == [*on_the_way, house.file.with_name("root.key.unfinished"), data / "keys"]


async def test_the_key_lies_in_its_file_only_when_nobody_wraps_it(house: Installation) -> None:
    material = (await house.opens()).material
    assert (material in house.file.read_bytes()) == house.plain
    assert house.file.read_bytes().startswith(b"vault:v1:") != house.plain


async def test_two_installations_have_two_keys(house: Installation) -> None:
    first = await house.opens()
    house.file.unlink()
    assert (await house.opens()).material != first.material


def cut(stored: bytes) -> bytes:
    return stored[:-1]


def longer(stored: bytes) -> bytes:
    return stored + b"AAAA"


def other_letters(stored: bytes) -> bytes:
    return b"\xff" * len(stored) * 2


def nothing(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("harm", [cut, longer, other_letters, nothing])
async def test_a_file_that_was_harmed_is_refused_and_stays_as_it_is(
    house: Installation, harm: Callable[[bytes], bytes]
) -> None:
    await house.opens()
    harmed = harm(house.file.read_bytes())
    replace(house.file, harmed)
    with pytest.raises(RootKeyUnsafe, match="restore your backup of it") as refused:
        await house.opens()
    assert str(refused.value).startswith(f"{house.file}: ")
    assert house.file.read_bytes() == harmed


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o620])
async def test_a_file_that_others_may_read_is_refused(house: Installation, mode: int) -> None:
    await house.opens()
    house.file.chmod(mode)
    with pytest.raises(BadSettings, match=f"chmod 400 {house.file}"):
        await house.opens()


async def test_a_file_of_the_other_kind_is_refused_and_it_is_said_what_to_do(
    house: Installation,
) -> None:
    await house.opens()
    other = b"vault:v1:" + b"A" * 80 if house.plain else b"k" * 32
    replace(house.file, other)
    todo = "set SILKROAD_ROOT_URL" if house.plain else "run `silkroad wrap-root-key`"
    with pytest.raises(RootKeyUnsafe, match=todo):
        await house.opens()
    assert house.file.read_bytes() == other


async def test_a_lost_file_is_not_replaced_while_there_are_keys(house: Installation) -> None:
    await house.opens()
    house.file.unlink()
    (house.file.parent / "keyring.db").touch()
    with pytest.raises(RootKeyUnsafe, match="a new one would open nothing"):
        await house.opens()
    assert not house.file.exists()


async def test_what_cannot_be_written_is_said_with_its_file(house: Installation) -> None:
    house.settings.data_dir.mkdir(parents=True)
    (house.settings.data_dir / "keys").touch()
    with pytest.raises(RootKeyUnsafe, match=f"{house.file}: Not a directory"):
        await house.opens()


@pytest.mark.parametrize("name", ["root.key", "root.new", "root", "root.unfinished"])
async def test_it_is_written_again_for_its_owner_and_nothing_beside_it_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file, beside = tmp_path / name, tmp_path / "root.backup"
    for path in (file, tmp_path / "root.new", beside):
        path.write_bytes(b"k" * 32)
        path.chmod(0o400)
    kept = contents(tmp_path)
    owner, there, chown = file.stat(), list[bool](), os.fchown

    def seen(descriptor: int, user: int, group: int) -> None:
        there.append((user, group) == (owner.st_uid, owner.st_gid) and file.exists())
        chown(descriptor, user, group)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "fchown", seen)
    await wrap_again(file, PlainRoot())
    assert there == [True], "the key was there until the new file had its owner"
    assert contents(tmp_path) == kept
    assert file.stat().st_mode & 0o777 == 0o400


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def replace(file: Path, stored: bytes) -> None:
    """Put something else into the file, as readable as it was."""
    file.unlink()
    file.write_bytes(stored)
    file.chmod(0o400)
