"""What happens to visitors that others must hear of."""

from __future__ import annotations

from silkroad.engines.database import Fact


class VisitorSessionEnded(Fact, frozen=True):
    """A visitor's session on a browser is over; its sockets end."""

    session_id: str
