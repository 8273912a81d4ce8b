"""One-time tickets that open a socket: 256 bits, 30 seconds, gone when used.

They keep cookies out of the handshake and secrets out of addresses. A single node keeps them in
memory, so that a full disk shuts nobody out; several nodes keep them in their database, because the
socket may be opened at another one. What a ticket's bearer may do is looked up when it is used.
"""

from __future__ import annotations

from typing import Protocol

from silkroad.kit.clock import SECOND
from silkroad.kit.scope import Scope

LIFE = 30 * SECOND


class Tickets(Protocol):
    """The tickets that are out."""

    async def issue(self, scope: Scope) -> tuple[str, int]:
        """Return a new ticket for this scope and when it expires. Raises Refusal ``throttled``."""
        ...

    async def redeem(self, ticket: str) -> Scope:
        """Return the scope of a ticket, once. Raises Refusal ``ticket_expired``."""
        ...
