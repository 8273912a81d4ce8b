"""What lies in the store of blobs, opened with the key of the row that it belongs to."""

from __future__ import annotations

import asyncio

from silkroad.engines.keyring import KeyName, sealing_context
from silkroad.http import House


async def opened_content(house: House, workspace_id: str, table: str, row_id: str) -> bytes:
    """Return the plain content of a row. Raises Refusal ``not_found``, ``erased``."""
    key = await asyncio.to_thread(house.keyring.load, KeyName(workspace_id, row_id))
    place = sealing_context(workspace_id, table, row_id, "content", key.version)
    sealed = await house.blobs.get(f"{workspace_id}/{row_id}")
    return await asyncio.to_thread(key.open, sealed, place)
