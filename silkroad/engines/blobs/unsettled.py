"""A store that did not answer at the start: its mark is asked before anything else. Clause 2.1."""

from __future__ import annotations

from collections.abc import AsyncIterator

import structlog

from silkroad.kit.errors import refuse

from . import Blobs, StoredBlob

log = structlog.get_logger()


class UnsettledBlobs:
    """Blobs in a store that is marked, or held against its mark, at the first use that it answers.

    Where it turns out to be another region's, everything is refused with ``storage_failed``.
    """

    def __init__(self, blobs: Blobs, region: str) -> None:
        self._blobs = blobs
        self._region = region
        self._settled = False

    async def put(self, key: str, data: bytes) -> None:
        await (await self._sure()).put(key, data)

    async def get(self, key: str) -> bytes:
        return await (await self._sure()).get(key)

    async def delete(self, key: str) -> None:
        await (await self._sure()).delete(key)

    async def mark(self, region: str = "") -> str:
        return await self._blobs.mark(region)

    async def stored(self, workspace_id: str | None = None) -> AsyncIterator[StoredBlob]:
        async for blob in (await self._sure()).stored(workspace_id):
            yield blob

    async def _sure(self) -> Blobs:
        """Return the store once it is known to be this region's. Raises Refusal."""
        if not self._settled:
            if await self.mark(self._region) != self._region:
                log.error("blobs_of_another_region")
                raise refuse("storage_failed")
            self._settled = True
        return self._blobs
