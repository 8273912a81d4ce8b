"""A picture that is a weapon hits nobody: it is refused, in time, and the next one is welcome."""

from __future__ import annotations

import asyncio

import pytest

from silkroad.engines.pictures import SECONDS, Pictures
from silkroad.kit.errors import Refusal
from tests.depth import by_depth
from tests.uploads import pictures as made
from tests.uploads.texts import BINARIES, DRAWING, PAGE

pytestmark = pytest.mark.anyio

FLOODS, HEAVY, BOMBS = made.floods(), made.heavy(), made.bombs()
OTHERS = ["TIFF", "BMP", "ICO", "PPM", "TGA", "PCX", "EPS", "PDF", "ICNS"]


async def refusal(pictures: Pictures, data: bytes) -> str:
    """Return the sentence with which a picture is refused, within the time that one may take."""
    async with asyncio.timeout(SECONDS - 1):
        with pytest.raises(Refusal) as no:
            await pictures.clean(data)
    assert no.value.code == "unsupported_media"
    assert (await pictures.clean(made.plain("PNG"))).width == 120
    return no.value.detail


@pytest.mark.parametrize("name", list(FLOODS)[:: by_depth(3, 1, 1)])
async def test_floods_of_pixels_are_refused(pictures: Pictures, name: str) -> None:
    assert (
        await refusal(pictures, FLOODS[name]) == "This picture is too large: 64 megapixels at most."
    )


@pytest.mark.parametrize("name", list(HEAVY)[:: by_depth(3, 1, 1)])
async def test_what_needs_more_than_256_mb_is_refused(pictures: Pictures, name: str) -> None:
    heavy = "This picture takes too much memory or time to read."
    assert await refusal(pictures, HEAVY[name]()) == heavy


@pytest.mark.prove
async def test_what_takes_longer_than_five_seconds_is_refused(pictures: Pictures) -> None:
    heavy = "This picture takes too much memory or time to read."
    assert await refusal(pictures, made.slow()) == heavy


@pytest.mark.parametrize("name", BOMBS)
async def test_bombs_beside_the_pixels_do_not_go_off(pictures: Pictures, name: str) -> None:
    try:
        async with asyncio.timeout(SECONDS - 1):
            picture = await pictures.clean(BOMBS[name]())
    except Refusal as no:
        why: str = no.detail
    else:
        why = "" if len(picture.data) < 1_000 else "something went along"
    assert why in {"", "This picture is damaged, or not a JPEG, PNG, GIF or WebP."}


@pytest.mark.parametrize("kind", made.FORMATS)
@pytest.mark.parametrize("left", [0.3, 0.6, 0.9][:: by_depth(3, 1, 1)])
async def test_half_a_picture_is_refused(pictures: Pictures, kind: str, left: float) -> None:
    whole = made.encoded(made.scene(size=(400, 300)), kind)
    damaged = "This picture is damaged, or not a JPEG, PNG, GIF or WebP."
    assert await refusal(pictures, whole[: int(len(whole) * left)]) == damaged


@pytest.mark.parametrize("kind", OTHERS[:: by_depth(4, 1, 1)])
async def test_other_formats_are_not_even_tried(pictures: Pictures, kind: str) -> None:
    data = made.encoded(made.scene(size=(64, 64)), kind)
    damaged = "This picture is damaged, or not a JPEG, PNG, GIF or WebP."
    assert await refusal(pictures, data) == damaged


async def test_what_is_no_picture_is_refused(pictures: Pictures) -> None:
    for data in (b"", BINARIES[0], BINARIES[-1], DRAWING, PAGE):
        with pytest.raises(Refusal):
            await pictures.clean(data)
