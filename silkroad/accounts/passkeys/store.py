"""The tables of passkeys and of challenges to them.

A passkey is looked up by a keyed hash of the device's id for it; id, key and name are sealed.
"""

from __future__ import annotations

import base64
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
)

from .model import Claim, Known, Registered

passkeys = Table(
    "passkeys",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("account_id", Text, nullable=False),
    Column("credential_index", LargeBinary, nullable=False),
    Column("credential_id", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "credential_index"),
    ForeignKeyConstraint(["workspace_id", "account_id"], ["accounts.workspace_id", "accounts.id"]),
    Index(None, "workspace_id", "account_id"),
)
passkey_challenges = Table(
    "passkey_challenges",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("account_id", Text),
    Column("challenge", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "expires_at"),
)

_p = passkeys.c
_c = passkey_challenges.c
_THEIRS = (mine(passkeys), _p.account_id == bindparam("of_account"))
_OWN = (*_THEIRS, _p.id == bindparam("passkey_id"))
_ADD = insert_into(passkeys)
_LIST = Statement(
    select(_p.id, _p.name, _p.credential_id, _p.created_at)
    .where(*_THEIRS)
    .order_by(_p.created_at, _p.id)
)
_COUNT = Statement(select(func.count()).select_from(passkeys).where(*_THEIRS))
_FIND = Statement(
    select(_p.id, _p.account_id, _p.public_key, _p.sign_count).where(
        mine(passkeys), _p.credential_index == bindparam("index")
    )
)
_USED = Statement(update(passkeys).where(*_OWN).values(sign_count=bindparam("count")))
_REMOVE = Statement(delete(passkeys).where(*_OWN).returning(_p.id))
_REMOVE_ALL = Statement(delete(passkeys).where(*_THEIRS))
_CHALLENGE = insert_into(passkey_challenges)
_TAKE = Statement(
    delete(passkey_challenges)
    .where(mine(passkey_challenges), _c.id == bindparam("challenge_id"))
    .returning(_c.challenge, _c.account_id, _c.expires_at)
)
_SWEEP = Statement(
    delete(passkey_challenges).where(mine(passkey_challenges), _c.expires_at <= bindparam("now"))
)


class Listed(NamedTuple):
    """A passkey of an account."""

    id: str
    name: str
    credential_id: bytes
    created_at: int


def add(tx: Transaction, passkey_id: str, account_id: str, new: Registered, name: str) -> None:
    tx.all(
        _ADD,
        id=passkey_id,
        account_id=account_id,
        credential_index=_index(tx, new.credential_id),
        credential_id=tx.seal(account_id, _p.credential_id, passkey_id, new.credential_id),
        public_key=tx.seal(account_id, _p.public_key, passkey_id, new.public_key),
        name=tx.seal(account_id, _p.name, passkey_id, name),
        sign_count=new.sign_count,
        created_at=tx.now,
    )


def of_account(tx: Transaction, account_id: str) -> list[Listed]:
    return [_listed(tx, account_id, row) for row in tx.all(_LIST, of_account=account_id)]


def count_of(tx: Transaction, account_id: str) -> int:
    count: int = tx.all(_COUNT, of_account=account_id)[0][0]
    return count


def find(tx: Transaction, credential_id: bytes) -> Known | None:
    row = tx.one(_FIND, index=_index(tx, credential_id))
    if row is None:
        return None
    passkey_id, account_id, public_key, sign_count = row
    opened = tx.open_bytes(account_id, _p.public_key, passkey_id, public_key)
    return Known(passkey_id, account_id, opened, sign_count)


def set_count(tx: Transaction, account_id: str, passkey_id: str, count: int) -> None:
    tx.all(_USED, of_account=account_id, passkey_id=passkey_id, count=count)


def remove(tx: Transaction, account_id: str, passkey_id: str) -> bool:
    return tx.one(_REMOVE, of_account=account_id, passkey_id=passkey_id) is not None


def remove_all(tx: Transaction, account_id: str) -> None:
    tx.all(_REMOVE_ALL, of_account=account_id)


def add_challenge(
    tx: Transaction, challenge_id: str, challenge: bytes, account_id: str | None, expires_at: int
) -> None:
    tx.all(
        _CHALLENGE,
        id=challenge_id,
        account_id=account_id,
        challenge=challenge,
        expires_at=expires_at,
    )


def take_challenge(tx: Transaction, challenge_id: str) -> Claim | None:
    """Return a challenge and delete it, so that nobody can answer it twice."""
    row = tx.one(_TAKE, challenge_id=challenge_id)
    return Claim(row[0], row[1]) if row and row[2] > tx.now else None


def sweep(tx: Transaction) -> None:
    tx.all(_SWEEP, now=tx.now)


def _listed(tx: Transaction, account_id: str, row: Row) -> Listed:
    passkey_id, name, credential_id, created_at = row
    return Listed(
        passkey_id,
        tx.open(account_id, _p.name, passkey_id, name),
        tx.open_bytes(account_id, _p.credential_id, passkey_id, credential_id),
        created_at,
    )


def _index(tx: Transaction, credential_id: bytes) -> bytes:
    return tx.blind(_p.credential_index, base64.b64encode(credential_id).decode())
