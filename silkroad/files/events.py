"""What is queued about files: ids only."""

from __future__ import annotations

from typing import ClassVar

from silkroad.engines.database import Job
from silkroad.kit.inventory import Purpose


class DropContent(Job, frozen=True):
    """Delete what a broken upload may have left in the store of blobs."""

    purpose: ClassVar[Purpose] = Purpose.CONVERSATION

    file_id: str
