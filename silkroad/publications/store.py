"""The company's rule, and the records of disclosure: what was told, and the link's hash."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select, update

from silkroad.engines import database
from silkroad.engines.database import Statement, Transaction, Upsert, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
)
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language

from .model import Disclosure, Row

rules = Table(
    "publication_rules",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("allowed", Integer, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)
publications = Table(
    "publications",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("inbox_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("notice_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("sensitivity", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    UniqueConstraint("workspace_id", "token_hash"),
    Index(None, "workspace_id", "visitor_id"),
    ForeignKeyConstraint(
        ["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]
    ),
)

NEWEST = 100

_p = publications.c
_ROW = (
    _p.id,
    _p.visitor_id,
    _p.conversation_id,
    _p.last_seq,
    _p.made_at,
    _p.expires_at,
    _p.ended_at,
    _p.kinds,
    _p.sensitivity,
)
_ALLOWED = Statement(select(rules.c.allowed).where(mine(rules)))
_SET_RULE = Upsert(rules, ("workspace_id",), ("allowed", "changed_at"))
_ADD = insert_into(publications)
_BY_TOKEN = Statement(
    select(*_ROW).where(
        mine(publications),
        _p.token_hash == bindparam("token_hash"),
        _p.inbox_id == bindparam("inbox_id"),
    )
)
_ONE = Statement(select(*_ROW).where(mine(publications), _p.id == bindparam("of_publication")))
_OF = Statement(
    select(*_ROW)
    .where(mine(publications), _p.visitor_id == bindparam("of_visitor"))
    .order_by(_p.made_at.desc(), _p.id)
    .limit(NEWEST)
)
_ALL = Statement(
    select(*_ROW).where(mine(publications)).order_by(_p.made_at.desc(), _p.id).limit(NEWEST)
)
_OPEN = Statement(
    select(func.count())
    .select_from(publications)
    .where(
        mine(publications),
        _p.visitor_id == bindparam("of_visitor"),
        _p.ended_at.is_(None),
        _p.expires_at > bindparam("now"),
    )
)
_END = Statement(
    update(publications)
    .where(mine(publications), _p.id == bindparam("of_publication"), _p.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_END_ALL = Statement(
    update(publications)
    .where(mine(publications), _p.ended_at.is_(None), _p.expires_at > bindparam("now"))
    .values(ended_at=bindparam("now"))
)
_FORGET = Statement(delete(publications).where(mine(publications), _p.id == bindparam("which")))


def allowed(tx: Transaction) -> bool:
    row = tx.one(_ALLOWED)
    return bool(row and row[0])


def set_rule(tx: Transaction, *, allowed: bool) -> None:
    tx.all(_SET_RULE, allowed=1 if allowed else 0, changed_at=tx.now)


def add(
    tx: Transaction,
    row: Row,
    inbox_id: str,
    token_hash: bytes,
    notice_hash: str,
    language: Language,
) -> None:
    """Write down what was told, and the link that rests on it."""
    values = row._asdict()
    told: Disclosure = values.pop("told")
    tx.all(
        _ADD,
        **values,
        inbox_id=inbox_id,
        token_hash=token_hash,
        notice_hash=notice_hash,
        language=language,
        purpose=Purpose.RIGHTS.value,
        kinds=",".join(told.kinds),
        sensitivity=told.sensitivity,
    )


def by_token(tx: Transaction, inbox_id: str, token_hash: bytes) -> Row | None:
    row = tx.one(_BY_TOKEN, inbox_id=inbox_id, token_hash=token_hash)
    return _row(row) if row else None


def _row(row: database.Row) -> Row:
    *values, kinds, sensitivity = row
    told = Disclosure(tuple(map(DataClass, kinds.split(","))), sensitivity)
    return Row._make((*values, told))


def of_visitor(tx: Transaction, visitor_id: str) -> list[Row]:
    """Return somebody's newest links, the newest first."""
    return [_row(row) for row in tx.all(_OF, of_visitor=visitor_id)]


def all_of(tx: Transaction) -> list[Row]:
    """Return the company's newest links, the newest first."""
    return [_row(row) for row in tx.all(_ALL)]


def open_of(tx: Transaction, visitor_id: str) -> int:
    """Return how many links of somebody are open."""
    row = tx.one(_OPEN, of_visitor=visitor_id, now=tx.now)
    return row[0] if row else 0


def one(tx: Transaction, publication_id: str) -> Row | None:
    row = tx.one(_ONE, of_publication=publication_id)
    return _row(row) if row else None


def end(tx: Transaction, publication_id: str) -> None:
    tx.all(_END, of_publication=publication_id, now=tx.now)


def end_all(tx: Transaction) -> None:
    tx.all(_END_ALL, now=tx.now)


def forget(tx: Transaction, publication_id: str) -> None:
    tx.all(_FORGET, which=publication_id)
