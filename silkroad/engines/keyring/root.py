"""The root key: one file of 32 bytes that only the server's user may read. Clause 3.2.

It is made at the first start. Whoever has it and the keyring can read everything; whoever loses
it can read nothing any more. So the path is printed once, with the request to back it up.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from silkroad.kit.randomness import Randomness

from .seal import SealKey

SIZE = 32


class RootKeyUnsafe(Exception):
    """The root key file is not as it must be; the server does not start."""


def open_root_key(path: Path, randomness: Randomness) -> tuple[SealKey, bool]:
    """Return the root key and whether it was made just now.

    Raises RootKeyUnsafe when the file has another size or others may read it.
    """
    try:
        made = False
        material = _read(path)
    except FileNotFoundError:
        made = True
        material = _make(path, randomness)
    return SealKey(material), made


def _read(path: Path) -> bytes:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise RootKeyUnsafe(f"{path} may be read by others (mode {mode:o}); run: chmod 400 {path}")
    material = path.read_bytes()
    if len(material) != SIZE:
        raise RootKeyUnsafe(
            f"{path} has {len(material)} bytes instead of {SIZE}: restore your backup"
        )
    return material


def _make(path: Path, randomness: Randomness) -> bytes:
    material = randomness.bytes(SIZE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        os.write(descriptor, material)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return material
