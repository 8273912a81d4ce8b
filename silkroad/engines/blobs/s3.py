"""Blobs in a bucket of an S3 store, so that several nodes share them.

``<prefix>/<workspace id>/<id>``. A store that does not answer is not waited for: each step has its
time, and so has the whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from silkroad.kit.errors import refuse
from silkroad.kit.ids import ID

from . import MARK, StoredBlob, checked_id, two_ids

if TYPE_CHECKING:
    # these exist for type checkers only
    from obstore import ObjectMeta
    from obstore.store import S3Config

CONNECT_WITHIN = timedelta(seconds=2)
ANSWER_WITHIN = timedelta(seconds=4)  # each byte of an answer may take so long to come
ALL_WITHIN = 8.0  # seconds, for one blob with every further try
MOST_TRIES = 2
FULL = ("507 Insufficient Storage", "QuotaExceeded")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a bucket is, and whose it is. Without keys, the machine's own role is asked for."""

    name: str
    prefix: str = ""
    endpoint: str = ""  # empty: Amazon's, of the region
    region: str = "us-east-1"
    keys: tuple[str, str] | None = field(default=None, repr=False)


class S3Blobs:
    """Blobs in a bucket that exists already."""

    def __init__(self, bucket: Bucket) -> None:
        config: S3Config = {"region": bucket.region}
        if bucket.endpoint:
            config["aws_endpoint_url_s3"] = bucket.endpoint  # a variable outdoes plain `endpoint`
        if bucket.keys:
            config["access_key_id"], config["secret_access_key"] = bucket.keys
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            config=config,
            client_options={
                "allow_http": bucket.endpoint.startswith("http://"),
                "connect_timeout": CONNECT_WITHIN,
                "read_timeout": ANSWER_WITHIN,
            },
            retry_config={"max_retries": MOST_TRIES, "retry_timeout": ANSWER_WITHIN},
        )

    async def put(self, key: str, data: bytes) -> None:
        """Store the bytes in one request, so that they are there as a whole or not at all."""
        path = _path(key)
        async with told():
            await self._store.put_async(path, data, use_multipart=False)

    async def get(self, key: str) -> bytes:
        path = _path(key)
        async with told():
            answer = await self._store.get_async(path)
            return bytes(await answer.bytes_async())

    async def delete(self, key: str) -> None:
        path = _path(key)
        async with told():
            with suppress(FileNotFoundError):
                await self._store.delete_async(path)

    async def mark(self, region: str = "") -> str:
        found = await self._marked()
        if found or not region:
            return found
        async with told():
            await self._store.put_async(f"{MARK}/{region}", b"", use_multipart=False)
        return await self._marked()

    async def stored(self, workspace_id: str | None = None) -> AsyncIterator[StoredBlob]:
        prefix = None if workspace_id is None else checked_id(workspace_id)
        pages = self._store.list(prefix)
        while page := await _next(pages):
            for found in page:
                workspace, _, name = found["path"].partition("/")
                if ID.fullmatch(workspace) and ID.fullmatch(name):
                    at = int(found["last_modified"].timestamp() * 1000)
                    yield StoredBlob(found["path"], found["size"], at)

    async def _marked(self) -> str:
        marks: list[str] = []
        pages = self._store.list(MARK)
        while page := await _next(pages):
            marks += [found["path"].rpartition("/")[2] for found in page]
        return ", ".join(sorted(marks))


async def _next(pages: AsyncIterator[Sequence[ObjectMeta]]) -> Sequence[ObjectMeta]:
    async with told():
        try:
            return await anext(pages)
        except StopAsyncIteration:
            return ()


def _path(key: str) -> str:
    return "/".join(two_ids(key))


@asynccontextmanager
async def told() -> AsyncIterator[None]:
    """Tell a full store from one that is broken or silent, and a missing blob from both."""
    try:
        async with asyncio.timeout(ALL_WITHIN):
            yield
    except FileNotFoundError as missing:
        nowhere = "NoSuchBucket" in str(missing)
        raise refuse("storage_failed" if nowhere else "not_found") from missing
    except (BaseError, OSError) as failure:  # a TimeoutError is an OSError
        log.warning("blobs_failed", error=type(failure).__name__)
        full = any(word in str(failure) for word in FULL)
        raise refuse("storage_full" if full else "storage_failed") from failure
