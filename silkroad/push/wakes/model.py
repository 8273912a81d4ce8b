"""What a wake-up is: what a notification says, and how patiently somebody is woken."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from silkroad.engines.notify.subscription import Subscription
from silkroad.kit.clock import DAY, HOUR, MINUTE, SECOND
from silkroad.kit.languages import Language

WakeKind = Literal["question", "mention", "answer"]

WAKE_LIFE = DAY
SETTLE = 3 * SECOND  # whoever is here has read it by then
PAUSE = 30 * SECOND  # between two wakes of one device about one conversation
SHOWN = 100  # characters of a message in a notification

# Who still seems to be here is looked at again: after a minute the socket of a laptop that was shut
# has timed out, and after five more an agent who does not touch the console counts as away.
# A note is not marked as read, so a second look has to be enough for it.
LOOKS: dict[WakeKind, tuple[int, ...]] = {
    "question": (MINUTE, 5 * MINUTE),
    "answer": (MINUTE, 5 * MINUTE),
    "mention": (MINUTE,),
}
FIRST_WAIT = 5 * SECOND
LONGEST_WAIT = HOUR
MOST_TRIES = 12


class Wake(msgspec.Struct, frozen=True):
    """What a notification says, and where a click on it leads."""

    title: str
    body: str
    url: str
    tag: str
    language: Language


class Missing(NamedTuple):
    """What somebody may have missed: a message of the public lane, or a note when ``mention``."""

    conversation_id: str
    kind: WakeKind
    seq: int


class Parcel(NamedTuple):
    """A wake that is to be carried to its device now. ``ttl`` is in seconds.

    ``about``: a newer one about the same takes the place of one that waits at the push service.
    """

    subscription: Subscription
    about: str
    ttl: int


def wait_before(tries: int, asked: int | None, chance: bytes) -> int:
    """Return how many ms to wait after so many tries: what the service asked for, or ever longer.

    Up to half as much again is added by chance, so that not everybody comes back at once.
    """
    wait = min(FIRST_WAIT * 2**tries, LONGEST_WAIT) if asked is None else asked * SECOND
    wait = max(wait, FIRST_WAIT)
    return wait + wait * int.from_bytes(chance, "big") // (2 << (8 * len(chance)))


def shortened(text: str) -> str:
    """Return the beginning of a message in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
