"""The table of the installation's push key: one row, sealed under the installation's own key."""

from __future__ import annotations

from sqlalchemy import select

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import BigInteger, Column, LargeBinary, Table, Text, metadata

vapid_keys = Table(
    "vapid_keys",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("private_key", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

_KEEP_KEY = Upsert(vapid_keys, ("workspace_id",))
_KEY = Statement(select(vapid_keys.c.private_key).where(mine(vapid_keys)))


def keep_key(tx: Transaction, fresh: bytes) -> bytes:
    """Return the installation's key; ``fresh`` becomes it when there is none yet."""
    column, place = vapid_keys.c.private_key, tx.scope.workspace_id
    tx.all(_KEEP_KEY, private_key=tx.seal(place, column, place, fresh), created_at=tx.now)
    (row,) = tx.all(_KEY)
    return tx.open_bytes(place, column, place, row[0])
