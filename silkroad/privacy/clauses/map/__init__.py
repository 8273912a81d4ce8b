"""The rows of the map: one file for each section of the policy, read when this is imported."""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.privacy.clauses.model import Clause

NAMES = ("p", "d", "1", "2", "3", "4", "5", "6", "7", "8", "9")


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One section: what it is about, and its clauses in the policy's order."""

    title: str
    clause: list[Clause]


SECTIONS: dict[str, Section] = {
    name: msgspec.toml.decode(
        (Path(__file__).parent / f"section_{name}.toml").read_bytes(), type=Section
    )
    for name in NAMES
}
