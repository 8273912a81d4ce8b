"""What is queued about files: ids only."""

from __future__ import annotations

from silkroad.engines.database import Job


class DropContent(Job, frozen=True):
    """Delete what a broken upload may have left in the store of blobs."""

    file_id: str
