"""The released record in its file: read, hold the present one against it, write the next.

A version lives like this: what is declared and not written down yet is a draft; written down, it is
in review; once somebody has put their name to it, it is effective; the next one supersedes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import msgspec

from .diff import changes_between
from .model import Change, Record, Weight, weight_of

RELEASED = Path(__file__).parent / "released.json"


class Release(NamedTuple):
    """A record with its version: major, minor and editorial number, as in ``2.0.1``.

    ``reviewed_by`` is who has read it and found it right; empty while it is in review.
    """

    version: str
    record: Record
    reviewed_by: str

    @property
    def effective(self) -> bool:
        return bool(self.reviewed_by)


class Unreleased(Exception):
    """The program declares something else than what was last released."""

    def __init__(self, version: str, changes: list[Change]) -> None:
        told = "".join(f"\n  {c.weight:9} {c.clause:4} {c.what}" for c in changes)
        super().__init__(
            f"what is declared is not version {version} of the policy any more:{told}\n"
            "Say what changed in the changelog, then: silkroad policy release"
        )
        self.changes = changes


class Unreviewed(Exception):
    """Nobody has put their name to the version that is declared."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"version {version} of the policy is in review: read what changed, then: "
            "silkroad policy review --by NAME"
        )


def read(path: Path = RELEASED) -> Release:
    """Return what was last released."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return Release(found["version"], found["record"], found["reviewed_by"])


def check(now: Record, released: Release, *, effective: bool = False) -> None:
    """Raise Unreleased when the program declares something else.

    Raises Unreviewed when it has to be ``effective`` and is still in review.
    """
    changes = changes_between(released.record, plain(now))
    if changes:
        raise Unreleased(released.version, changes)
    if effective and not released.effective:
        raise Unreviewed(released.version)


def release(now: Record, path: Path = RELEASED) -> tuple[str, list[Change]]:
    """Write the present record down as the next version; return its number and what changed.

    It is in review from now on. A record that is the same stays what it was.
    """
    released, record = read(path), plain(now)
    changes = changes_between(released.record, record)
    if weight := weight_of(changes):
        released = Release(following(released.version, weight), record, "")
        _write(released, path)
    return released.version, changes


def review(now: Record, by: str, path: Path = RELEASED) -> Release:
    """Put a name to what is declared: it is effective. Raises Unreleased for a mere draft."""
    released = read(path)
    check(now, released)
    released = released._replace(reviewed_by=by)
    _write(released, path)
    return released


def _write(released: Release, path: Path) -> None:
    text = json.dumps(released._asdict(), indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def following(version: str, weight: Weight) -> str:
    """Return the number after this one."""
    major, minor, editorial = (int(part) for part in version.split("."))
    if weight == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if weight == "minor" else f"{major}.{minor}.{editorial + 1}"


def plain(record: Record) -> Record:
    """Return a record as JSON has it, so that it can be compared with one that was read."""
    values: Record = msgspec.json.decode(msgspec.json.encode(record))
    return values
