"""Files that somebody sends with bad intentions, each under a name. S9."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from . import pictures, texts, zips


class Upload(NamedTuple):
    """A file as it is sent."""

    name: str
    data: bytes


PDF = b"%PDF-1.7\n1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>\nendobj\n%%EOF\n"
HEADS = {
    "pdf": PDF,
    "gif": b"GIF89a/*",
    "mp3": b"ID3\x03\x00\x00\x00\x00\x00\x0a",
    "ogg": b"OggS\x00\x02",
    "mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "txt": b"Dear all,\n",
    "csv": b"name,price\n",
    "zip": zips.zipped("letter.txt"),
    "docx": zips.office(zips.WORD),
    "jpg": pictures.plain("JPEG"),
    "png": pictures.plain("PNG"),
    "webp": pictures.plain("WEBP"),
}
TAILS = (
    texts.PAGE,
    texts.DRAWING,
    b"<script>alert(1)</script>",
    b"*/=1;alert(1)//",
    b"alert(1)//",
    b"\n<?php alert(1); ?>",
    b"\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + texts.PAGE,
    b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    b"body{background:url(javascript:alert(1))}",
    texts.EICAR,
)
DOUBLE = ("photo.jpg", "photo.jpg.html", "photo.html.jpg", "photo.svg", "photo.jpg .exe")
NAMES = (
    "a.txt.exe", "a.txt%00.html", "a\x00.html", "a\r\nX-Evil: 1.txt", "..\\..\\evil.txt",
    "../../../../tmp/evil.txt", "/etc/passwd", "C:\\evil.txt", "\\\\server\\share\\evil.txt",
    "con.txt", "aux", "nul.html", "lpt1.txt", ".htaccess", ".", "..", "", " ", "...", "~root",
    "invoice\u202egnp.exe", "\u2066\u2067txt.exe", "\u200b.html", "a\u2028b.html", "\ufeff.svg",
    "<img src=x onerror=alert(1)>.txt", '"; filename="evil.html', "a;b=c.txt", "a\tb.txt",
    "x" * 300 + ".html", "\u4e2d" * 200 + ".txt", "a." * 100 + "js", "%2e%2e%2fevil.txt",
    "a.txt/", "a.txt/.", "a.txt::$DATA", "-rf.txt", "$(id).txt", "`id`.txt", "a|b.txt", "*.txt",
    "a\u0301" * 80 + ".txt", "\ud83d\ude00.txt".encode("utf-16", "surrogatepass").decode("utf-16"),
)  # fmt: skip


def corpus() -> list[Upload]:
    """Return all of it but what weighs much."""
    return [*disguised(), *polyglots(), *named(), *archives(), *told(), *truncated(), *flooding()]


def disguised() -> Iterator[Upload]:
    """Yield pages, scripts and programs under names that promise something else."""
    bad = [*texts.MARKUP, *texts.SCRIPTS, *texts.BINARIES, texts.EICAR]
    for data, name in itertools.product(bad, DOUBLE[:3]):
        yield Upload(name, data)
    for data, name in itertools.product((texts.PAGE, texts.DRAWING, texts.EICAR), DOUBLE):
        yield Upload(name, data)


def polyglots() -> Iterator[Upload]:
    """Yield files that begin as one thing and go on as another."""
    for (kind, head), tail in itertools.product(HEADS.items(), TAILS):
        yield Upload(f"file.{kind}", head + tail)
        yield Upload(f"file.{kind}.html", head[:12] + tail + head[12:])


def named() -> Iterator[Upload]:
    for name in NAMES:
        yield Upload(name, b"only words\n")


def archives() -> Iterator[Upload]:
    """Yield bombs, slips, links, programs, macros, and archives that lie."""
    for group in zips.hostile().values():
        for data in group.values():
            yield Upload("files.zip", data)
    nest = zips.zipped("letter.txt")
    for depth in range(5):
        nest = zips.archive(zips.Part(f"{depth}.zip", nest))
        yield Upload("nest.zip", nest)


def told() -> Iterator[Upload]:
    """Yield pictures that tell where they were taken, whole and with a page behind them."""
    for kind in pictures.FORMATS:
        yield Upload(f"home.{kind.lower()}", pictures.telling(kind))
        yield Upload(f"home.{kind.lower()}", pictures.telling(kind) + texts.PAGE)


def truncated() -> Iterator[Upload]:
    for kind in pictures.FORMATS:
        data = pictures.telling(kind)
        for tenth in range(1, 10):
            yield Upload(f"cut.{kind.lower()}", data[: len(data) * tenth // 10])


def flooding() -> Iterator[Upload]:
    for name, data in pictures.floods().items():
        yield Upload(f"{name}.png", data)


def weighty() -> Iterator[Upload]:
    """Yield what takes the decoder seconds before it gives up."""
    for name, make in pictures.heavy().items():
        yield Upload(f"{name}.png", make())
    for name, make in pictures.bombs().items():
        yield Upload(f"{name}.png", make())
    yield Upload("slow.jpg", pictures.slow())
