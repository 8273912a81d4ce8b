"""The tables of passwords and authenticators: one row of each per account, sealed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    LargeBinary,
    Table,
    Text,
    metadata,
)

_ACCOUNT = (["workspace_id", "account_id"], ["accounts.workspace_id", "accounts.id"])

passwords = Table(
    "passwords",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    ForeignKeyConstraint(*_ACCOUNT),
)
authenticators = Table(
    "authenticators",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger),
    ForeignKeyConstraint(*_ACCOUNT),
)

_KEY = ("workspace_id", "account_id")
_p = passwords.c
_a = authenticators.c
_PASSWORD = (mine(passwords), _p.account_id == bindparam("of_account"))
_AUTHENTICATOR = (mine(authenticators), _a.account_id == bindparam("of_account"))
_SET_PASSWORD = Upsert(passwords, _KEY, ("hash", "changed_at"))
_HASH = Statement(select(_p.hash).where(*_PASSWORD))
_DROP_PASSWORD = Statement(delete(passwords).where(*_PASSWORD))
_SET_SECRET = Upsert(authenticators, _KEY, ("secret", "last_step", "confirmed_at"))
_SECRET = Statement(select(_a.secret, _a.confirmed_at).where(*_AUTHENTICATOR))
_CONFIRM = Statement(
    update(authenticators).where(*_AUTHENTICATOR).values(confirmed_at=bindparam("now"))
)
_STEP = Statement(
    update(authenticators)
    .where(*_AUTHENTICATOR, _a.last_step < bindparam("step"))
    .values(last_step=bindparam("step"))
    .returning(_a.account_id)
)
_DROP_SECRET = Statement(delete(authenticators).where(*_AUTHENTICATOR))


class Secret(NamedTuple):
    """An authenticator's secret in base32, and whether its owner has shown that it works."""

    text: str
    confirmed: bool


def set_hash(tx: Transaction, account_id: str, password_hash: str) -> None:
    sealed = tx.seal(account_id, _p.hash, account_id, password_hash)
    tx.all(_SET_PASSWORD, account_id=account_id, hash=sealed, changed_at=tx.now)


def hash_of(tx: Transaction, account_id: str) -> str | None:
    row = tx.one(_HASH, of_account=account_id)
    return tx.open(account_id, _p.hash, account_id, row[0]) if row else None


def has_password(tx: Transaction, account_id: str) -> bool:
    return tx.one(_HASH, of_account=account_id) is not None


def drop_password(tx: Transaction, account_id: str) -> None:
    tx.all(_DROP_PASSWORD, of_account=account_id)


def set_secret(tx: Transaction, account_id: str, secret: str) -> None:
    sealed = tx.seal(account_id, _a.secret, account_id, secret)
    tx.all(_SET_SECRET, account_id=account_id, secret=sealed, last_step=0, confirmed_at=None)


def secret_of(tx: Transaction, account_id: str) -> Secret | None:
    row = tx.one(_SECRET, of_account=account_id)
    if row is None:
        return None
    return Secret(tx.open(account_id, _a.secret, account_id, row[0]), row[1] is not None)


def confirm(tx: Transaction, account_id: str) -> None:
    tx.all(_CONFIRM, of_account=account_id, now=tx.now)


def use_step(tx: Transaction, account_id: str, step: int) -> bool:
    """Use up a time step; False when it, or a later one, was used already."""
    return tx.one(_STEP, of_account=account_id, step=step) is not None


def drop_secret(tx: Transaction, account_id: str) -> None:
    tx.all(_DROP_SECRET, of_account=account_id)
