"""What visitors say and what is heard of it, in whichever way a server speaks."""

import asyncio
from typing import Protocol

import msgspec

TEXT = (
    "Hello, I ordered the blue kettle on Monday and it has not come yet. "
    "Could you look where it is? Thanks, Mira"
)
COUNTED_DIGITS = 8


class HeardMessage(msgspec.Struct):
    seq: int
    client_id: str | None = None


class Heard(msgspec.Struct):
    """What is looked at in a server's frame; all else is skipped."""

    t: str
    id: str | None = None
    seq: int | None = None
    code: str = ""
    message: HeardMessage | None = None


class Client(Protocol):
    """One person's connection. ``welcomed`` is done when the server has let them in."""

    welcomed: asyncio.Future[None]

    def send(self, payload: bytes) -> None: ...


def count_of(client_id: str) -> int:
    """Return which of its writer's messages this is, from 1."""
    return int(client_id[-COUNTED_DIGITS:])
