"""A file's content on its way in and out: recognised, drawn anew, sealed, kept, opened again.

Sealing megabytes happens here, beside the transaction, so that it never holds up the writer.
"""

from __future__ import annotations

import asyncio

from silkroad.engines.keyring import KeyName, sealing_context
from silkroad.engines.keyring.seal import NONCE
from silkroad.engines.pictures import Pictures
from silkroad.http import House
from silkroad.kit.errors import invalid, refuse
from silkroad.privacy.holdings import opened_content

from .content import recognise, safe_name
from .model import MOST_BYTES, Prepared


async def prepare(pictures: Pictures, data: bytes, name: str) -> Prepared:
    """Return what may be stored of an upload.

    Raises Refusal ``invalid`` for an empty one, ``too_large``, ``unsupported_media``.
    """
    if not data:
        raise invalid("$", "The file is empty.")
    if len(data) > MOST_BYTES:
        raise refuse("too_large")
    content = await asyncio.to_thread(recognise, data, name)
    if not content.is_picture:
        return Prepared(data, safe_name(name, content.extension), content.media_type, None, None)
    picture = await pictures.clean(data)
    extension = picture.media_type.removeprefix("image/").replace("jpeg", "jpg")
    return Prepared(
        picture.data, safe_name(name, extension), picture.media_type, picture.width, picture.height
    )


async def keep_content(house: House, workspace_id: str, file_id: str, data: bytes) -> None:
    """Seal a file's content under its own key and put it into the blob store."""
    key = await asyncio.to_thread(house.keyring.load, KeyName(workspace_id, file_id))
    place = sealing_context(workspace_id, "files", file_id, "content", key.version)
    sealed = await asyncio.to_thread(key.seal, data, place, house.randomness.bytes(NONCE))
    await house.blobs.put(f"{workspace_id}/{file_id}", sealed)


async def read_content(house: House, workspace_id: str, file_id: str) -> bytes:
    """Return a file's plain content. Raises Refusal ``not_found``, ``erased``."""
    return await opened_content(house, workspace_id, "files", file_id)
