"""The tables of what people were told, and of their refusals."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Table,
    Text,
    metadata,
)
from silkroad.privacy.exceptions.model import Code

exception_refusals = Table(
    "exception_refusals",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
exception_notices = Table(
    "exception_notices",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("exception_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "exception_id"], ["exceptions.workspace_id", "exceptions.id"]
    ),
)

_r, _n = exception_refusals.c, exception_notices.c
_TELL = Upsert(exception_notices, ("workspace_id", "subject_id", "exception_id"))
_TOLD = Statement(
    select(_n.exception_id, _n.at)
    .where(mine(exception_notices), _n.subject_id == bindparam("of_subject"))
    .order_by(_n.at.desc(), _n.exception_id)
)
_REFUSE = Upsert(exception_refusals, ("workspace_id", "subject_id", "code"))
_ALLOW = Statement(
    delete(exception_refusals).where(
        mine(exception_refusals),
        _r.subject_id == bindparam("of_subject"),
        _r.code == bindparam("of_code"),
    )
)
_REFUSING = Statement(
    select(_r.subject_id).where(mine(exception_refusals), _r.code == bindparam("of_code"))
)
_REFUSED = Statement(
    select(_r.code)
    .where(mine(exception_refusals), _r.subject_id == bindparam("of_subject"))
    .order_by(_r.code)
)


def tell(tx: Transaction, exception_id: str, subject_id: str) -> None:
    tx.all(_TELL, exception_id=exception_id, subject_id=subject_id, at=tx.now)


def told(tx: Transaction, subject_id: str) -> list[tuple[str, int]]:
    """Return of which exceptions a person was told, and when, the newest first."""
    return [(row[0], row[1]) for row in tx.all(_TOLD, of_subject=subject_id)]


def refuse(tx: Transaction, subject_id: str, code: Code) -> None:
    tx.all(_REFUSE, subject_id=subject_id, code=code, at=tx.now)


def allow(tx: Transaction, subject_id: str, code: Code) -> None:
    tx.all(_ALLOW, of_subject=subject_id, of_code=code)


def refused(tx: Transaction, subject_id: str) -> list[Code]:
    return [row[0] for row in tx.all(_REFUSED, of_subject=subject_id)]


def refusing(tx: Transaction, code: Code) -> set[str]:
    """Return who says no to a kind."""
    return {row[0] for row in tx.all(_REFUSING, of_code=code)}
