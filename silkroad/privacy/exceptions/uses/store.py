"""The table of uses. A use has the feed's number of its fact, so the report is in order."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
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
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.privacy.exceptions.model import Living, Noted, Use

exception_uses = Table(
    "exception_uses",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("exception_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("consent_id", Text),
    Column("said_no", Integer),
    ForeignKeyConstraint(
        ["workspace_id", "exception_id"], ["exceptions.workspace_id", "exceptions.id"]
    ),
    Index(None, "workspace_id", "exception_id", "subject_id"),
)

_u = exception_uses.c
_OF_ONE = (mine(exception_uses), _u.exception_id == bindparam("of_id"))
_ADD = insert_into(exception_uses)
_COUNT = Statement(select(func.count()).select_from(exception_uses).where(*_OF_ONE))
_COUNT_ABOUT = Statement(
    select(func.count())
    .select_from(exception_uses)
    .where(*_OF_ONE, _u.subject_id == bindparam("of_subject"))
)
_TOUCHED = Statement(select(_u.subject_id).where(*_OF_ONE).distinct().order_by(_u.subject_id))
_BEFORE = Statement(
    select(
        _u.number,
        _u.at,
        _u.exception_id,
        _u.purpose,
        _u.data,
        _u.field,
        _u.subject_id,
        _u.asked,
        _u.actor_kind,
        _u.actor_id,
        _u.consent_id,
        _u.said_no,
    )
    .where(mine(exception_uses), _u.number < bindparam("below"))
    .order_by(_u.number.desc())
    .limit(bindparam("most"))
)


def add(tx: Transaction, number: int, living: Living, use: Use) -> None:
    tx.all(
        _ADD,
        number=number,
        exception_id=living.id,
        at=tx.now,
        purpose=living.purpose,
        data=use.data,
        field=use.field,
        subject_id=use.subject_id,
        asked=use.asked,
        actor_kind=tx.scope.actor_kind,
        actor_id=tx.scope.actor_id,
        consent_id=use.answer.record_id,
        said_no=int(use.answer.no),
    )


def before(tx: Transaction, number: int, most: int) -> list[Noted]:
    """Return uses with lower numbers, the newest first."""
    return [_noted(row) for row in tx.all(_BEFORE, below=number, most=most)]


def _noted(row: Row) -> Noted:
    number, at, exception_id, purpose, data, field, subject, asked, kind, actor, answer, no = row
    return Noted(
        number=number,
        at=at,
        exception_id=exception_id,
        purpose=Purpose(purpose),
        data=DataClass(data),
        field=field,
        subject_id=subject,
        asked=asked,
        actor_kind=kind,
        actor_id=actor,
        consent_id=answer or "",
        said_no=bool(no),
    )


def count(tx: Transaction, exception_id: str) -> int:
    counted: int = tx.all(_COUNT, of_id=exception_id)[0][0]
    return counted


def count_about(tx: Transaction, exception_id: str, subject_id: str) -> int:
    counted: int = tx.all(_COUNT_ABOUT, of_id=exception_id, of_subject=subject_id)[0][0]
    return counted


def touched(tx: Transaction, exception_id: str) -> list[str]:
    """Return whose data was touched under an exception."""
    return [row[0] for row in tx.all(_TOUCHED, of_id=exception_id)]
