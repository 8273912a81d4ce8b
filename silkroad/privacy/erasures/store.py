"""The ledger of erasures: rows that only ever get further."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import BigInteger, Column, Table, Text, metadata

from .model import Progress

erasures = Table(
    "erasures",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("asked_at", BigInteger, nullable=False),
    Column("shredded_at", BigInteger),
    Column("erased_at", BigInteger),
)

_e = erasures.c
_ONE = (mine(erasures), _e.subject_id == bindparam("of_subject"))
_BEGIN = Upsert(erasures, ("workspace_id", "subject_id"), returning=("subject_id",))
_OF = Statement(select(_e.asked_at, _e.shredded_at, _e.erased_at).where(*_ONE))
_BEGUN = Statement(select(func.count()).select_from(erasures).where(mine(erasures)))
_UNDER_WAY = Statement(select(_e.subject_id).where(mine(erasures), _e.erased_at.is_(None)))
_SHREDDED = Statement(
    update(erasures)
    .where(*_ONE, _e.shredded_at.is_(None))
    .values(shredded_at=bindparam("now"))
    .returning(_e.subject_id)
)
_ERASED = Statement(
    update(erasures)
    .where(*_ONE, _e.erased_at.is_(None))
    .values(erased_at=bindparam("now"))
    .returning(_e.subject_id)
)


def begin(tx: Transaction, subject_id: str) -> bool:
    """Write down that somebody is to be erased; False when it was before."""
    nothing = {"shredded_at": None, "erased_at": None}
    return bool(tx.all(_BEGIN, subject_id=subject_id, asked_at=tx.now, **nothing))


def progress(tx: Transaction, subject_id: str) -> Progress | None:
    row = tx.one(_OF, of_subject=subject_id)
    return Progress(*row) if row else None


def begun(tx: Transaction) -> int:
    return int(tx.all(_BEGUN)[0][0])


def under_way(tx: Transaction) -> set[str]:
    return {row[0] for row in tx.all(_UNDER_WAY)}


def shredded(tx: Transaction, subject_id: str) -> bool:
    """Note that the keys are gone, once."""
    return bool(tx.all(_SHREDDED, of_subject=subject_id, now=tx.now))


def erased(tx: Transaction, subject_id: str) -> bool:
    """Note that nothing is left, once."""
    return bool(tx.all(_ERASED, of_subject=subject_id, now=tx.now))
