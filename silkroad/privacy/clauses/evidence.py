"""What came of the tests: written down by whoever runs them, believed only of the same files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .model import Clause, Evidence, Outcome
from .places import is_clone, lost

NOT_OURS = {"__pycache__", "node_modules"}
BUILT = Path("silkroad") / "web"


class Record(msgspec.Struct, frozen=True):
    """A results file: what came of each test, and of which files it was.

    ``made_from`` has a fingerprint for each folder. A test goes by its place, whatever the values
    that it ran with; the worst that came of any of them is what counts.
    """

    made_from: dict[str, str]
    outcomes: dict[str, Outcome]


def record(made_from: dict[str, str], outcomes: dict[str, Outcome]) -> bytes:
    """Return what is written to a results file; ``made_from`` is taken before the tests begin."""
    return msgspec.json.encode(Record(made_from, outcomes), order="sorted")


def gathered(root: Path, results: Path | None, clauses: list[Clause]) -> Evidence:
    """Return the evidence for these clauses, from a results file if one is given.

    Raises OSError or msgspec.ValidationError for a file that cannot be read.
    """
    missing = lost(root, {place for c in clauses for place in (*c.code, *c.tests)})
    if results is None or not results.exists():
        return Evidence({}, missing, "Nothing counts as proven: there are no results of the tests.")
    known = msgspec.json.decode(results.read_bytes(), type=Record)
    if any(known.made_from.get(folder) != now for folder, now in fingerprints(root).items()):
        return Evidence({}, missing, "Nothing counts as proven: the results are of other files.")
    return Evidence(known.outcomes, missing)


def fingerprints(root: Path) -> dict[str, str]:
    """Return a hash of each folder that an outcome depends on, as far as it is carried here."""
    folders = ("silkroad", "tests", "web") if is_clone(root) else ("silkroad",)
    return {folder: _fingerprint(root, folder) for folder in folders}


def _fingerprint(root: Path, folder: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(_files(root, folder)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\n{content}\n".encode())
    return digest.hexdigest()


def _files(root: Path, folder: str) -> Iterator[Path]:
    """Yield the files that people wrote: nothing hidden, built or installed."""
    for at, inner, names in os.walk(root / folder):
        here = Path(at)
        inner[:] = [n for n in inner if _is_ours(n) and (here / n).relative_to(root) != BUILT]
        yield from (here / name for name in names if _is_ours(name))


def _is_ours(name: str) -> bool:
    return name not in NOT_OURS and not name.startswith(".")
