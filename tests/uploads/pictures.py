"""Pictures as telephones and browsers send them, and pictures that are weapons."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRET = b"Rruga e Kavajes 27"
"""Hidden in every kind of metadata; no byte of it may come out."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
Size = tuple[int, int]


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def scene(mode: str = "RGB", size: Size = (120, 80)) -> Image.Image:
    """Return a red left half and a blue right half, with something green on top on the left."""
    image = Image.new("RGB", size, (200, 30, 30))
    width, height = size
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    image.paste((30, 200, 30), (0, 0, width // 4, height // 4))
    return image.convert(mode)


def plain(kind: str, mode: str = "RGB", size: Size = (120, 80)) -> bytes:
    return encoded(scene(mode, size), kind)


def telling(kind: str) -> bytes:
    """Return a picture that tells where and by whom it was taken, in every way its format knows."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif[ExifTags.Base.Artist] = SECRET.decode()
    exif[ExifTags.Base.UserComment] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (41.0, 19.0, 38.25),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (19.0, 49.0, 7.5),
            ExifTags.GPS.GPSAreaInformation: SECRET,
        }
    )
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    profile = bytearray(srgb_profile())
    profile[-len(SECRET) :] = SECRET
    about: dict[str, dict[str, Any]] = {
        "JPEG": {"exif": exif, "xmp": xmp, "comment": SECRET, "icc_profile": bytes(profile)},
        "PNG": {"exif": exif, "icc_profile": bytes(profile), "pnginfo": texts(xmp)},
        "WEBP": {"exif": exif, "xmp": xmp, "icc_profile": bytes(profile)},
        "GIF": {"comment": SECRET},
    }
    return encoded(scene(), kind, **about[kind]) + SECRET


def texts(xmp: bytes) -> PngInfo:
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_text("Comment", SECRET.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    info.add(b"prVt", SECRET)
    return info


@cache
def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """Return a colour profile in which red is green and green is red."""
    profile = bytearray(srgb_profile())
    for at in range(132, 132 + 12 * struct.unpack_from(">L", profile, 128)[0], 12):
        name = bytes(profile[at : at + 4])
        profile[at : at + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(name, name)
    return bytes(profile)


def moving(kind: str, frames: int = 4, size: Size = (60, 40), loop: int = 0) -> bytes:
    """Return a picture in which a bar moves to the right, each frame for 70 ms."""
    first, *rest = (scene(size=size) for _ in range(frames))
    for number, frame in enumerate(rest, 1):
        bar = number * 10 % size[0]
        frame.paste((255, 255, 255), (bar, 0, bar + 5, size[1]))
    return encoded(first, kind, save_all=True, append_images=rest, duration=70, loop=loop)


def png(width: int, height: int, rows: bytes, *more: bytes, bits: int = 8, color: int = 2) -> bytes:
    """Return a PNG that declares this size and carries these packed rows."""
    header = struct.pack(">2L5B", width, height, bits, color, 0, 0, 0)
    chunks = (chunk(b"IHDR", header), *more, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


FAR_TOO_MANY = 300_000_000  # bytes


@cache
def packed_zeros(count: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(count // 1_000_000)) + (
        packer.compress(bytes(count % 1_000_000)) + packer.flush()
    )


def floods() -> dict[str, bytes]:
    """Return pictures that declare more pixels than anybody can look at, in few bytes."""
    huge = struct.pack("<HH", 65_535, 65_535)
    return {
        "PNG of 50,000 x 50,000": png(50_000, 50_000, packed_zeros(1_000_000)),
        "PNG of 2 billion x 1": png(2**31 - 1, 1, b""),
        "PNG of one bit, all there": png(
            20_000, 20_000, packed_zeros(20_000 * 2_501), bits=1, color=0
        ),
        "GIF": b"GIF89a" + huge + bytes(3) + b"," + bytes(4) + huge + b"\x00\x02\x02\x44\x01\x00;",
        "JPEG": plain("JPEG").replace(struct.pack(">HH", 80, 120), b"\xff\xff\xff\xff"),
        "WebP": lied_about(plain("WEBP", "RGBA")),
    }


def lied_about(webp: bytes) -> bytes:
    """Return the WebP with a canvas of 16,384 x 16,384."""
    canvas = chunk_of_riff(b"VP8X", b"\x10\x00\x00\x00" + b"\xff\x3f\x00" * 2)
    body = b"WEBP" + canvas + webp[12:]
    return b"RIFF" + struct.pack("<L", len(body)) + body


def chunk_of_riff(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<L", len(data)) + data


def heavy() -> dict[str, Callable[[], bytes]]:
    """Return makers of pictures within the pixel limit that need more memory than there is."""
    return {
        "RGBA of 60 megapixels": lambda: png(8_000, 7_500, packed_zeros(32_001 * 7_500), color=6),
        "RGBA of 36 megapixels": lambda: png(6_000, 6_000, packed_zeros(24_001 * 6_000), color=6),
        "WebP of 25 megapixels": lambda: encoded(Image.new("RGB", (5_000, 5_000)), "WEBP"),
    }


def bombs() -> dict[str, Callable[[], bytes]]:
    """Return makers of pictures that unpack to far more than they are, outside their pixels."""
    text, letter, profile = b"a\x00\x00", b"a\x00\x01\x00\x00\x00", b"a\x00\x00"
    gif = plain("GIF", "P", (16, 16))
    frame = gif[gif.index(b",") : -1]
    return {
        "compressed text in a PNG": lambda: beside_the_pixels(b"zTXt", text),
        "international text in a PNG": lambda: beside_the_pixels(b"iTXt", letter),
        "a colour profile in a PNG": lambda: beside_the_pixels(b"iCCP", profile),
        "too many rows in a PNG": lambda: png(1, 1, packed_zeros(FAR_TOO_MANY)),
        "300,000 frames in a GIF": lambda: gif[:-1] + frame * 300_000 + b";",
    }


def beside_the_pixels(kind: bytes, beginning: bytes) -> bytes:
    """Return a PNG of one pixel with a chunk that unpacks to far more."""
    return png(1, 1, packed_zeros(4), chunk(kind, beginning + packed_zeros(FAR_TOO_MANY)))


def slow() -> bytes:
    """Return a progressive JPEG that goes over the whole picture again and again."""
    data = encoded(scene(size=(7_000, 7_000)), "JPEG", progressive=True, quality=20)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * 2_000 + data[-2:]
