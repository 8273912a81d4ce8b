"""Pictures that are safe to look at: whatever somebody sends is decoded and made anew. Clause 3.2.

What comes back has the pixels and nothing else: no place, camera, date or thumbnail, no comment, no
colour profile, nothing behind the picture. The decoding happens in a process of its own that may
use 256 MB and 5 s of a processor; if a picture breaks it, the picture is refused and nobody else
notices.
"""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from silkroad.kit.errors import refuse

__all__ = ["Picture", "Pictures"]

CHILD = Path(__file__).with_name("child.py")
"""Started by its path: so it needs only Pillow, and brings nothing of Silkroad into its memory."""

SECONDS = 20.0
"""By the clock. The child gives way to everybody else: on a busy machine its 5 s take longer."""

AT_ONCE = 2
IN_LINE = 6
"""So whoever is last has an answer after 80 s, before a proxy gives up."""

LONGEST_ANSWER = 32 * 1024 * 1024 + 64

ANSWER = re.compile(rb"(image/jpeg|image/png|image/webp) (\d{1,4}) (\d{1,4})\n")
BEGINNINGS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n", "image/webp": b"RIFF"}
"""A child that was taken over may write anything; what it passes on at least begins as it says."""

REASONS = {
    b"large": "This picture is too large: 64 megapixels at most.",
    b"heavy": "This picture takes too much memory or time to read.",
    b"unreadable": "This picture is damaged, or not a JPEG, PNG, GIF or WebP.",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew: JPEG, PNG or WebP, at most 2560 pixels wide and high."""

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int


class Pictures:
    """Makes pictures anew, two at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._present = 0

    async def clean(self, data: bytes) -> Picture:
        """Return the picture without anything but its pixels, upright, in sRGB.

        A moving GIF or WebP keeps moving, as WebP, up to 20 megapixels in all frames; beyond that,
        its first frame is kept. Raises Refusal ``unsupported_media`` for what cannot be read within
        the limits, and ``unavailable`` when too many pictures wait already.
        """
        if self._present >= AT_ONCE + IN_LINE:
            raise refuse("unavailable", "Many pictures are being read. Try again.", retry_after=5)
        self._present += 1
        try:
            async with self._places:
                return _picture(await _ask(data))
        finally:
            self._present -= 1


async def _ask(data: bytes) -> bytes:
    """Return the child's answer. When this returns or raises, the child is gone."""
    loop = asyncio.get_running_loop()
    transport, child = await loop.subprocess_exec(
        _Child,
        sys.executable,
        "-I",
        CHILD,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={},
        cwd="/",
    )
    try:
        async with asyncio.timeout(SECONDS):
            child.tell(data)
            await child.gone.wait()
    except TimeoutError:
        return b"heavy"
    finally:
        child.kill()
        await child.gone.wait()
        transport.close()
    return b"heavy" if transport.get_returncode() == -signal.SIGKILL else bytes(child.said)


class _Child(asyncio.SubprocessProtocol):
    """A running child, and what it has said. One that says too much is killed."""

    def __init__(self) -> None:
        self.said = bytearray()
        self.gone = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.SubprocessTransport", transport)

    def tell(self, data: bytes) -> None:
        stdin = cast("asyncio.WriteTransport", self._transport.get_pipe_transport(0))
        stdin.write(data)
        stdin.close()  # once all is written

    def kill(self) -> None:
        if self._transport.get_returncode() is None:
            self._transport.kill()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - only stdout speaks
        self.said += data
        if len(self.said) > LONGEST_ANSWER:
            self.kill()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.gone.set()


def _picture(answer: bytes) -> Picture:
    line = ANSWER.match(answer)
    if not line:
        raise refuse("unsupported_media", REASONS.get(answer, REASONS[b"unreadable"]))
    media_type, width, height = line[1].decode(), int(line[2]), int(line[3])
    data = answer[line.end() :]
    if not data.startswith(BEGINNINGS[media_type]):
        raise refuse("unsupported_media", REASONS[b"unreadable"])
    return Picture(data, media_type, width, height)
