"""What was copied of the database, held against the keys that a server's keyring has by now."""

from __future__ import annotations

from typing import Any, NamedTuple

from silkroad.engines.keyring import KeyName, SealKey, sealing_context
from silkroad.engines.keyring.copying import KeyRow, SqliteKeyRows
from silkroad.engines.keyring.seal import SealBroken
from silkroad.engines.keyring.wrapped import place_of
from tests.harness.server import Server


class Copied(NamedTuple):
    """A sealed value as it lay in the database, and the place that it is bound to."""

    server: Server
    table: str
    column: str
    row: dict[str, Any]
    place: str

    def opened(self) -> str | None:
        """Return what it says, if any key at all that there is now opens it."""
        for key in keys_of(self.server):
            where = (self.row["workspace_id"], self.table, self.place, self.column, key.version)
            try:
                return key.open(bytes(self.row[self.column]), sealing_context(*where)).decode()
            except SealBroken:
                continue
        return None


def keys_of(server: Server) -> list[SealKey]:
    """Return every key that whoever has the root key can still unwrap."""
    folder = server.data / "keys"
    root = SealKey((folder / "root.key").read_bytes())
    rows = {row[:2]: row for page in SqliteKeyRows(folder / "keyring.db").rows() for row in page}
    found = (_unwrapped(root, rows, row) for row in rows.values())
    return [key for key in found if key is not None]


def _unwrapped(root: SealKey, rows: dict[tuple[str, str], KeyRow], row: KeyRow) -> SealKey | None:
    workspace_id, key_id, parent_id, version, wrapped = row
    parent: SealKey | None = root
    if parent_id is not None:
        above = rows.get((workspace_id, parent_id))
        parent = _unwrapped(root, rows, above) if above else None
    if parent is None:
        return None
    return SealKey(parent.open(wrapped, place_of(KeyName(workspace_id, key_id), version)), version)
