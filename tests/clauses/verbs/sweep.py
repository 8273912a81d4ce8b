"""SWEEP: looking for words in bytes, in every form in which somebody may have written them down."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2

from tests.attacks import stored
from tests.harness.server import Server


def sweep(server: Server, words: Iterable[str | bytes]) -> list[tuple[str, str]]:
    """Return which word stands where: in a file of the server's, its log, its metrics, its rows."""
    return hits(places(server), words)


def places(server: Server) -> dict[str, bytes]:
    """Return every byte that the server has left anywhere, by its place.

    Its data folder has database, write-ahead log, files and keys; a database elsewhere, rows.
    """
    found = files(server.data, server.errors)
    if "metrics_port" in server._settings:
        found["/metrics"] = metrics(server)
    if server.engine != "sqlite":
        found |= {table.name: _bytes(table) for table in stored.tables(server)}
    return found


def metrics(server: Server) -> bytes:
    port = server._settings["metrics_port"]
    shown = httpx2.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)
    assert b"silkroad_actions_total" in shown.content
    return shown.content


def _bytes(table: stored.Table) -> bytes:
    values = (value for row in table.rows for value in row)
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in values)


def files(*places: Path) -> dict[str, bytes]:
    """Return what every file below these places holds, by its path."""
    found = [p for place in places for p in ([place] if place.is_file() else place.rglob("*"))]
    return {str(path): path.read_bytes() for path in found if path.is_file()}


def hits(found: dict[str, bytes], words: Iterable[str | bytes]) -> list[tuple[str, str]]:
    """Return which word stands in which file, in whatever form."""
    wanted = {form: word for word in words for form in forms(word)}
    return sorted(
        (path, str(wanted[form]))
        for path, data in found.items()
        for form in wanted
        if form in data and (not form.isdigit() or stands_alone(form, data))
    )


def stands_alone(number: bytes, data: bytes) -> bool:
    """Whether a number is there by itself and not as some digits of a longer one, or of a time."""
    return bool(re.search(rb"(?<![\d.])" + number + rb"(?!\d)", data))


def forms(word: str | bytes) -> Iterator[bytes]:
    """Yield a word as text, as JSON, in an address, as hex, and anywhere within base64."""
    if isinstance(word, bytes):
        yield from _written(word)
        return
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield from _written(word.encode(encoding))
    yield json.dumps(word)[1:-1].encode()
    yield quote(word, safe="").encode()


def _written(plain: bytes) -> Iterator[bytes]:
    yield plain
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield from _within_base64(plain)


def _within_base64(plain: bytes) -> Iterator[bytes]:
    """Yield what base64 makes of some bytes wherever they begin, without what is around them."""
    for before, start in ((0, 0), (1, 2), (2, 3)):
        shifted = bytes(before) + plain
        end = len(shifted) * 8 // 6
        yield base64.b64encode(shifted)[start:end]
        yield base64.urlsafe_b64encode(shifted)[start:end]
