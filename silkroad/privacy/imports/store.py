"""The table of imports."""

from __future__ import annotations

from sqlalchemy import select

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
    metadata,
)

from .model import Import

imports = Table(
    "imports",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("basis", Text, nullable=False),
    Column("notice_hash", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
)

_i = imports.c
_ADD = insert_into(imports)
_LIST = Statement(
    select(_i.id, _i.what, _i["count"], _i.basis, _i.notice_hash, _i.imported_by, _i.at)
    .where(mine(imports))
    .order_by(_i.at.desc(), _i.id)
    .limit(500)
)


def add(tx: Transaction, new: Import) -> None:
    tx.all(
        _ADD,
        id=new.id,
        what=new.what,
        count=new.count,
        basis=new.basis,
        notice_hash=new.notice_hash,
        imported_by=new.imported_by,
        at=new.at,
    )


def newest(tx: Transaction) -> list[Import]:
    """Return the 500 newest imports."""
    return [
        Import(
            id=row[0],
            what=row[1],
            count=row[2],
            basis=row[3],
            notice_hash=row[4],
            imported_by=row[5],
            at=row[6],
        )
        for row in tx.all(_LIST)
    ]
