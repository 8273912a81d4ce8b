"""A ZIP file that is written and sent at the same time, with the same bytes for the same content.

Nothing of it is kept: what was written is taken and sent, then the next part is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

UNSAFE = re.compile(r"[^\w.\- ]")
LONGEST = 100


class Archive:
    """A ZIP file in the making; ``taken`` returns what has not been sent of it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._zip = ZipFile(self, "w")

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Keep what was written until it is taken."""

    def close(self) -> None:
        """Keep it here as well: nothing was opened."""

    @contextmanager
    def entry(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """Write one file of the archive."""
        info = ZipInfo(name)  # of 1980, as it says nothing about when
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as entry:
            yield entry

    def taken(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken

    def end(self) -> bytes:
        """End the archive and return the rest of it."""
        self._zip.close()
        return self.taken()


def file_name(row_id: str, name: str) -> str:
    """Return a name under which a person's file is safe to unpack anywhere, and that is its own."""
    stem, dot, extension = name.rpartition(".")
    kept = UNSAFE.sub("_", (stem or extension)[:LONGEST]).strip(" .") or "file"
    ending = UNSAFE.sub("", extension)[:10] if dot else ""
    return f"{row_id[-8:]}-{kept}{'.' if ending else ''}{ending}"
