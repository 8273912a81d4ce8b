"""Where the contents of files lie: sealed bytes under a key, and nothing else. Clause 3.2.

Whoever puts something here has sealed it before; a store of blobs never sees a name or a content in
the clear. A blob is written once, read whole and deleted; the database says what it is and who may
have it. What lies here without a row, because something broke in between, is found with ``stored``
and swept. The store says where it stands by the name of one empty blob, ``region/cn`` (clause 2.1).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from silkroad.kit.ids import ID

__all__ = ["MARK", "Blobs", "StoredBlob", "checked_id", "two_ids"]

MARK = "region"
"""The folder of the mark; it is no id, so it is never a workspace's."""


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """A blob: ``size`` in bytes, ``stored_at`` in Unix ms by the store's own clock."""

    key: str
    size: int
    stored_at: int


class Blobs(Protocol):
    """A store of sealed bytes. A key is ``<workspace id>/<id>``; any other raises ValueError.

    Every method may raise Refusal ``storage_failed`` when the store does not answer.
    """

    async def put(self, key: str, data: bytes) -> None:
        """Store the bytes; when this returns, they survive a power cut. Replaces what was there.

        Raises Refusal ``storage_full``; then everything is as it was before.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Return the bytes. Raises Refusal ``not_found``."""
        ...

    async def delete(self, key: str) -> None:
        """Forget the bytes for good. Deleting what is not there is no error."""
        ...

    async def mark(self, region: str = "") -> str:
        """Return the region that the store is marked with, or nothing. Clause 2.1.

        Without a mark it takes the given one, if any, once and for good. Two that mark it at once
        have marked it with both, which is no region: "cn, eu".
        """
        ...

    def stored(self, workspace_id: str | None = None) -> AsyncIterator[StoredBlob]:
        """Yield what lies there, of one workspace or of all, in no order.

        What is put or deleted meanwhile may or may not be among it.
        """
        ...


def two_ids(key: str) -> tuple[str, str]:
    """Return the workspace's id and the blob's own. Raises ValueError for what is no key."""
    workspace_id, _, blob_id = key.partition("/")
    return checked_id(workspace_id), checked_id(blob_id)


def checked_id(text: str) -> str:
    """Return the text if it is an id, and so leads nowhere else. Raises ValueError."""
    if not ID.fullmatch(text):
        raise ValueError("not an id")
    return text
