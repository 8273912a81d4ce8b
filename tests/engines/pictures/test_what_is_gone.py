"""Of a picture that was made anew nothing is left but what one sees."""

from __future__ import annotations

import struct

import pytest

from silkroad.engines.pictures import Pictures
from silkroad.files.content import recognise
from tests.uploads.pictures import FORMATS, SECRET, decoded, plain, telling
from tests.uploads.texts import DRAWING, EICAR, PAGE, SCRIPTS
from tests.uploads.zips import zipped

pytestmark = pytest.mark.anyio

SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""JFIF, quantisation, frame, Huffman tables, scan (ITU-T T.81): no comment, nothing else."""
CHUNKS = {b"IHDR", b"IDAT", b"IEND"}
RIFF_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
WITH_METADATA = 0x04 | 0x08 | 0x20
"""The bits of VP8X that announce XMP, Exif and a colour profile."""


def parts(data: bytes) -> set[bytes] | set[int]:
    """Return the names of all parts of a file. Raises where the file is not exactly its parts."""
    if data.startswith(b"\x89PNG"):
        return png_chunks(data)
    return riff_chunks(data) if data.startswith(b"RIFF") else jpeg_segments(data)


def png_chunks(data: bytes) -> set[bytes]:
    at, names = 8, set()
    while b"IEND" not in names:
        size, name = struct.unpack_from(">L4s", data, at)
        names.add(name)
        at += 12 + size
    assert at == len(data)
    return names


def riff_chunks(data: bytes) -> set[bytes]:
    assert struct.unpack_from("<L", data, 4)[0] == len(data) - 8
    at, names = 12, set()
    while at < len(data):
        name, size = struct.unpack_from("<4sL", data, at)
        names.add(name)
        if name == b"VP8X" and data[at + 8] & WITH_METADATA:
            names.add(b"metadata announced")
        at += 8 + size + size % 2
    assert at == len(data)
    return names


def jpeg_segments(data: bytes) -> set[int]:
    at, names = 2, set()
    while data[at + 1] != 0xDA:
        names.add(data[at + 1])
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    assert data.endswith(b"\xff\xd9")
    assert data.count(b"\xff\xd9") == 1
    return names | {0xDA}


def only_pixels(data: bytes) -> bool:
    return not parts(data) - (CHUNKS | RIFF_CHUNKS | SEGMENTS)


@pytest.mark.parametrize("kind", FORMATS)
async def test_place_author_and_every_other_word_are_gone(pictures: Pictures, kind: str) -> None:
    told = telling(kind)
    assert SECRET in told
    picture = await pictures.clean(told)
    assert SECRET not in picture.data
    assert only_pixels(picture.data)
    image = decoded(picture.data)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


def test_the_telling_pictures_do_tell() -> None:
    """Else the test above would prove nothing."""
    for kind in ("JPEG", "PNG", "WEBP"):
        image = decoded(telling(kind))
        assert image.getexif().get_ifd(0x8825)[2] == (41.0, 19.0, 38.25)
        assert not only_pixels(telling(kind).removesuffix(SECRET))


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_second_file_in_the_same_bytes_is_gone(pictures: Pictures, kind: str) -> None:
    """A page, a script or an archive behind a picture: both would open the file, but not ours."""
    for hidden in (PAGE, DRAWING, SCRIPTS[0], EICAR, zipped("evil.exe")):
        data = plain(kind) + hidden
        assert recognise(data, "page.html").is_picture
        picture = await pictures.clean(data)
        assert hidden not in picture.data
        assert only_pixels(picture.data)
        assert recognise(picture.data).media_type == picture.media_type


async def test_a_gif_that_is_also_a_script_is_neither_afterwards(pictures: Pictures) -> None:
    """``GIF87a/*…*/=1;alert(1)``: the size of the picture opens a comment of the script."""
    gif = bytearray(plain("GIF", size=(0x2A2F, 16)))
    assert gif.startswith(b"GIF87a/*")
    picture = await pictures.clean(bytes(gif) + b"*/=1;alert(document.domain);")
    assert picture.media_type == "image/png"
    assert b"alert" not in picture.data
    assert only_pixels(picture.data)
