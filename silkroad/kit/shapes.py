"""Working out what messages are made of, before there are threads.

msgspec does that for a Struct when something is first read into it, and lets other threads see it
half done: the second of two that come at the same time follows a null pointer, and takes the whole
process along (0.22.0, seen in `convert`; tests/installation/test_shapes.py shows it).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


def settle() -> None:
    """Work out every Struct there is; before the first thread starts."""
    for shape in every(msgspec.Struct):
        msgspec.json.Decoder(shape)


def every(base: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """Yield all that are derived from a Struct."""
    for shape in base.__subclasses__():
        yield shape
        yield from every(shape)
