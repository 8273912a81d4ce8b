"""The table of transfers. A record ends; it is never rewritten."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    Table,
    Text,
    metadata,
)

from .model import Transfer, TransferBasis

transfers = Table(
    "transfers",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("processor", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("destination", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("assessment", LargeBinary, nullable=False),
    Column("decided_at", BigInteger, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("ended_at", BigInteger),
    Index(None, "workspace_id", "processor", "decided_at"),
)

_t = transfers.c
_ADD = insert_into(transfers)
_ALL = Statement(
    select(
        _t.id,
        _t.processor,
        _t.origin,
        _t.destination,
        _t.basis,
        _t.assessment,
        _t.decided_at,
        _t.ended_at,
    )
    .where(mine(transfers))
    .order_by(_t.decided_at.desc(), _t.id.desc())
)
_LIVE = Statement(
    select(_t.basis)
    .where(
        mine(transfers),
        _t.processor == bindparam("of_processor"),
        _t.origin == bindparam("here"),
        _t.destination == bindparam("to"),
        _t.decided_at <= bindparam("by"),
        _t.ended_at.is_(None),
    )
    .limit(1)
)
_END = Statement(
    update(transfers)
    .where(mine(transfers), _t.processor == bindparam("of_processor"), _t.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
    .returning(_t.id)
)


def add(tx: Transaction, new: Transfer) -> None:
    """Write a decision of the calling administrator."""
    tx.all(
        _ADD,
        id=new.id,
        processor=new.processor,
        origin=new.origin,
        destination=new.destination,
        basis=new.basis,
        assessment=tx.seal(tx.scope.workspace_id, _t.assessment, new.id, new.assessment),
        decided_at=new.decided_at,
        decided_by=tx.scope.actor_id,
        ended_at=None,
    )


def newest(tx: Transaction) -> dict[str, Transfer]:
    """Return the last decision about each recipient that there is one about."""
    found: dict[str, Transfer] = {}
    for row in tx.all(_ALL):
        if row[1] not in found:
            found[row[1]] = _transfer(tx, row)
    return found


def live(
    tx: Transaction, processor: str, origin: str, destination: str, by: int
) -> TransferBasis | None:
    """Return on what ground it was decided by a time that data may go to a recipient."""
    row = tx.one(_LIVE, of_processor=processor, here=origin, to=destination, by=by)
    return row[0] if row else None


def end(tx: Transaction, processor: str) -> list[str]:
    """End what is in force about a recipient, and return which records those were."""
    return [row[0] for row in tx.all(_END, of_processor=processor, at=tx.now)]


def _transfer(tx: Transaction, row: Row) -> Transfer:
    transfer_id, processor, origin, destination, basis, assessment, decided_at, ended_at = row
    return Transfer(
        id=transfer_id,
        processor=processor,
        origin=origin,
        destination=destination,
        basis=basis,
        assessment=tx.open(tx.scope.workspace_id, _t.assessment, transfer_id, assessment),
        decided_at=decided_at,
        ended_at=ended_at,
    )
