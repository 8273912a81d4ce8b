"""What engines owe to their files: folders that stay, and secrets that nobody else reads."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from silkroad.settings import BadSettings

OWNER_ONLY = 0o700


def sync(folder: Path) -> None:
    """Make sure that what was put into this folder, or taken out, stays so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, for the owner only, so that they stay."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(OWNER_ONLY, exist_ok=True)
        sync(folder.parent)


def put(path: Path, content: bytes, mode: int) -> None:
    """Write a file, or another into its place, that is there as a whole and stays. Raises OSError.

    Root leaves the file to whoever had the one before.
    """
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if os.geteuid() == 0 and path.exists():
                before = path.stat()
                os.fchown(descriptor, before.st_uid, before.st_gid)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync(path.parent)


def read_private(path: Path) -> bytes:
    """Return what a file of secrets holds. Raises BadSettings if others may read it, OSError."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise BadSettings(f"{path} may be read by others (mode {mode:o}); run: chmod 400 {path}")
    return path.read_bytes()


def private_lines(path: Path, setting: str) -> list[str]:
    """Return the lines of the file of secrets that a setting names. Raises BadSettings."""
    try:
        return read_private(path).decode().splitlines()
    except (OSError, UnicodeDecodeError) as unread:
        raise BadSettings(f"{setting}: {path} cannot be read") from unread
