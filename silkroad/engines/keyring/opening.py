"""Which keyring a server has: a file beside its data, or a database that several nodes share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from silkroad.kit.errors import Refusal
from silkroad.kit.randomness import Randomness
from silkroad.kit.scope import INSTALLATION
from silkroad.settings import BadSettings, Settings

from . import KeyName, Keyring, NewKey
from .copying import KeyRows, SqliteKeyRows
from .root import RootKeyUnsafe
from .seal import SealBroken, SealKey
from .sqlite import SqliteKeyring


def open_keyring(settings: Settings, root: SealKey, randomness: Randomness) -> Keyring:
    """Return the keyring, with the installation's own key in it.

    Raises BadSettings, and RootKeyUnsafe when its keys are under another root key.
    """
    keyring = _opened(settings, root, randomness)
    try:
        _ensure_installation_key(keyring, randomness)
    except SealBroken as another:
        keyring.close()
        raise RootKeyUnsafe(
            f"{settings.root_key} does not open this keyring: restore your backup of the key that "
            "does, or correct SILKROAD_ROOT_KEY_FILE. All nodes need the same one."
        ) from another
    return keyring


def holds_keys(settings: Settings) -> bool:
    """Whether there are keys already, which a new root key would not open. Raises BadSettings."""
    if not settings.keyring_url:
        return _file(settings).exists()
    with _named():
        from .postgres import holds_keys as has_some  # noqa: PLC0415 - psycopg is an extra

        return has_some(settings.keyring_url)


def key_rows(settings: Settings) -> KeyRows:
    """Return the rows of the keyring that the settings name. Raises BadSettings."""
    if not settings.keyring_url:
        return SqliteKeyRows(_file(settings))
    with _named():
        from .postgres_copying import PostgresKeyRows  # noqa: PLC0415 - psycopg is an extra

        return PostgresKeyRows(settings.keyring_url)


def mark(settings: Settings, region: str = "") -> str:
    """Return the region that the keyring is marked with, which takes this one if it has none. 2.1.

    Raises BadSettings, Refusal.
    """
    rows = key_rows(settings)
    with _named() if settings.keyring_url else nullcontext():
        return rows.mark(region)


def _opened(settings: Settings, root: SealKey, randomness: Randomness) -> Keyring:
    if not settings.keyring_url:
        return SqliteKeyring(_file(settings), root, randomness)
    with _named():
        from .postgres import PostgresKeyring  # noqa: PLC0415 - psycopg is an extra

        return PostgresKeyring(settings.keyring_url, root, randomness)


def _ensure_installation_key(keyring: Keyring, randomness: Randomness) -> None:
    """Make the key if nobody has; of several nodes that start at once, one makes it for all."""
    name = KeyName(INSTALLATION, INSTALLATION)
    try:
        keyring.load(name)
    except Refusal as missing:
        if missing.code != "erased":
            raise
        try:
            keyring.persist([NewKey(name, None, SealKey(randomness.bytes(32)))])
        except Refusal as made:
            if made.code != "already_exists":
                raise
            keyring.load(name)


def _file(settings: Settings) -> Path:
    return settings.data_dir / "keys" / "keyring.db"


@contextmanager
def _named() -> Iterator[None]:
    """Say which setting it is that cannot be served with."""
    try:
        yield
    except ImportError as missing:
        raise BadSettings(
            "SILKROAD_KEYRING_URL needs psycopg: install silkroad with its extra `postgres`."
        ) from missing
    except Refusal as silent:
        raise BadSettings(
            "The database of SILKROAD_KEYRING_URL does not answer, or does not let its role make "
            "tables there."
        ) from silent
