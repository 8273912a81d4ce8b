"""Queued work on the contents of files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from silkroad.engines.database import Job
from silkroad.http import House
from silkroad.kit.scope import system

from .actions import is_stored
from .events import DropContent


def errands(house: House) -> Mapping[type[Job], Callable[[str, Any], Awaitable[None]]]:
    """Return the jobs that need the store of blobs."""

    async def drop_content(workspace_id: str, job: DropContent) -> None:
        if not await house.db.read(system(workspace_id, job.purpose), is_stored, job.file_id):
            await house.blobs.delete(f"{workspace_id}/{job.file_id}")

    return {DropContent: drop_content}
