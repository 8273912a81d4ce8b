"""What happens to inboxes."""

from __future__ import annotations

from silkroad.engines.database import Fact


class InboxesChanged(Fact, frozen=True):
    """An inbox was made, changed or archived. Heard by the workspace's members."""

    inbox_id: str


class InboxArchived(Fact, frozen=True):
    """An inbox was closed to visitors. Their sockets end, on every node."""

    inbox_id: str
