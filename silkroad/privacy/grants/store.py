"""The table of grants: a source has one that lives, and those that ended."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    metadata,
)

from .model import Detail, Grant, GrantRecord

inbound_grants = Table(
    "inbound_grants",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("granted_by", Text, nullable=False),
    Column("granted_at", BigInteger, nullable=False),
    Column("ended_by", Text),
    Column("ended_at", BigInteger),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
    Index(None, "workspace_id", "source_id"),
)

_g = inbound_grants.c
_LIVING = (
    mine(inbound_grants),
    _g.source_id == bindparam("of_source"),
    _g.ended_at.is_(None),
)
_ADD = insert_into(inbound_grants)
_END = Statement(
    update(inbound_grants)
    .where(*_LIVING)
    .values(ended_at=bindparam("now"), ended_by=bindparam("by"))
    .returning(_g.id)
)
_GET = Statement(select(_g.details, _g.granted_at).where(*_LIVING))
_LIST = Statement(
    select(
        _g.id,
        _g.source_id,
        _g.details,
        _g.granted_by,
        _g.granted_at,
        _g.ended_by,
        _g.ended_at,
    )
    .where(mine(inbound_grants))
    .order_by(_g.granted_at.desc(), _g.id)
    .limit(500)
)


def add(tx: Transaction, grant_id: str, source_id: str, details: list[Detail]) -> None:
    tx.all(
        _ADD,
        id=grant_id,
        source_id=source_id,
        details=",".join(details),
        granted_by=tx.scope.actor_id,
        granted_at=tx.now,
        ended_by=None,
        ended_at=None,
    )


def end(tx: Transaction, source_id: str) -> list[str]:
    """End what lives of a source's grants and return their ids."""
    rows = tx.all(_END, of_source=source_id, now=tx.now, by=tx.scope.actor_id)
    return [row[0] for row in rows]


def living(tx: Transaction, source_id: str) -> Grant | None:
    row = tx.one(_GET, of_source=source_id)
    if row is None:
        return None
    return Grant(details=_details(row[0]), granted_at=row[1])


def newest(tx: Transaction) -> list[GrantRecord]:
    """Return the 500 newest grants."""
    return [
        GrantRecord(
            id=row[0],
            source_id=row[1],
            details=_details(row[2]),
            granted_by=row[3],
            granted_at=row[4],
            ended_by=row[5],
            ended_at=row[6],
        )
        for row in tx.all(_LIST)
    ]


def _details(text: str) -> list[Detail]:
    named: list[Detail] = text.split(",") if text else []  # type: ignore[assignment]  # written by ``add``
    return named
