"""The root key: 32 bytes, kept in one file that only the server's user may read. Clause 3.2.

It is made at the first start. In the file lies the key itself, or the key as a service has wrapped
it that never gives its own key away (``transit``). Whoever has the root key and the keyring can
read everything; whoever loses it can read nothing any more. So the path is printed once, with the
request to back it up.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from silkroad.engines.disk import make_folder, put, read_private
from silkroad.kit.randomness import Randomness

from .seal import SealKey

SIZE = 32
_WRAPPED = re.compile(rb"vault:v[1-9][0-9]*:[A-Za-z0-9+/]+={0,2}\s*")


class RootKeyUnsafe(Exception):
    """The root key is not as it must be, or cannot be had; the server does not start."""


class Root(Protocol):
    """What stands between the file and the key."""

    async def wrap(self, material: bytes) -> bytes:
        """Return what is written into the file for a key of 32 bytes. Raises RootKeyUnsafe."""
        ...

    async def unwrap(self, stored: bytes) -> bytes:
        """Return the 32 bytes of the key for what is in the file. Raises RootKeyUnsafe."""
        ...


class PlainRoot:
    """The file holds the key itself."""

    async def wrap(self, material: bytes) -> bytes:
        return material

    async def unwrap(self, stored: bytes) -> bytes:
        if is_wrapped(stored):
            raise RootKeyUnsafe(
                "it holds a wrapped key: set SILKROAD_ROOT_URL to the service that wrapped it"
            )
        if len(stored) != SIZE:
            raise RootKeyUnsafe(f"it has {len(stored)} bytes instead of {SIZE}: {RESTORE}")
        return stored


RESTORE = "restore your backup of it"


def is_wrapped(stored: bytes) -> bool:
    """Whether this is a ciphertext of a transit engine, such as ``vault:v1:…``."""
    return _WRAPPED.fullmatch(stored) is not None


async def open_root_key(path: Path, root: Root, randomness: Randomness) -> SealKey:
    """Return the root key, which is made if there is no file. Raises RootKeyUnsafe, BadSettings."""
    with _named(path):
        try:
            stored = read_private(path)
        except FileNotFoundError:
            material = randomness.bytes(SIZE)
            await _store(path, root, material)
        else:
            material = await root.unwrap(stored)
    return SealKey(material)


async def wrap_again(path: Path, root: Root) -> None:
    """Put the same key into the file as ``root`` wraps it now, whether it was wrapped or not.

    Raises RootKeyUnsafe, BadSettings; then the file is as it was.
    """
    with _named(path):
        stored = read_private(path)
        before: Root = root if is_wrapped(stored) else PlainRoot()
        await _store(path, root, await before.unwrap(stored))


async def _store(path: Path, root: Root, material: bytes) -> None:
    """Write the file once it is certain that the key comes out of it again."""
    stored = await root.wrap(material)
    if await root.unwrap(stored) != material:
        raise RootKeyUnsafe("what was wrapped is not what comes out again; nothing was written")
    await asyncio.to_thread(_write, path, stored)


def _write(path: Path, stored: bytes) -> None:
    make_folder(path.parent)
    put(path, stored, 0o400)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say which file it is about."""
    try:
        yield
    except RootKeyUnsafe as unsafe:
        raise RootKeyUnsafe(f"{path}: {unsafe}") from unsafe
    except OSError as failed:
        raise RootKeyUnsafe(f"{path}: {failed.strerror}") from failed
