"""The built web files, as they travel inside the package: read once, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cached_property
from pathlib import Path

WEB = Path(__file__).parent.parent / "web"
FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


class WebFilesMissing(Exception):
    """The package carries no web files: it was not built with ``make web``."""


class Asset:
    """One built file. A name with a hash in it (below ``assets/``) never changes."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.media_type = _TYPES.get(path.suffix, guessed)
        self.caching = FOREVER if path.parent.name == "assets" else REVALIDATE
        self.tag = f'"{hashlib.sha256(self.data).hexdigest()[:20]}"'

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.data, 9, mtime=0)


def load(folder: str) -> dict[str, Asset]:
    """Return the files of ``console`` or ``widget`` by relative path. Raises WebFilesMissing."""
    root = WEB / folder
    found = {
        path.relative_to(root).as_posix(): Asset(path)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    if not found:
        raise WebFilesMissing(f"No web files in {root}: run `make web`, or install a built wheel.")
    return found
