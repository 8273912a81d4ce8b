"""Table and SQL of read marks."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    metadata,
)

reads = Table(
    "reads",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("conversation_id", Text, primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("visitor_total", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "workspace_id", "member_id"),
    ForeignKeyConstraint(
        ["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]
    ),
)


_r = reads.c

_SET_MARK = Upsert(
    reads, ("workspace_id", "conversation_id", "member_id"), ("seq", "visitor_total", "at")
)

_MARKS = Statement(
    select(_r.member_id, _r.seq, _r.visitor_total).where(
        mine(reads), _r.conversation_id == bindparam("conversation_id")
    )
)
_MARK_OF = Statement(
    select(_r.seq, _r.visitor_total).where(
        mine(reads),
        _r.conversation_id == bindparam("conversation_id"),
        _r.member_id == bindparam("member_id"),
    )
)


def put(
    tx: Transaction, conversation_id: str, member_id: str, seq: int, visitor_total: int
) -> None:
    tx.all(
        _SET_MARK,
        conversation_id=conversation_id,
        member_id=member_id,
        seq=seq,
        visitor_total=visitor_total,
        at=tx.now,
    )


def all_of(tx: Transaction, conversation_id: str) -> dict[str, tuple[int, int]]:
    """Return, per member, the sequence number read and the visitor's messages up to it."""
    rows = tx.all(_MARKS, conversation_id=conversation_id)
    return {member_id: (seq, total) for member_id, seq, total in rows}


def of(tx: Transaction, conversation_id: str, member_id: str) -> tuple[int, int]:
    row = tx.one(_MARK_OF, conversation_id=conversation_id, member_id=member_id)
    return (row[0], row[1]) if row else (0, 0)
