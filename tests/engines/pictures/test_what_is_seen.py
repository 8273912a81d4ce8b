"""A picture that was made anew shows what was there before: upright, in its colours, moving."""

from __future__ import annotations

import pytest
from PIL import Image, ImageSequence

from silkroad.engines.pictures import Pictures
from tests.depth import by_depth
from tests.uploads.pictures import (
    decoded,
    encoded,
    moving,
    packed_zeros,
    plain,
    png,
    scene,
    swapped_profile,
)

pytestmark = pytest.mark.anyio

RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/png", "WEBP": "image/webp"}
Color = tuple[int, int, int]


def close(image: Image.Image, x: float, y: float, color: Color, by: int = 25) -> bool:
    """Whether the picture has about this colour at this place, given in parts of its size."""
    place = int(image.width * x), int(image.height * y)
    seen = image.convert("RGB").getpixel(place)
    assert isinstance(seen, tuple)
    return all(abs(one - other) <= by for one, other in zip(seen, color, strict=True))


def shows_the_scene(image: Image.Image) -> bool:
    return (
        close(image, 0.1, 0.1, GREEN)
        and close(image, 0.1, 0.9, RED)
        and close(image, 0.9, 0.5, BLUE)
    )


@pytest.mark.parametrize(("kind", "media_type"), KINDS.items())
async def test_each_kind_shows_the_same_afterwards(
    pictures: Pictures, kind: str, media_type: str
) -> None:
    picture = await pictures.clean(plain(kind))
    image = decoded(picture.data)
    assert (picture.media_type, picture.width, picture.height) == (media_type, 120, 80)
    assert Image.MIME[str(image.format)] == media_type
    assert image.size == (120, 80)
    assert shows_the_scene(image)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "RGBA"), ("WEBP", "RGBA")]
)
async def test_pictures_for_printers_and_with_palettes_are_seen_as_well(
    pictures: Pictures, kind: str, mode: str
) -> None:
    image = scene().quantize(8) if mode == "P" else scene(mode)
    picture = await pictures.clean(encoded(image, kind))
    assert shows_the_scene(decoded(picture.data))


@pytest.mark.parametrize("depth", ["1", "L", "I;16"])
async def test_grey_stays_as_grey_as_it_was(pictures: Pictures, depth: str) -> None:
    """16 bits are cut down to the upper 8, not cut off at white."""
    tone = {"1": 255, "L": 90, "I;16": 90 * 256}[depth]
    picture = await pictures.clean(encoded(Image.new(depth, (40, 30), tone), "PNG"))
    image = decoded(picture.data)
    assert image.mode == "L"
    assert image.getpixel((5, 5)) == (255 if depth == "1" else 90)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
async def test_what_was_transparent_stays_so(pictures: Pictures, kind: str) -> None:
    image = scene("RGBA")
    image.paste((0, 0, 0, 0), (60, 0, 120, 80))
    cleaned = decoded((await pictures.clean(encoded(image, kind))).data).convert("RGBA")
    assert cleaned.getpixel((100, 40))[3:] == (0,)  # type: ignore[index]  # RGBA gives four values
    assert close(cleaned, 0.1, 0.9, RED)


@pytest.mark.parametrize(
    ("kind", "orientation", "undo"),
    [
        ("JPEG", 2, Image.Transpose.FLIP_LEFT_RIGHT),
        ("JPEG", 3, Image.Transpose.ROTATE_180),
        ("JPEG", 4, Image.Transpose.FLIP_TOP_BOTTOM),
        ("JPEG", 5, Image.Transpose.TRANSPOSE),
        ("JPEG", 6, Image.Transpose.ROTATE_90),
        ("JPEG", 7, Image.Transpose.TRANSVERSE),
        ("JPEG", 8, Image.Transpose.ROTATE_270),
        ("PNG", 6, Image.Transpose.ROTATE_90),
        ("WEBP", 6, Image.Transpose.ROTATE_90),
    ][:: by_depth(4, 1, 1)],
)
async def test_what_was_taken_sideways_stands_upright(
    pictures: Pictures, kind: str, orientation: int, undo: Image.Transpose
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = await pictures.clean(encoded(scene().transpose(undo), kind, exif=exif))
    assert (picture.width, picture.height) == (120, 80)
    assert shows_the_scene(decoded(picture.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_colours_of_another_profile_become_everybodys(pictures: Pictures, kind: str) -> None:
    data = encoded(Image.new("RGB", (40, 30), (255, 0, 0)), kind, icc_profile=swapped_profile())
    assert close(decoded((await pictures.clean(data)).data), 0.5, 0.5, (0, 255, 0))


async def test_a_profile_that_cannot_be_used_is_as_good_as_none(pictures: Pictures) -> None:
    data = encoded(scene(), "PNG", icc_profile=b"no profile at all")
    assert shows_the_scene(decoded((await pictures.clean(data)).data))


@pytest.mark.parametrize(
    ("kind", "size", "smaller"),
    [
        ("JPEG", (4_000, 3_000), (2560, 1920)),
        ("JPEG", (1_000, 9_000), (284, 2560)),
        ("PNG", (2_700, 1_800), (2560, 1707)),
        ("PNG", (5_000, 1), (2560, 1)),
        ("WEBP", (2_700, 1_800), (2560, 1707)),
    ][:: by_depth(2, 1, 1)],
)
async def test_a_large_picture_becomes_smaller(
    pictures: Pictures, kind: str, size: tuple[int, int], smaller: tuple[int, int]
) -> None:
    picture = await pictures.clean(encoded(Image.new("RGB", size, GREEN), kind))
    assert (picture.width, picture.height) == smaller == decoded(picture.data).size
    assert close(decoded(picture.data), 0.5, 0.5, GREEN)


async def test_the_largest_telephones_and_screens_are_welcome(pictures: Pictures) -> None:
    photo = encoded(Image.new("RGB", (8_160, 6_144), BLUE), "JPEG")
    screen = png(6_016, 3_384, packed_zeros((6_016 * 4 + 1) * 3_384), color=6)
    for picture in (photo, screen):
        assert (await pictures.clean(picture)).width == 2560


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
@pytest.mark.parametrize("loop", [0, 3])
async def test_what_moves_keeps_moving(pictures: Pictures, kind: str, loop: int) -> None:
    picture = await pictures.clean(moving(kind, frames=4, loop=loop))
    assert picture.media_type == "image/webp"
    image = decoded(picture.data)
    frames = [(frame.copy(), frame.info["duration"]) for frame in ImageSequence.Iterator(image)]
    assert [duration for _, duration in frames] == [70, 70, 70, 70]
    assert image.info["loop"] == loop
    for number, (frame, _) in enumerate(frames):
        bar = (number * 10 + 2) / 60
        assert close(frame, bar, 0.6, (255, 255, 255), by=60) == (number > 0)


@pytest.mark.parametrize(("frames", "size"), [(601, (8, 8)), (90, (500, 500))])
async def test_what_moves_for_too_long_stands_still(
    pictures: Pictures, frames: int, size: tuple[int, int]
) -> None:
    picture = await pictures.clean(moving("GIF", frames, size))
    assert (picture.media_type, picture.width, picture.height) == ("image/png", *size)
    assert not getattr(decoded(picture.data), "is_animated", False)
