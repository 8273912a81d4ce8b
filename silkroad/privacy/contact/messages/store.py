"""The table of messages, sealed under the key of their request."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.privacy.contact.model import Author, RequestMessage

contact_messages = Table(
    "contact_messages",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("request_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("author", Text, nullable=False),
    Column("member_id", Text),
    Column("text", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "request_id"], ["contact_requests.workspace_id", "contact_requests.id"]
    ),
)

_m = contact_messages.c
_ITS = (mine(contact_messages), _m.request_id == bindparam("of_id"))
_ADD = insert_into(contact_messages)
_MESSAGES = Statement(
    select(_m.number, _m.author, _m.member_id, _m.text, _m.at).where(*_ITS).order_by(_m.number)
)
_COUNT = Statement(select(func.count()).select_from(contact_messages).where(*_ITS))
_DROP = Statement(delete(contact_messages).where(*_ITS))


def add(tx: Transaction, request_id: str, author: Author, text: str) -> int:
    """Write a message down and return its number, from 1 on."""
    count: int = tx.all(_COUNT, of_id=request_id)[0][0]
    number = count + 1
    tx.all(
        _ADD,
        request_id=request_id,
        number=number,
        author=author,
        member_id=tx.scope.actor_id if author == "team" else None,
        text=tx.seal(request_id, _m.text, _place(request_id, number), text),
        at=tx.now,
    )
    return number


def all_of(tx: Transaction, request_id: str) -> list[RequestMessage]:
    return [
        RequestMessage(
            author=author,
            text=tx.open(request_id, _m.text, _place(request_id, number), text),
            at=at,
            member_id=member_id,
        )
        for number, author, member_id, text, at in tx.all(_MESSAGES, of_id=request_id)
    ]


def drop(tx: Transaction, request_id: str) -> None:
    tx.all(_DROP, of_id=request_id)


def _place(request_id: str, number: int) -> str:
    return f"{request_id}:{number}"
