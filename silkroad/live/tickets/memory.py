"""The tickets of a single node, in its memory: a restart voids them, and clients fetch others."""

from __future__ import annotations

from silkroad.kit.clock import SECOND, Clock
from silkroad.kit.errors import refuse
from silkroad.kit.ids import new_token, token_hash
from silkroad.kit.randomness import Randomness
from silkroad.kit.scope import Scope

from . import LIFE

KEPT = 20_000


class MemoryTickets:
    """Lives on the event loop."""

    def __init__(self, clock: Clock, randomness: Randomness) -> None:
        self._clock = clock
        self._randomness = randomness
        self._out: dict[bytes, tuple[int, Scope]] = {}

    async def issue(self, scope: Scope) -> tuple[str, int]:
        self._forget_expired()
        if len(self._out) >= KEPT:
            raise refuse("throttled", retry_after=LIFE // SECOND)
        ticket, expires_at = new_token(self._randomness), self._clock.now() + LIFE
        self._out[token_hash(ticket)] = (expires_at, scope)
        return ticket, expires_at

    async def redeem(self, ticket: str) -> Scope:
        expires_at, scope = self._out.pop(token_hash(ticket), (0, None))
        if scope is None or not self._is_valid(expires_at):
            raise refuse("ticket_expired")
        return scope

    def _forget_expired(self) -> None:
        for ticket, (expires_at, _) in list(self._out.items()):
            if self._is_valid(expires_at):  # they are in order of issue
                break
            del self._out[ticket]

    def _is_valid(self, expires_at: int) -> bool:
        """Whether a ticket is not over, nor of a later time from which the clock was put back."""
        now = self._clock.now()
        return now <= expires_at <= now + LIFE
