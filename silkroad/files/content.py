"""What people may send each other, told by the bytes and never by a name. Clause 3.2.

Pictures are made anew by ``engines.pictures`` before anybody sees them. Everything else is kept as
it came and only ever served as an attachment, so what hides behind a harmless beginning stays
harmless: no page of ours opens it. Nothing is rendered or unpacked here, and no virus scanner runs.
See docs/decisions/012.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from silkroad.kit.errors import refuse

from .archives import archive_kind
from .names import safe_name

__all__ = ["Content", "recognise", "safe_name"]


@dataclass(frozen=True, slots=True)
class Content:
    """What some bytes are, and the one extension (without a dot) that a name for them may have."""

    media_type: str
    extension: str
    is_picture: bool = False


JPEG = Content("image/jpeg", "jpg", is_picture=True)
PNG = Content("image/png", "png", is_picture=True)
GIF = Content("image/gif", "gif", is_picture=True)
WEBP = Content("image/webp", "webp", is_picture=True)
PDF = Content("application/pdf", "pdf")
TEXT = Content("text/plain", "txt")
CSV = Content("text/csv", "csv")
MP3 = Content("audio/mpeg", "mp3")
OGG = Content("audio/ogg", "ogg")
MP4 = Content("video/mp4", "mp4")
WEBM = Content("video/webm", "webm")

OFFICE = "application/vnd.openxmlformats-officedocument"
ARCHIVES = {
    "zip": Content("application/zip", "zip"),
    "docx": Content(f"{OFFICE}.wordprocessingml.document", "docx"),
    "xlsx": Content(f"{OFFICE}.spreadsheetml.sheet", "xlsx"),
    "pptx": Content(f"{OFFICE}.presentationml.presentation", "pptx"),
}


def recognise(data: bytes, name: str = "") -> Content:
    """Return what the bytes are. The name decides only between plain text and CSV.

    Raises Refusal ``unsupported_media`` with a sentence for whoever sent it.
    """
    if not data:
        raise refuse("unsupported_media", "This file is empty.")
    for recognises, content in SIGNATURES:
        if recognises(data):
            return content
    if data.startswith(b"PK\x03\x04"):
        return ARCHIVES[archive_kind(data)]
    if is_media(data, HEIC_BRANDS):
        raise refuse("unsupported_media", "HEIC and AVIF pictures are not taken. Send a JPEG.")
    if is_text(data):
        return CSV if name.lower().endswith(".csv") else TEXT
    raise refuse("unsupported_media")


def is_text(data: bytes) -> bool:
    """Whether it is text, in whatever encoding: no control byte, so no NUL and no terminal escape.

    Markup and scripts are text as well, and refused: some program might run them.
    """
    if CONTROL.search(data):
        return False
    start = data[len(data) - len(data.removeprefix(UTF8_MARK).lstrip()) :][:4096].lower()
    if start.startswith(SCRIPT_STARTS) or MARKUP_START.match(start) or MARKUP.search(start):
        raise refuse("unsupported_media", "Web pages, SVG, XML and scripts are not taken.")
    return True


def is_webp(data: bytes) -> bool:
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def is_mp3(data: bytes) -> bool:
    """An ID3v2 tag, or a bare MPEG frame: eleven set bits, version 1 or 2, layer III."""
    return data.startswith((b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"))


def is_media(data: bytes, brands: frozenset[bytes]) -> bool:
    """An ISO base media file (ISO/IEC 14496-12, 4.3) whose major brand is one of these."""
    return data[4:8] == b"ftyp" and data[8:12] in brands


def is_webm(data: bytes) -> bool:
    """EBML (RFC 8794) whose DocType, element 0x4282, is webm; Matroska at large is not taken."""
    return data.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in data[:64]


def begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(starts)


HEIC_BRANDS = frozenset(b"heic heix hevc mif1 msf1 avif avis".split())
MP4_BRANDS = frozenset(b"isom iso2 iso4 iso5 iso6 mp41 mp42 avc1 dash 3gp4 3gp5".split()) | {
    b"M4V ",
    b"M4A ",
}
SIGNATURES: tuple[tuple[Callable[[bytes], bool], Content], ...] = (
    (begins(b"\xff\xd8\xff"), JPEG),
    (begins(b"\x89PNG\r\n\x1a\n"), PNG),
    (begins(b"GIF87a", b"GIF89a"), GIF),
    (is_webp, WEBP),
    (begins(b"%PDF-"), PDF),
    (is_mp3, MP3),
    (begins(b"OggS\x00"), OGG),
    (lambda data: is_media(data, MP4_BRANDS), MP4),
    (is_webm, WEBM),
)

UTF8_MARK = b"\xef\xbb\xbf"
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP_START = re.compile(rb"<[a-z!?/]")
MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)\b")
SCRIPT_STARTS = (
    b"#!",
    b"@echo",
    b"{\\rtf",
    b"%!ps",
    b"[internetshortcut]",
    b"windows registry editor",
)
