"""ZIP files as honest packers write them, and as attackers do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache

STORED, DEFLATED = 0, 8
SLIPS = [
    "../evil.txt",
    "a/../../evil.txt",
    "..",
    "/etc/cron.d/evil",
    "//server/share/evil.txt",
    "..\\..\\evil.txt",
    "a\\..\\..\\evil.txt",
    "\\\\server\\share\\evil.txt",
    "C:\\Windows\\evil.txt",
    "c:evil.txt",
    "notes.txt:hidden",
    "a/ .. /evil.txt",
    "a//b.txt",
    "evil\x00.txt",
    "evil\r\n.txt",
    "photo\u202egnp.txt",
    "\u2067photo.txt",
]


@dataclass(frozen=True)
class Part:
    """An entry as it is written. What is None or empty is filled in truthfully."""

    name: str = "letter.txt"
    content: bytes = b"Dear all,\n"
    method: int = STORED
    flags: int = 1 << 11
    mode: int = 0o100644
    extra: bytes = b""
    own_name: str = ""
    packed: int | None = None
    unpacked: int | None = None
    start: int | None = None
    raw: bytes | None = None
    after: bytes = b""


def archive(
    *parts: Part,
    before: bytes = b"",
    gap: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
) -> bytes:
    """Return a ZIP file with these parts, telling the lies that were asked for."""
    body, table = before, b""
    for part in parts:
        name, content = part.name.encode(), squeezed(part)
        own = (part.own_name or part.name).encode()
        sizes = (
            zlib.crc32(part.content),
            len(content) if part.packed is None else part.packed,
            len(part.content) if part.unpacked is None else part.unpacked,
        )
        start = len(body) if part.start is None else part.start
        shared = (20, part.flags, part.method, 0, 0x5821, *sizes)
        table += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 3 << 8 | 20, *shared, len(name), len(part.extra),
            0, 0, 0, part.mode << 16, start,
        )  # fmt: skip
        table += name + part.extra
        if part.start is None:
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *shared, len(own), 0)
            body += own + content + part.after
    body += gap
    many = len(parts) if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, len(table), len(body), len(comment)
    )
    return body + table + end + comment + after


def squeezed(part: Part) -> bytes:
    if part.raw is not None:
        return part.raw
    if part.method != DEFLATED:
        return part.content
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part.content) + packer.flush()


def zipped(*names: str, content: bytes = b"Dear all,\n") -> bytes:
    """Return what an honest packer makes of such files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return out.getvalue()


def streamed(*names: str) -> bytes:
    """Return what a packer makes that cannot go back: sizes come in a descriptor behind each."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override] # only ever given bytes here
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b"Dear all,\n" * 100)
    return pipe.written


WORD = "wordprocessingml.document.main"
SHEET = "spreadsheetml.sheet.main"
SLIDES = "presentationml.presentation.main"


def office(main: str, *more: str, types: bytes | None = None) -> bytes:
    """Return a document of Office whose content types name this main part."""
    if types is None:
        kind = f"application/vnd.openxmlformats-officedocument.{main}+xml"
        types = (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'content-types"><Override PartName="/main.xml" ContentType="{kind}"/></Types>'
        ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", types)
        for name in ("_rels/.rels", "main.xml", *more):
            packed.writestr(name, b"<x/>")
    return out.getvalue()


def unicode_path(name: str) -> bytes:
    """Return the extra field that overrides a name (Info-ZIP, 0x7075)."""
    raw = name.encode()
    return struct.pack("<2HBL", 0x7075, 5 + len(raw), 1, 0) + raw


@cache
def hostile() -> dict[str, dict[str, bytes]]:
    """Return archives that must not be taken, under words of the sentence that says why."""
    return {
        "not safe to unpack": {repr(name): archive(Part(name)) for name in SLIPS}
        | {"a path that only some read": archive(Part(extra=unicode_path("../../evil.txt")))},
        "programs or scripts": {
            name: archive(Part(name))
            for name in ("setup.exe", "offer.pdf.js", "a/b/Bill.LNK", "x.bat.", "y.ps1", "m.docm")
        }
        | {"a name that only some read": archive(Part(extra=unicode_path("setup.exe")))},
        "inside an archive": {
            name: archive(Part(name)) for name in ("a.zip", "b.7z", "c.tar.gz", "D.RAR")
        },
        "far too large": bombs(),
        "password": {
            "encrypted": archive(Part(flags=1)),
            "strongly encrypted": archive(Part(flags=1 | 1 << 6)),
            "masked names": archive(Part(flags=1 << 13)),
            "AES": archive(Part(method=99)),
            "bzip2": archive(Part(method=12)),
            "LZMA": archive(Part(method=14)),
            "Zstandard": archive(Part(method=93)),
        },
        "links": {
            "link": archive(Part("link", b"/etc/passwd", mode=0o120777)),
            "device": archive(Part(mode=0o020666)),
            "pipe": archive(Part(mode=0o010666)),
        },
        "twice": {
            "the same name": archive(Part(), Part()),
            "the same name for Windows": archive(Part("Letter.txt"), Part("LETTER.TXT")),
        },
        "macros": {
            "usual place": office(WORD, "word/vbaProject.bin"),
            "other place": office(WORD, "x/y/VBAPROJECT.BIN"),
            "in a plain archive": archive(Part("vbaProject.bin")),
            "main part": office(WORD, types=b"vnd.ms-word.document.macroEnabled"),
            "renamed": office(WORD, types=f"{WORD}+xml vnd.ms-office.vbaProject".encode()),
            "binary workbook": office(SHEET, types=b"ms-excel.sheet.binary.macroEnabled.main"),
        },
        "Send a PDF": {
            "OpenDocument": archive(Part("mimetype", b"application/vnd.oasis.opendocument.text")),
        },
        "document is damaged": {
            "content types that do not inflate": archive(
                Part("[Content_Types].xml", method=DEFLATED, raw=b"\xff" * 9)
            ),
        },
        "not a plain ZIP file": crooked(),
    }


def bombs() -> dict[str, bytes]:
    return {
        "zeros": archive(Part("zeros.bin", bytes(20_000_000), DEFLATED)),
        "in pieces": archive(*(Part(f"{n}", bytes(3_000_000), DEFLATED) for n in range(9))),
        "says 4 GB": archive(Part(method=DEFLATED, unpacked=0xFFFF_FFFF)),
        "says 2 GB in all": archive(
            *(Part(f"{n}", method=DEFLATED, unpacked=2**29) for n in range(4))
        ),
    }


def crooked() -> dict[str, bytes]:
    """Return archives in which two programs could see different files, or count bytes twice."""
    letter = Part()
    return {
        "stored, of two sizes": archive(Part(unpacked=9_000)),
        "too many entries": archive(*(Part(f"{n}") for n in range(4_001))),
        "one entry twice": archive(letter, Part(start=0)),
        "an entry inside another": archive(
            Part("outer.bin", archive(Part("inner.txt"))[:60]), Part("inner.txt", start=39)
        ),
        "reaches into the table": archive(Part(packed=60, unpacked=60)),
        "reaches past the end": archive(Part(packed=10**6, unpacked=10**6)),
        "begins past the end": archive(letter, Part(start=10**6)),
        "another name in the table": archive(Part("good.txt", own_name="evil.exe")),
        "something in front": archive(letter, before=b"PK\x03\x04" + bytes(40)),
        "something between": archive(Part(after=b"hidden bytes"), Part("b.txt")),
        "something before the table": archive(letter, gap=b"hidden"),
        "something behind": archive(letter, after=b"<html>"),
        "a comment": archive(letter, comment=b"<html>"),
        "another table behind": archive(letter, after=archive(Part("other.txt"))[40:]),
        "fewer entries than it says": archive(letter, count=2),
        "more entries than it says": archive(letter, Part("b.txt"), count=1),
        "a name that is not UTF-8": archive(Part("\u00ff")).replace(b"\xc3\xbf", b"\xff\xff"),
        "cut off": archive(letter)[:-10],
        "only a beginning": b"PK\x03\x04",
    }
