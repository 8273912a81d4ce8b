"""The table of tries: one row each, gone after a day."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    Table,
    Text,
    metadata,
)

tries = Table(
    "tries",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("who", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "workspace_id", "what", "who", "at"),
    Index(None, "workspace_id", "at"),
)

_THEIRS = (mine(tries), tries.c.what == bindparam("what"), tries.c.who == bindparam("who"))
_ADD = insert_into(tries)
_SINCE = Statement(
    select(func.count(), func.min(tries.c.at)).where(
        *_THEIRS, tries.c.at.between(bindparam("since") + 1, bindparam("until"))
    )
)
_FORGIVE = Statement(delete(tries).where(*_THEIRS))
_LAST = select(tries.c.id).where(*_THEIRS).order_by(tries.c.at.desc()).limit(1)
_GIVE_BACK = Statement(delete(tries).where(mine(tries), tries.c.id.in_(_LAST)))
_SWEEP = Statement(delete(tries).where(mine(tries), tries.c.at <= bindparam("before")))


def add(tx: Transaction, what: str, who: str) -> None:
    tx.all(_ADD, id=tx.new_id("try"), what=what, who=_blind(tx, who), at=tx.now)


def since(tx: Transaction, what: str, who: str, within: int) -> tuple[int, int]:
    """Return how many tries there were of late, and when the first of them was.

    What was tried while the clock was far ahead does not lock anybody out for years.
    """
    around = {"since": tx.now - within, "until": tx.now + within}
    rows = tx.all(_SINCE, what=what, who=_blind(tx, who), **around)
    count, first = rows[0]
    return count, first or 0


def forgive(tx: Transaction, what: str, who: str) -> None:
    tx.all(_FORGIVE, what=what, who=_blind(tx, who))


def give_back(tx: Transaction, what: str, who: str) -> None:
    tx.all(_GIVE_BACK, what=what, who=_blind(tx, who))


def sweep(tx: Transaction, before: int) -> None:
    tx.all(_SWEEP, before=before)


def _blind(tx: Transaction, who: str) -> bytes:
    return tx.blind(tries.c.who, who)
