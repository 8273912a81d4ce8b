"""Which root a server has: the key in its file, or wrapped there by the operator's own service."""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing

from silkroad.engines.disk import private_lines
from silkroad.engines.outbound import Outbound, Recipient
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.randomness import Randomness, SystemRandomness
from silkroad.settings import BadSettings, Settings

from .opening import holds_keys
from .root import PlainRoot, Root, RootKeyUnsafe, open_root_key, wrap_again
from .seal import SealKey
from .transit import TransitRoot, read_key, recipient

_TOKEN = re.compile(r"[!-~]+")


def recipients(settings: Settings) -> list[Recipient]:
    """Return who has to be asked for the root key, if anybody. Raises BadSettings."""
    if not settings.root_url:
        return []
    return [recipient(read_key(settings.root_url, settings.private))]


async def open_root(settings: Settings, outbound: Outbound, randomness: Randomness) -> SealKey:
    """Return the root key; a new one is made unless there are keys that it would not open.

    Raises RootKeyUnsafe, BadSettings.
    """
    if not settings.root_key.exists() and await asyncio.to_thread(holds_keys, settings):
        raise RootKeyUnsafe(
            f"{settings.root_key} is missing, and a new one would open nothing: "
            "restore your backup of it, or correct SILKROAD_ROOT_KEY_FILE."
        )
    return await open_root_key(settings.root_key, _root(settings, outbound), randomness)


async def existing_root(settings: Settings) -> SealKey:
    """Return the root key for a command beside the server. Raises RootKeyUnsafe, BadSettings."""
    async with aclosing(HttpOutbound(recipients(settings))) as outbound:
        return await open_root(settings, outbound, SystemRandomness())


async def wrap_root_key(settings: Settings) -> None:
    """Let the service wrap the key that is in the file. Raises RootKeyUnsafe, BadSettings."""
    if not settings.root_url:
        raise BadSettings("Set SILKROAD_ROOT_URL to the key that is to wrap the root key.")
    async with aclosing(HttpOutbound(recipients(settings))) as outbound:
        await wrap_again(settings.root_key, _root(settings, outbound))


def _root(settings: Settings, outbound: Outbound) -> Root:
    if not settings.root_url:
        return PlainRoot()
    return TransitRoot(outbound, read_key(settings.root_url, settings.private), _token(settings))


def _token(settings: Settings) -> str:
    if settings.root_token_file is None:
        raise BadSettings("SILKROAD_ROOT_URL needs SILKROAD_ROOT_TOKEN_FILE, a file with a token.")
    lines = private_lines(settings.root_token_file, "SILKROAD_ROOT_TOKEN_FILE")
    if len(lines) != 1 or not _TOKEN.fullmatch(lines[0]):
        raise BadSettings(f"{settings.root_token_file} must have one line: the token")
    return lines[0]
