"""The table of hand-over tokens, as hashes; one is deleted when it is used."""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.push.devices import Owner

handovers = Table(
    "handovers",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("token_hash", LargeBinary, primary_key=True),
    Column("inbox_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("session_id", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "visitor_id"),
    ForeignKeyConstraint(
        ["workspace_id", "visitor_id"],
        ["visitors.workspace_id", "visitors.id"],
        ondelete="CASCADE",
    ),
)

_h = handovers.c
_ADD = insert_into(handovers)
_REDEEM = Statement(
    delete(handovers)
    .where(
        mine(handovers),
        _h.token_hash == bindparam("hash"),
        _h.inbox_id == bindparam("of_inbox"),
        _h.expires_at > bindparam("now"),
    )
    .returning(_h.visitor_id, _h.session_id)
)
_SWEEP = Statement(delete(handovers).where(mine(handovers), _h.expires_at <= bindparam("now")))


def add(tx: Transaction, token_hash: bytes, inbox_id: str, owner: Owner, expires_at: int) -> None:
    tx.all(
        _ADD,
        token_hash=token_hash,
        inbox_id=inbox_id,
        visitor_id=owner.id,
        session_id=owner.session_id,
        expires_at=expires_at,
    )


def redeem(tx: Transaction, token_hash: bytes, inbox_id: str) -> Owner | None:
    """Return whose token this is, and void it."""
    row = tx.one(_REDEEM, hash=token_hash, of_inbox=inbox_id, now=tx.now)
    return Owner("visitor", row[0], row[1]) if row else None


def sweep(tx: Transaction) -> None:
    """Delete the tokens that have expired."""
    tx.all(_SWEEP, now=tx.now)
