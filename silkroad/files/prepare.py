"""Before a file is taken: recognise it by its content, clean its name, draw pictures anew."""

from __future__ import annotations

from silkroad.engines.pictures import Pictures
from silkroad.kit.errors import invalid, refuse

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
    content = recognise(data)
    if not content.is_picture:
        return Prepared(data, safe_name(name, content.extension), content.media_type, None, None)
    picture = await pictures.clean(data)
    extension = picture.media_type.removeprefix("image/").replace("jpeg", "jpg")
    return Prepared(
        picture.data, safe_name(name, extension), picture.media_type, picture.width, picture.height
    )
