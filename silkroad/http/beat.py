"""Answers that leave on a beat, so that the time they took does not tell what was found.

Whether a phone is somebody's changes what is read and written for it, by a third of a millisecond.
Measured over many tries that was enough to tell the two apart in 93 of 100 pairs; on a beat it is
not. Clause 3.1.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

BEAT = 0.025  # seconds: several times what the work takes, and less than anybody notices


@asynccontextmanager
async def on_the_beat() -> AsyncIterator[None]:
    """Do the block and leave it, by a refusal too, so many whole beats after its beginning."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        yield
    finally:
        await asyncio.sleep(BEAT - (loop.time() - began) % BEAT)
