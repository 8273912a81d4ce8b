"""The table of accounts. A phone is sealed; equality is asked of its keyed hash."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
)

from .model import Account

accounts = Table(
    "accounts",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("phone", LargeBinary, nullable=False),
    Column("phone_index", LargeBinary, nullable=False),
    Column("proved_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "phone_index"),
)

_a = accounts.c
_ONE = (mine(accounts), _a.id == bindparam("of_account"))
_ADD = insert_into(accounts)
_BY_ID = Statement(select(_a.id, _a.phone, _a.proved_at).where(*_ONE))
_BY_PHONE = Statement(
    select(_a.id, _a.phone, _a.proved_at).where(
        mine(accounts), _a.phone_index == bindparam("index")
    )
)
_PROVED = Statement(update(accounts).where(*_ONE).values(proved_at=bindparam("now")))


def add(tx: Transaction, account_id: str, phone: str, *, proved: bool) -> None:
    tx.all(
        _ADD,
        id=account_id,
        phone=tx.seal(account_id, _a.phone, account_id, phone),
        phone_index=_index(tx, phone),
        proved_at=tx.now if proved else None,
        created_at=tx.now,
    )


def by_id(tx: Transaction, account_id: str) -> Account | None:
    row = tx.one(_BY_ID, of_account=account_id)
    return _account(tx, row) if row else None


def by_phone(tx: Transaction, phone: str) -> Account | None:
    row = tx.one(_BY_PHONE, index=_index(tx, phone))
    return _account(tx, row) if row else None


def set_proved(tx: Transaction, account_id: str) -> None:
    tx.all(_PROVED, of_account=account_id, now=tx.now)


def _account(tx: Transaction, row: Row) -> Account:
    account_id, phone, proved_at = row
    return Account(
        account_id, tx.open(account_id, _a.phone, account_id, phone), proved_at is not None
    )


def _index(tx: Transaction, phone: str) -> bytes:
    return tx.blind(_a.phone_index, phone)
