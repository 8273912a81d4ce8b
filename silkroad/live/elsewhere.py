"""Who is here at the other nodes: what they say on the bus, believed for as long as they say it.

Each node says who came and went, and every few seconds everybody whom it has. A node that falls
silent is forgotten with its people. Without a bus each node knows its own people only: colleagues
elsewhere then look away, and somebody who is here may be woken. Nothing is lost by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal

import msgspec

from silkroad.engines.bus import Bus
from silkroad.kit.clock import SECOND, Clock

Presence = Literal["online", "away", "offline"]
Actor = tuple[str, str]
"""A workspace's id and a member's or visitor's in it."""

EVERY = 4.0  # seconds
FORGOTTEN_AFTER = 12 * SECOND
AT_ONCE = 5_000


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a node says of its people; ``gone`` are those whom it has not got any more."""

    node: str
    here: list[tuple[str, str, Presence]] = []
    gone: list[Actor] = []
    away: list[tuple[str, str, bool]] = []  # who stepped away, or came back, at any node
    leaving: bool = False


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Word).decode


class Elsewhere:
    """The people of the other nodes. ``on_change`` is told of whom something changed."""

    def __init__(self, bus: Bus, clock: Clock, node: str) -> None:
        self.on_change: Callable[[Actor, Presence], None] = lambda _actor, _before: None
        self.on_away: Callable[[Actor, bool], None] = lambda _actor, _away: None
        self._bus = bus
        self._clock = clock
        self._node = node
        self._people: dict[Actor, dict[str, Presence]] = {}
        self._heard_at: dict[str, int] = {}
        bus.listen("presence", lambda word: self._hear(_decode(word)))

    def presence_of(self, actor: Actor) -> Presence:
        known = self._people.get(actor, {}).values()
        return "online" if "online" in known else "away" if known else "offline"

    def tell(self, actor: Actor, presence: Presence) -> None:
        """Say that somebody came, went or stepped away here."""
        if presence == "offline":
            self._say(":".join(actor), Word(self._node, gone=[actor]))
        else:
            self._say(":".join(actor), Word(self._node, here=[(*actor, presence)]))

    def tell_away(self, actor: Actor, *, away: bool) -> None:
        """Say that a member stepped away or came back, wherever their sockets are."""
        self._say("away:" + ":".join(actor), Word(self._node, away=[(*actor, away)]))

    async def keep_telling(self, everybody: Callable[[], list[tuple[str, str, Presence]]]) -> None:
        """Say again and again who is here, and forget nodes that say nothing any more."""
        while True:
            here = everybody()
            for first in range(0, max(1, len(here)), AT_ONCE):
                self._say(f"everybody:{first}", Word(self._node, here[first : first + AT_ONCE]))
            self._forget_silent()
            await asyncio.sleep(EVERY)

    def leave(self) -> None:
        """Say that this node ends."""
        self._say("leaving", Word(self._node, leaving=True))

    def _say(self, about: str, word: Word) -> None:
        self._bus.say("presence", about, _encode(word))

    def _hear(self, word: Word) -> None:
        self._heard_at[word.node] = self._clock.now()
        for workspace_id, actor_id, presence in word.here:
            self._put((workspace_id, actor_id), word.node, presence)
        for actor in word.gone:
            self._put(actor, word.node, "offline")
        for workspace_id, actor_id, away in word.away:
            self.on_away((workspace_id, actor_id), away)
        if word.leaving:
            self._forget(word.node)

    def _put(self, actor: Actor, node: str, presence: Presence) -> None:
        before = self.presence_of(actor)
        if presence == "offline":
            known = self._people.get(actor, {})
            known.pop(node, None)
            if not known:
                self._people.pop(actor, None)
        else:
            self._people.setdefault(actor, {})[node] = presence
        if self.presence_of(actor) != before:
            self.on_change(actor, before)

    def _forget_silent(self) -> None:
        oldest = self._clock.now() - FORGOTTEN_AFTER
        for node in [node for node, at in self._heard_at.items() if at < oldest]:
            self._forget(node)

    def _forget(self, node: str) -> None:
        self._heard_at.pop(node, None)
        for actor in [actor for actor, nodes in self._people.items() if node in nodes]:
            self._put(actor, node, "offline")
