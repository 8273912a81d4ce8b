"""Which ZIP files are taken: plain archives and Office documents that carry no program.

They are judged by their table of contents and never unpacked; the one part that is read, up to a
limit, is the one in which an Office document says what it is.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zlib
from typing import Literal

from silkroad.kit.errors import Refusal, refuse

from .zip_table import Entry, NotPlain, read_table

Archive = Literal["zip", "docx", "xlsx", "pptx"]

MAX_ENTRIES = 4_000
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 100
SMALL = 8 * 1024 * 1024
"""Up to so many unpacked bytes the ratio does not matter: a log may well be one line many times."""

ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
"""Encrypted, strongly encrypted, names masked."""
STORED, DEFLATED = 0, 8

UNSAFE = re.compile(r"[\x00-\x1f\x7f:]")
TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Characters that make a name read backwards (Unicode UAX #9)."""

MAX_TYPES_PART = 1024 * 1024
MAIN_PARTS: dict[bytes, Archive] = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}

# fmt: off
PROGRAMS = frozenset({
    "apk", "app", "bat", "cab", "chm", "cmd", "com", "cpl", "dll", "dmg", "docm", "dotm", "exe",
    "hta", "img", "iso", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "pif", "pkg", "potm",
    "ppam", "ppsm", "pptm", "ps1", "reg", "scf", "scr", "sh", "url", "vb", "vbe", "vbs", "vhd",
    "vhdx", "wsf", "wsh", "xlam", "xlsb", "xlsm", "xltm",
})
NESTED = frozenset({
    "7z", "arj", "bz2", "gz", "lzh", "rar", "tar", "tbz", "tgz", "txz", "xz", "z", "zip", "zst",
})
# fmt: on


def archive_kind(data: bytes) -> Archive:
    """Return which kind of ZIP file this is. Raises Refusal ``unsupported_media``."""
    try:
        entries = read_table(data, MAX_ENTRIES)
    except NotPlain as reason:
        raise no("This archive is damaged, too long, or not a plain ZIP file.") from reason
    check_size(entries, len(data))
    for entry in entries:
        check_entry(entry)
    names = [entry.names[0].casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise no("This archive has the same file name in it twice.")
    kind = document_kind(data, entries)
    if kind == "zip":
        check_cargo(entries)
    return kind


def check_size(entries: list[Entry], size: int) -> None:
    unpacked = sum(entry.unpacked for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * size):
        raise no("This archive would be far too large when it is unpacked.")


def check_entry(entry: Entry) -> None:
    if entry.flags & ENCRYPTED or entry.method not in (STORED, DEFLATED):
        raise no("Archives with a password or an unusual packing are not taken.")
    if entry.method == STORED and entry.packed != entry.unpacked:
        raise no("This archive is damaged, too long, or not a plain ZIP file.")
    if stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise no("Archives with links in them are not taken.")
    if any(leads_astray(name) for name in entry.names):
        raise no("This archive has file names in it that are not safe to unpack.")


def leads_astray(name: str) -> bool:
    """Whether unpacking might write elsewhere, or a person read another name than there is."""
    parts = name.replace("\\", "/").removesuffix("/").split("/")
    turned = any(unicodedata.bidirectional(letter) in TURNS for letter in name)
    return turned or bool(UNSAFE.search(name)) or not all(part.strip(". ") for part in parts)


def document_kind(data: bytes, entries: list[Entry]) -> Archive:
    """Return the kind that the content-types part (ECMA-376 part 2) declares, else ``zip``."""
    parts = {entry.names[0].casefold(): entry for entry in entries}
    if any(name.rpartition("/")[2] == "vbaproject.bin" for name in parts):
        raise no("Documents with macros are not taken.")
    if "mimetype" in parts:
        raise no("Documents of this kind are not taken. Send a PDF.")
    if "[content_types].xml" not in parts:
        return "zip"
    types = read_start(data, parts["[content_types].xml"])
    if b"macroenabled" in types or b"vbaproject" in types:
        raise no("Documents with macros are not taken.")
    return next((kind for part, kind in MAIN_PARTS.items() if part in types), "zip")


def read_start(data: bytes, entry: Entry) -> bytes:
    packed = data[entry.content : entry.content + entry.packed]
    if entry.method == STORED:
        return packed[:MAX_TYPES_PART].lower()
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MAX_TYPES_PART).lower()
    except zlib.error as reason:
        raise no("This document is damaged.") from reason


def check_cargo(entries: list[Entry]) -> None:
    names = (name.casefold().rstrip("/. ") for entry in entries for name in entry.names)
    suffixes = {name.rpartition(".")[2] for name in names}
    if suffixes & PROGRAMS:
        raise no("Archives with programs or scripts in them are not taken.")
    if suffixes & NESTED:
        raise no("Archives inside an archive are not taken.")


def no(sentence: str) -> Refusal:
    return refuse("unsupported_media", sentence)
