"""The table of the operator's certificates."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import BigInteger, Column, Table, Text, metadata

from .model import Certificate

certificates = Table(
    "certificates",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("valid_until", BigInteger, nullable=False),
    Column("added_at", BigInteger, nullable=False),
)

_c = certificates.c
_ADD = insert_into(certificates)
_ALL = Statement(
    select(_c.id, _c.name, _c.issuer, _c.reference, _c.valid_until)
    .where(mine(certificates))
    .order_by(_c.valid_until, _c.id)
)
_REMOVE = Statement(
    delete(certificates)
    .where(mine(certificates), _c.id == bindparam("certificate_id"))
    .returning(_c.id)
)


def add(tx: Transaction, new: Certificate) -> None:
    tx.all(
        _ADD,
        id=new.id,
        name=new.name,
        issuer=new.issuer,
        reference=new.reference,
        valid_until=new.valid_until,
        added_at=tx.now,
    )


def all_of(tx: Transaction) -> list[Certificate]:
    """Return the register, what ends first at the top."""
    return [
        Certificate(id=row[0], name=row[1], issuer=row[2], reference=row[3], valid_until=row[4])
        for row in tx.all(_ALL)
    ]


def remove(tx: Transaction, certificate_id: str) -> bool:
    """Take one out; False when there is no such one."""
    return bool(tx.all(_REMOVE, certificate_id=certificate_id))
