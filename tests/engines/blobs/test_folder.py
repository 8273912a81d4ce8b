"""What a folder of blobs promises beyond the contract: who may look in, what mishaps cost."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest

from silkroad.engines.blobs.folder import FolderBlobs
from silkroad.kit.errors import Refusal
from silkroad.kit.ids import new_id
from silkroad.kit.randomness import SeededRandomness

pytestmark = pytest.mark.anyio

MAKES_FILES = "silkroad.engines.blobs.folder.NamedTemporaryFile"
CHANCE = SeededRandomness(3)
SHOP = new_id("wsp", CHANCE)
PHOTO = f"{SHOP}/{new_id('fil', CHANCE)}"
LETTER = f"{SHOP}/{new_id('fil', CHANCE)}"


class Mishap:
    """Lets the n-th of some calls fail, and counts them."""

    def __init__(self, at: int, number: int) -> None:
        self.calls = 0
        self._at = at
        self._number = number

    def over(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self._at:
                raise OSError(self._number, os.strerror(self._number))
            return call(*arguments, **named)

        return perhaps


def everything_below(root: Path) -> list[Path]:
    return [root, *root.rglob("*")]


async def test_only_the_servers_own_user_may_look_in(tmp_path: Path) -> None:
    root = tmp_path / "data" / "blobs"
    root.mkdir(parents=True)
    root.chmod(0o755)
    await FolderBlobs(root).put(PHOTO, b"sealed")
    for path in everything_below(root):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


async def test_a_new_start_finds_what_was_put(tmp_path: Path) -> None:
    await FolderBlobs(tmp_path).put(PHOTO, b"sealed")
    assert await FolderBlobs(tmp_path).get(PHOTO) == b"sealed"


async def test_a_new_start_drops_what_a_crash_left_half_written(tmp_path: Path) -> None:
    await FolderBlobs(tmp_path).put(PHOTO, b"sealed")
    (tmp_path / "arriving" / "tmp123").write_bytes(b"half")
    blobs = FolderBlobs(tmp_path)
    assert (tmp_path / "arriving" / "tmp123").exists(), "another command must not touch it"
    blobs.drop_unfinished()
    files = [path for path in everything_below(tmp_path) if path.is_file()]
    assert [path.name for path in files] == [PHOTO.partition("/")[2]]
    assert await blobs.get(PHOTO) == b"sealed"


async def test_a_sweep_overlooks_what_others_left_there(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    await blobs.put(PHOTO, b"sealed")
    name = PHOTO.partition("/")[2]
    for stray in (f"{SHOP}/{name[4:6]}/.DS_Store", f"{SHOP}/x", f"lost+found/aa/{name}"):
        (tmp_path / stray).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / stray).write_bytes(b"")
    assert [blob.key async for blob in blobs.stored()] == [PHOTO]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage_full"),
        (errno.EDQUOT, "storage_full"),
        (errno.EIO, "storage_failed"),
        (errno.EROFS, "storage_failed"),
    ],
)
async def test_whichever_step_fails_a_put_says_so_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    """Every call that changes the disk fails once; until none is left to fail."""
    blobs = FolderBlobs(tmp_path)
    await blobs.put(LETTER, b"sealed before")
    for step in range(1, 100):
        mishap = Mishap(step, number)
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", mishap.over(os.fsync))
            broken.setattr(Path, "mkdir", mishap.over(Path.mkdir))
            broken.setattr(Path, "replace", mishap.over(Path.replace))
            broken.setattr(MAKES_FILES, mishap.over(NamedTemporaryFile))
            try:
                await blobs.put(PHOTO, b"sealed")
            except Refusal as no:
                refused: str | None = no.code
            else:
                refused = None
        assert not list((tmp_path / "arriving").iterdir())
        assert await blobs.get(LETTER) == b"sealed before"
        if refused is None:
            break
        assert refused == code
        await blobs.delete(PHOTO)
    assert step > 7  # two folders, a file, its sync, the rename, three syncs
    assert await blobs.get(PHOTO) == b"sealed"


async def test_a_disk_that_fills_in_mid_write_loses_nothing_and_works_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = FolderBlobs(tmp_path)
    await blobs.put(PHOTO, b"sealed before")
    with monkeypatch.context() as full:
        full.setattr(MAKES_FILES, on_a_full_disk(NamedTemporaryFile))
        with pytest.raises(Refusal) as no:
            await blobs.put(PHOTO, b"sealed anew" * 1_000)
        assert no.value.code == "storage_full"
        assert await blobs.get(PHOTO) == b"sealed before"
    assert not list((tmp_path / "arriving").iterdir())
    await blobs.put(PHOTO, b"sealed anew")
    assert await blobs.get(PHOTO) == b"sealed anew"


def on_a_full_disk(make: Callable[..., Any]) -> Callable[..., Any]:
    """Let files be made, but written only to the device that is always full."""

    def made(**named: Any) -> Any:
        file = make(**named)
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, file.fileno())
        os.close(full)
        return file

    return made
