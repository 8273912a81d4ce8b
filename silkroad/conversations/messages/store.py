"""Table and SQL of messages."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, select

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
    sealed_under,
)

messages = Table(
    "messages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("workspace_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("author_kind", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("client_id", Text),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("visitor_total", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "conversation_id", "lane", "seq"),
    # clients make ids that grow with time: with them first, the index grows at its end
    UniqueConstraint("workspace_id", "client_id", "conversation_id", "author_id"),
    ForeignKeyConstraint(
        ["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]
    ),
    info=sealed_under("conversation_id", "conversation_id", "lane", "seq"),
)


_m = messages.c
_that = (mine(messages), _m.conversation_id == bindparam("conversation_id"))

_ADD_MESSAGE = insert_into(messages, omit=("row",))
_TOTAL_AT = Statement(
    select(_m.visitor_total).where(*_that, _m.lane == "public", _m.seq == bindparam("seq"))
)
_MESSAGE = Statement(
    select(messages).where(*_that, _m.lane == bindparam("lane"), _m.seq == bindparam("seq"))
)
_BEFORE = Statement(
    select(messages)
    .where(*_that, _m.lane == "public", _m.seq < bindparam("seq"))
    .order_by(_m.seq.desc())
    .limit(bindparam("most"))
)
_AFTER = Statement(
    select(messages)
    .where(*_that, _m.lane == "public", _m.seq > bindparam("seq"))
    .order_by(_m.seq)
    .limit(bindparam("most"))
)
_INTERNAL = Statement(
    select(messages)
    .where(
        *_that,
        _m.lane == "internal",
        _m.position >= bindparam("first"),
        _m.position < bindparam("end"),
    )
    .order_by(_m.seq.desc())
    .limit(bindparam("most"))
)

_encode = msgspec.json.Encoder().encode


class MessageRow(NamedTuple):
    """A message's row, its body opened."""

    lane: str
    seq: int
    position: int
    author_kind: str
    author_id: str
    client_id: str | None
    kind: str
    body: bytes
    visitor_total: int
    at: int


def add(
    tx: Transaction,
    conversation_id: str,
    *,
    lane: str,
    seq: int,
    position: int,
    author: tuple[str, str],
    client_id: str | None,
    kind: str,
    body: msgspec.Struct,
    visitor_total: int,
) -> None:
    place = f"{conversation_id}:{lane}:{seq}"
    tx.all(
        _ADD_MESSAGE,
        conversation_id=conversation_id,
        lane=lane,
        seq=seq,
        position=position,
        author_kind=author[0],
        author_id=author[1],
        client_id=client_id,
        kind=kind,
        body=tx.seal(conversation_id, _m.body, place, _encode(body)),
        visitor_total=visitor_total,
        at=tx.now,
    )


def visitor_total_at(tx: Transaction, conversation_id: str, seq: int) -> int | None:
    row = tx.one(_TOTAL_AT, conversation_id=conversation_id, seq=seq)
    return row[0] if row else None


def one(tx: Transaction, conversation_id: str, lane: str, seq: int) -> MessageRow | None:
    row = tx.one(_MESSAGE, conversation_id=conversation_id, lane=lane, seq=seq)
    return _message(tx, row) if row else None


def before(tx: Transaction, conversation_id: str, seq: int, most: int) -> list[MessageRow]:
    rows = tx.all(_BEFORE, conversation_id=conversation_id, seq=seq, most=most)
    return [_message(tx, row) for row in reversed(rows)]


def after(tx: Transaction, conversation_id: str, seq: int, most: int) -> list[MessageRow]:
    rows = tx.all(_AFTER, conversation_id=conversation_id, seq=seq, most=most)
    return [_message(tx, row) for row in rows]


def internal_between(
    tx: Transaction, conversation_id: str, first: int, end: int, most: int
) -> list[MessageRow]:
    rows = tx.all(_INTERNAL, conversation_id=conversation_id, first=first, end=end, most=most)
    return [_message(tx, row) for row in reversed(rows)]


def _message(tx: Transaction, row: Row) -> MessageRow:
    conversation_id, lane, seq = row[2], row[3], row[4]
    body = tx.open_bytes(conversation_id, _m.body, f"{conversation_id}:{lane}:{seq}", row[10])
    return MessageRow._make((*row[3:10], body, *row[11:]))
