"""Blobs in a folder that only the server's own user may enter.

``<workspace id>/<two characters>/<id>``: a workspace is one folder to erase, and no folder grows
too large to list. A blob is written elsewhere, synced, and renamed into its place, and then the
folders on the way to it are synced: after a power cut it is there as a whole or not at all.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from silkroad.engines.disk import OWNER_ONLY, sync
from silkroad.kit.errors import refuse
from silkroad.kit.ids import ID

from . import MARK, StoredBlob, checked_id, two_ids

ARRIVING = "arriving"
FULL = {errno.ENOSPC, errno.EDQUOT}


class FolderBlobs:
    """Blobs below ``root``, which is made when something is written: a look leaves nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._arriving = root / ARRIVING
        self._is_made = False

    def drop_unfinished(self) -> None:
        """Drop what a crash left half-written; for the one process that serves the folder."""
        self._make()
        for file in self._arriving.iterdir():
            file.unlink(missing_ok=True)

    async def put(self, key: str, data: bytes) -> None:
        await asyncio.to_thread(self._put, self._path(key), data)

    async def get(self, key: str) -> bytes:
        return await asyncio.to_thread(read, self._path(key))

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(delete, self._path(key))

    async def mark(self, region: str = "") -> str:
        return await asyncio.to_thread(self._mark, region)

    async def stored(self, workspace_id: str | None = None) -> AsyncIterator[StoredBlob]:
        pattern = "*" if workspace_id is None else checked_id(workspace_id)
        for shelf in await asyncio.to_thread(shelves, self._root, pattern):
            for blob in await asyncio.to_thread(listed, shelf):
                yield blob

    def _path(self, key: str) -> Path:
        workspace_id, name = two_ids(key)
        shelf = name.partition("_")[2][:2]
        return self._root / workspace_id / shelf / name

    def _make(self) -> None:
        if not self._is_made:
            self._root.mkdir(OWNER_ONLY, parents=True, exist_ok=True)
            self._root.chmod(OWNER_ONLY)
            self._arriving.mkdir(OWNER_ONLY, exist_ok=True)
            sync(self._root.parent)
            self._is_made = True

    def _mark(self, region: str) -> str:
        marks = self._root / MARK
        with told():
            if region and not marked(marks):
                self._make()
                marks.mkdir(OWNER_ONLY, exist_ok=True)
                (marks / region).touch(0o600)
                sync(marks)
                sync(self._root)
            return marked(marks)

    def _put(self, path: Path, data: bytes) -> None:
        shelf, workspace = path.parent, path.parent.parent
        with told():
            self._make()
            workspace.mkdir(OWNER_ONLY, exist_ok=True)
            shelf.mkdir(OWNER_ONLY, exist_ok=True)
            self._write(path, data)
            for folder in (shelf, workspace, self._root):
                sync(folder)

    def _write(self, path: Path, data: bytes) -> None:
        with NamedTemporaryFile(dir=self._arriving, delete=False) as file:  # made with 0600
            arriving = Path(file.name)
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                arriving.replace(path)
            finally:
                arriving.unlink(missing_ok=True)  # it has moved, if all went well


def read(path: Path) -> bytes:
    with told():
        try:
            return path.read_bytes()
        except FileNotFoundError as missing:
            raise refuse("not_found") from missing


def delete(path: Path) -> None:
    with told(), suppress(FileNotFoundError):
        path.unlink()
        sync(path.parent)


def marked(marks: Path) -> str:
    return ", ".join(sorted(mark.name for mark in marks.iterdir())) if marks.exists() else ""


def shelves(root: Path, workspace: str) -> list[Path]:
    with told():
        found = root.glob(f"{workspace}/??/")
        return [shelf for shelf in found if ID.fullmatch(shelf.parent.name)]


def listed(shelf: Path) -> list[StoredBlob]:
    blobs = []
    with told(), os.scandir(shelf) as files:
        for file in files:
            with suppress(FileNotFoundError):  # deleted since
                about = file.stat(follow_symlinks=False)
                key, at = f"{shelf.parent.name}/{file.name}", about.st_mtime_ns // 1_000_000
                blobs.append(StoredBlob(key, about.st_size, at))
    return [blob for blob in blobs if ID.fullmatch(blob.key.partition("/")[2])]


@contextmanager
def told() -> Iterator[None]:
    """Tell a full disk from a broken one."""
    try:
        yield
    except OSError as failure:
        code = "storage_full" if failure.errno in FULL else "storage_failed"
        raise refuse(code) from failure
