"""Whether the keys of a backup open with the root key that its owner has."""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.engines.keyring import KeyName, SealKey
from silkroad.engines.keyring.copying import KeyRow
from silkroad.engines.keyring.seal import SealBroken
from silkroad.engines.keyring.wrapped import place_of
from silkroad.kit.scope import INSTALLATION


def unopened(root: SealKey, rows: Iterable[KeyRow]) -> int:
    """Return how many keys do not open; one below a key that was destroyed is none of them."""
    known = {(row[0], row[1]): row for row in rows}
    opened: dict[tuple[str, str], SealKey | None] = {}

    def key(name: tuple[str, str]) -> SealKey | None:
        if name not in opened:
            opened[name] = _opened(known.get(name))
        return opened[name]

    def _opened(row: KeyRow | None) -> SealKey | None:
        if row is None:
            return None
        workspace_id, key_id, parent_id, version, wrapped = row
        parent = root if parent_id is None else key((workspace_id, parent_id))
        place = place_of(KeyName(workspace_id, key_id), version)
        try:
            return SealKey(parent.open(wrapped, place), version) if parent else None
        except SealBroken:
            return None

    return sum(1 for name, row in known.items() if _parent_is_there(known, row) and not key(name))


def opens(root: SealKey, pages: Iterable[list[KeyRow]]) -> bool:
    """Whether the installation's own key is there and this root key opens it."""
    own = [row for page in pages for row in page if row[0] == row[1] == INSTALLATION]
    return bool(own) and unopened(root, own) == 0


def _parent_is_there(known: dict[tuple[str, str], KeyRow], row: KeyRow) -> bool:
    return row[2] is None or (row[0], row[2]) in known
