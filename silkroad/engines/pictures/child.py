"""Makes one picture anew: its bytes come in on stdin, a clean picture goes out on stdout.

A program of its own, started once per picture, because decoders of pictures are where attackers
look first. It knows no settings, no secrets and nothing of the rest of the product, and before it
reads the first byte it gives up the memory, time, files and network with which it could do harm.

It answers a line and then the picture, ``image/jpeg 1280 960``, or only a word for what is wrong:
``unreadable``, ``large``, ``heavy``. Why so: docs/decisions/012.
"""

from __future__ import annotations

import os
import resource
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

# The last three are for Pillow, which fetches its helpers when a picture first needs them. By then
# the doors are closed.
from PIL import ExifTags, Image, ImageCms, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

__all__ = ["MpoImagePlugin", "TiffImagePlugin", "WebPImagePlugin"]

MEGABYTE = 1024 * 1024
MEMORY = 256 * MEGABYTE
CPU_SECONDS = 5
LONGEST_ANSWER = 32 * MEGABYTE

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MOST_PIXELS = 64_000_000
MOST_FRAMES, MOST_ANIMATED_PIXELS = 600, 20_000_000
"""The pixels of all frames together. What moves longer becomes its first frame."""
LONGEST_EDGE = 2560

MOVING = {"GIF", "WEBP"}
TOO_SHORT, USUAL_DURATION, LONGEST_DURATION = 10, 100, 60_000
PLAIN_MODES = {"L", "RGB", "RGBA", "CMYK"}

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation (CIPA DC-008, tag 0x0112) → what makes the picture stand upright."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is kept of a file: its pixels and, if it moves, for how many ms each frame is shown.

    ``loop`` is how often it moves, 0 for ever.
    """

    format: str
    frames: list[Image.Image]
    durations: list[int]
    loop: int


def main() -> None:
    confine()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


def confine() -> None:
    """Close the doors. Where no file number is free, no file and no socket can be opened."""
    Image.preinit()
    os.nice(5)  # the chat goes first
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def answer(data: bytes) -> bytes:
    try:
        made = remake(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return b"large"
    except MemoryError:
        return b"heavy"
    except Exception:  # noqa: BLE001 - a decoder may fail in any way, and then the picture is at fault
        return b"unreadable"
    return made if len(made) <= LONGEST_ANSWER else b"heavy"


def remake(data: bytes) -> bytes:
    """Return the line and the picture. Of the old file, only the pixels go along."""
    shown = look(data)  # by now the decoder and its memory are gone
    out = BytesIO()
    media_type = write(shown, out)
    width, height = shown.frames[0].size
    return f"{media_type} {width} {height}\n".encode() + out.getvalue()


def look(data: bytes) -> Shown:
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        picture.draft(None, (LONGEST_EDGE, LONGEST_EDGE))  # a large JPEG is decoded smaller
        turn = UPRIGHT.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
        profile = picture.info.get("icc_profile")
        most = min(MOST_FRAMES, MOST_ANIMATED_PIXELS // (picture.width * picture.height))
        frames, durations = [cleaned(picture, turn, profile)], [duration(picture)]
        if picture.format in MOVING:
            with suppress(EOFError):  # that was the last one
                for number in range(1, most + 1):
                    picture.seek(number)
                    frames.append(cleaned(picture, turn, profile))
                    durations.append(duration(picture))
        if len(frames) > most:
            del frames[1:]
        return Shown(str(picture.format), frames, durations, picture.info.get("loop", 1))


def write(shown: Shown, out: BytesIO) -> str:
    """Encode and return the media type. A GIF goes out as PNG, or as WebP if it moves."""
    first, *rest = shown.frames
    if rest:
        first.save(
            out,
            "WEBP",
            save_all=True,
            append_images=rest,
            duration=shown.durations,
            loop=shown.loop,
        )
        return "image/webp"
    match shown.format:
        case "JPEG" | "MPO":
            first.save(out, "JPEG", quality=85)
            return "image/jpeg"
        case "WEBP":
            first.save(out, "WEBP", quality=85)
            return "image/webp"
        case _:
            first.save(out, "PNG")
            return "image/png"


def duration(picture: Image.Image) -> int:
    """Return for how many ms this frame is shown, as browsers do it: 10 or fewer mean 100."""
    given = round(picture.info.get("duration", 0))
    return USUAL_DURATION if given <= TOO_SHORT else min(given, LONGEST_DURATION)


def cleaned(
    picture: Image.Image, turn: Image.Transpose | None, profile: bytes | None
) -> Image.Image:
    """Return the pixels as everybody should see them: 8 bits, small enough, sRGB, upright."""
    image = in_srgb(fitted(plain(picture)), profile)
    if turn is not None:
        image = image.transpose(turn)
    image.info = {}  # Pillow would write some of it into the new file
    return image


def plain(picture: Image.Image) -> Image.Image:
    """Return it in a mode that the next steps know; itself where it can be, for memory is short."""
    picture.load()
    if picture.mode == "I;16":
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    mode = "RGBA" if picture.has_transparency_data else picture.mode
    mode = mode if mode in PLAIN_MODES else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def fitted(image: Image.Image) -> Image.Image:
    scale = LONGEST_EDGE / max(image.size)
    if scale >= 1:
        return image.copy()
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the image in the colours that every screen takes for granted.

    A profile that cannot be used is as good as none.
    """
    if profile:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError):
            from_profile = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, from_profile, srgb, outputMode=mode) or image
    return image.convert("RGB") if image.mode == "CMYK" else image


if __name__ == "__main__":
    main()
