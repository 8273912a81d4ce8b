"""The table of contents of a ZIP file, read without unpacking anything.

An archive is taken only in its plainest form: it begins at the first byte and ends at the last, its
entries lie side by side, and the table says the same as the entries. So nothing hides in front,
behind or between, no byte serves two entries, and every program sees the same files.
Format: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

END = struct.Struct("<4s4H2LH")
LINE = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")

UTF8_NAME = 1 << 11
DESCRIPTOR = 1 << 3
DESCRIPTOR_SIZE = 24
"""At most: signature, checksum, two 64-bit sizes, behind an entry that was written as a stream."""

UNICODE_PATH = 0x7075
"""The extra field in which some packers repeat the name in UTF-8."""


class NotPlain(ValueError):
    """This is no ZIP file, or not one in its plainest form."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table. ``mode`` is the Unix file mode, ``content`` where its bytes begin."""

    names: tuple[str, ...]
    flags: int
    method: int
    packed: int
    unpacked: int
    mode: int
    start: int
    content: int


def read_table(data: bytes, most: int) -> list[Entry]:
    """Return the entries, at most so many, in the order in which they lie in the file.

    Raises NotPlain.
    """
    try:
        count, table = _end_record(data)
        if not 0 < count <= most:
            raise NotPlain
        entries = sorted(_lines(data, table, count), key=lambda entry: entry.start)
    except (struct.error, UnicodeDecodeError) as broken:
        raise NotPlain from broken
    _check_layout(entries, table)
    return entries


def _end_record(data: bytes) -> tuple[int, int]:
    """Return how many entries there are and where the table begins."""
    end = max(len(data) - END.size, 0)
    magic, disk, table_disk, here, count, size, table, comment = END.unpack_from(data, end)
    if (magic, disk, table_disk, here, comment) != (b"PK\x05\x06", 0, 0, count, 0):
        raise NotPlain
    if table + size != end:
        raise NotPlain
    return count, table


def _lines(data: bytes, at: int, count: int) -> Iterator[Entry]:
    for _ in range(count):
        entry, at = _line(data, at)
        yield entry
    if at != len(data) - END.size:
        raise NotPlain


def _line(data: bytes, at: int) -> tuple[Entry, int]:
    """Return the entry in this line of the table, and where the next line begins."""
    (
        magic, _by, _needs, flags, method, _time, _date, _sum, packed, unpacked,
        name_size, extra_size, comment_size, _disk, _inner, outer, start,
    ) = LINE.unpack_from(data, at)  # fmt: skip
    if magic != b"PK\x01\x02":
        raise NotPlain
    at += LINE.size
    raw, extra = data[at : at + name_size], data[at + name_size : at + name_size + extra_size]
    content = _content_start(data, start, raw, method)
    names = (raw.decode("utf-8" if flags & UTF8_NAME else "cp437"), *_other_names(extra))
    entry = Entry(names, flags, method, packed, unpacked, outer >> 16, start, content)
    return entry, at + name_size + extra_size + comment_size


def _content_start(data: bytes, start: int, name: bytes, method: int) -> int:
    """Return where the entry's bytes begin. Its own header must agree with the table."""
    magic, _, _, own_method, *_, name_size, extra_size = LOCAL.unpack_from(data, start)
    at = start + LOCAL.size
    if (magic, own_method, data[at : at + name_size]) != (b"PK\x03\x04", method, name):
        raise NotPlain
    return int(at + name_size + extra_size)


def _other_names(extra: bytes) -> Iterator[str]:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind == UNICODE_PATH:
            yield extra[at + 9 : at + 4 + size].decode()  # after a version and a checksum
        at += 4 + size


def _check_layout(entries: list[Entry], table: int) -> None:
    """Each entry begins where the one before it ends, and the table where the last one ends."""
    earliest = latest = 0
    for entry in entries:
        if not earliest <= entry.start <= latest:
            raise NotPlain
        earliest = entry.content + entry.packed
        latest = earliest + (DESCRIPTOR_SIZE if entry.flags & DESCRIPTOR else 0)
    if not earliest <= table <= latest:
        raise NotPlain
