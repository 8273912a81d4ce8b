"""The table of open codes. The phone is sealed, the code a keyed hash that names its challenge."""

from __future__ import annotations

import hmac
from typing import NamedTuple

from sqlalchemy import bindparam, delete, update

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    metadata,
)

code_challenges = Table(
    "code_challenges",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("phone", LargeBinary, nullable=False),
    Column("code_hash", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Index(None, "workspace_id", "expires_at"),
)

_c = code_challenges.c
_ONE = (mine(code_challenges), _c.id == bindparam("challenge_id"))
_ADD = insert_into(code_challenges)
_TRY = Statement(
    update(code_challenges)
    .where(
        *_ONE,
        _c.purpose == bindparam("of_purpose"),
        _c.tries < bindparam("most"),
        _c.expires_at > bindparam("now"),
        _c.used_at.is_(None),
    )
    .values(tries=_c.tries + 1)
    .returning(_c.phone, _c.code_hash, _c.tries)
)
_USE = Statement(update(code_challenges).where(*_ONE).values(used_at=bindparam("now")))
_SWEEP = Statement(
    delete(code_challenges).where(mine(code_challenges), _c.expires_at <= bindparam("before"))
)


class Tried(NamedTuple):
    """A challenge after one more try."""

    phone: str
    right: bool
    tries: int


def add(
    tx: Transaction, challenge_id: str, purpose: str, phone: str, code: str, expires_at: int
) -> None:
    tx.all(
        _ADD,
        id=challenge_id,
        purpose=purpose,
        phone=tx.seal(tx.scope.workspace_id, _c.phone, challenge_id, phone),
        code_hash=_hash(tx, challenge_id, code),
        tries=0,
        expires_at=expires_at,
        used_at=None,
    )


def count_try(
    tx: Transaction, challenge_id: str, purpose: str, code: str, most: int
) -> Tried | None:
    """Count a try and say what came of it; None when the challenge is not open (any more)."""
    row = tx.one(_TRY, challenge_id=challenge_id, of_purpose=purpose, most=most, now=tx.now)
    if row is None:
        return None
    phone, code_hash, tries = row
    return Tried(
        tx.open(tx.scope.workspace_id, _c.phone, challenge_id, phone),
        hmac.compare_digest(code_hash, _hash(tx, challenge_id, code)),
        tries,
    )


def use(tx: Transaction, challenge_id: str) -> None:
    tx.all(_USE, challenge_id=challenge_id, now=tx.now)


def sweep(tx: Transaction, before: int) -> None:
    tx.all(_SWEEP, before=before)


def _hash(tx: Transaction, challenge_id: str, code: str) -> bytes:
    return tx.blind(_c.code_hash, f"{challenge_id}:{code}")
