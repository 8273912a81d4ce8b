"""The released record in its file: read, hold the present one against it, write the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import msgspec

from .model import Change, Record, Weight, changes_between, weight_of

RELEASED = Path(__file__).parent / "released.json"


class Release(NamedTuple):
    """A record with its version: major, minor and editorial number, as in ``2.0.1``."""

    version: str
    record: Record


class Unreleased(Exception):
    """The program declares something else than what was last released."""

    def __init__(self, version: str, changes: list[Change]) -> None:
        told = "".join(f"\n  {c.weight:9} {c.clause:4} {c.what}" for c in changes)
        super().__init__(
            f"what is declared is not version {version} of the policy any more:{told}\n"
            "Say what changed in the changelog, then: silkroad policy release"
        )
        self.changes = changes


def read(path: Path = RELEASED) -> Release:
    """Return what was last released."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return Release(found["version"], found["record"])


def check(now: Record, released: Release) -> None:
    """Raise Unreleased when the program declares something else."""
    changes = changes_between(released.record, plain(now))
    if changes:
        raise Unreleased(released.version, changes)


def release(now: Record, path: Path = RELEASED) -> tuple[str, list[Change]]:
    """Write the present record down as the next version; return its number and what changed."""
    released, record = read(path), plain(now)
    changes = changes_between(released.record, record)
    weight = weight_of(changes)
    version = following(released.version, weight) if weight else released.version
    text = json.dumps({"version": version, "record": record}, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    return version, changes


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
