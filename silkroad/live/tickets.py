"""One-time tickets that open a socket: 256 bits, 30 seconds, gone when used.

They keep cookies out of the handshake and secrets out of addresses. They live in memory: a
restart voids them, and the client fetches another.
"""

from __future__ import annotations

from silkroad.kit.clock import SECOND, Clock
from silkroad.kit.errors import refuse
from silkroad.kit.ids import new_token, token_hash
from silkroad.kit.randomness import Randomness
from silkroad.kit.scope import Scope

LIFE = 30 * SECOND
KEPT = 20_000


class Tickets:
    """The tickets that are out. Lives on the event loop."""

    def __init__(self, clock: Clock, randomness: Randomness) -> None:
        self._clock = clock
        self._randomness = randomness
        self._out: dict[bytes, tuple[int, Scope]] = {}

    def issue(self, scope: Scope) -> tuple[str, int]:
        """Return a new ticket for this scope and when it expires. Raises Refusal ``throttled``."""
        self._forget_expired()
        if len(self._out) >= KEPT:
            raise refuse("throttled", retry_after=LIFE // SECOND)
        ticket, expires_at = new_token(self._randomness), self._clock.now() + LIFE
        self._out[token_hash(ticket)] = (expires_at, scope)
        return ticket, expires_at

    def redeem(self, ticket: str) -> Scope:
        """Return the scope of a ticket, once. Raises Refusal ``ticket_expired``."""
        expires_at, scope = self._out.pop(token_hash(ticket), (0, None))
        if scope is None or expires_at < self._clock.now():
            raise refuse("ticket_expired")
        return scope

    def revoke(self, session_id: str) -> None:
        """Void the tickets of a session that ended."""
        self._out = {h: t for h, t in self._out.items() if t[1].session_id != session_id}

    def revoke_actor(self, workspace_id: str, actor_id: str) -> None:
        """Void the tickets of somebody who may not do any more what they could."""
        gone = (workspace_id, actor_id)
        self._out = {
            h: t for h, t in self._out.items() if (t[1].workspace_id, t[1].actor_id) != gone
        }

    def _forget_expired(self) -> None:
        now = self._clock.now()
        for ticket, (expires_at, _) in list(self._out.items()):
            if expires_at >= now:  # they are in order of issue
                break
            del self._out[ticket]
