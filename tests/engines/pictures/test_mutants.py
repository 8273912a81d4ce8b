"""Pictures that are a few changes away from good ones: whatever they do to the child has an end.

Each goes through the real child: a clean picture or a reason comes back, in time and within memory.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from silkroad.engines.pictures import AT_ONCE, CHILD, REASONS, SECONDS, Picture, Pictures
from silkroad.kit.errors import Refusal
from tests.depth import by_depth
from tests.parsers.mutants import mutants
from tests.uploads import pictures as made

pytestmark = pytest.mark.anyio

SEEDS = [
    *(made.plain(kind, size=(48, 32)) for kind in made.FORMATS),
    *(made.moving(kind) for kind in ("GIF", "WEBP")),
]
COUNT = by_depth(16, 600, 6_000)
MEASURED = by_depth(4, 150, 1_500)
LONGEST = by_depth(120, 600, 6_000)  # seconds, on a machine that others use as well
TO_SPARE = 5.0  # seconds, on a machine that others use as well
MEGABYTE = 1024 * 1024
MOST_MEMORY = 256 * MEGABYTE
CPU_SECONDS = 6.0  # the kernel ends it after five, and looks once a second

MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""
"""A small program between, because a child counts what its parent had when it was made."""


@pytest.mark.timeout(LONGEST)
async def test_each_is_made_anew_or_refused_in_time(pictures: Pictures) -> None:
    todo = mutants(SEEDS, COUNT, seed=1)
    made_anew = [0] * AT_ONCE

    async def work(number: int) -> None:
        for data in todo:
            made_anew[number] += await is_made_anew(pictures, data)

    async with asyncio.TaskGroup() as both:
        for number in range(AT_ONCE):
            both.create_task(work(number))
    assert 0 < sum(made_anew) < COUNT, "some are hardly hurt, and some are no pictures any more"


async def is_made_anew(pictures: Pictures, data: bytes) -> bool:
    """Whether a clean picture came back, which any program can read; else there was a reason."""
    began, picture = time.monotonic(), await asked(pictures, data)
    assert time.monotonic() - began < SECONDS + TO_SPARE
    if isinstance(picture, Refusal):
        assert picture.code == "unsupported_media"
        assert picture.detail in REASONS.values()
        return False
    with Image.open(BytesIO(picture.data)) as seen:
        seen.load()
        size = (picture.width, picture.height)
        assert (seen.size, seen.get_format_mimetype()) == (size, picture.media_type)
        assert not seen.getexif()
    return True


async def asked(pictures: Pictures, data: bytes) -> Picture | Refusal:
    try:
        return await pictures.clean(data)
    except Refusal as no:
        return no


@pytest.mark.timeout(LONGEST)
def test_none_takes_more_memory_or_time_than_it_may() -> None:
    child = [sys.executable, "-I", str(CHILD)]
    for data in mutants(SEEDS, MEASURED, seed=2):
        measured = subprocess.run(
            [sys.executable, "-I", "-c", MEASURE, *child],
            input=data,
            stdout=subprocess.PIPE,
            check=True,
        )
        kibibytes, seconds = map(float, measured.stdout.split())
        assert kibibytes * 1024 < MOST_MEMORY
        assert seconds < CPU_SECONDS
