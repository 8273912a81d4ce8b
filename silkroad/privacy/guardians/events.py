"""That a child may write, or may not any more."""

from __future__ import annotations

from silkroad.engines.database import Fact


class WardChanged(Fact, frozen=True):
    """A guardian's consent was given or taken back. The child's sockets end and begin anew."""

    visitor_id: str
