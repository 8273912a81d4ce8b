"""The table of wakes: what a device may fetch with the opaque id that a push message carries."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from silkroad.engines.database import Statement, Transaction, insert_into, mine
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

from .model import Missing, WakeKind

wakes = Table(
    "wakes",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("sent_at", BigInteger),
    Column("expires_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "device_id", "conversation_id", "created_at"),
    Index(None, "workspace_id", "conversation_id"),
    Index(None, "workspace_id", "expires_at"),
    ForeignKeyConstraint(
        ["workspace_id", "device_id"], ["devices.workspace_id", "devices.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["workspace_id", "conversation_id"],
        ["conversations.workspace_id", "conversations.id"],
        ondelete="CASCADE",
    ),
)

_w = wakes.c
_wake = (mine(wakes), _w.id == bindparam("wake_id"))

_about = (
    mine(wakes),
    _w.device_id == bindparam("device_id"),
    _w.conversation_id == bindparam("conversation_id"),
)

_ASK = insert_into(wakes)
_ASK_AGAIN = Statement(
    update(wakes)
    .where(*_wake)
    .values(kind=bindparam("new_kind"), seq=bindparam("new_seq"), expires_at=bindparam("new_end"))
)
_WAITING = Statement(select(_w.id, _w.due_at, _w.kind, _w.seq).where(*_about, _w.sent_at.is_(None)))
_LAST_SENT = Statement(select(func.max(_w.sent_at)).where(*_about))
_NEWEST = Statement(
    select(_w.id)
    .where(*_about)
    .order_by(_w.created_at.desc(), _w.sent_at.is_(None).desc())
    .limit(1)
)
_ONE = Statement(
    select(_w.id, _w.device_id, _w.conversation_id, _w.kind, _w.seq, _w.expires_at).where(
        *_wake, _w.expires_at > bindparam("now")
    )
)
_PUT_OFF = Statement(update(wakes).where(*_wake).values(due_at=bindparam("due")))
_SENT = Statement(update(wakes).where(*_wake).values(sent_at=bindparam("at")))
_DROP = Statement(delete(wakes).where(*_wake))
_SWEEP = Statement(delete(wakes).where(mine(wakes), _w.expires_at <= bindparam("now")))


class WakeRow(NamedTuple):
    """One wake: which device, about what, and until when."""

    id: str
    device_id: str
    conversation_id: str
    kind: WakeKind
    seq: int
    expires_at: int


class Waiting(NamedTuple):
    """A wake that was not sent yet: when it is looked at next, and what it will tell of."""

    id: str
    due_at: int
    kind: WakeKind
    seq: int


def ask(tx: Transaction, device_id: str, missing: Missing, due_at: int, expires_at: int) -> str:
    """Add a wake and return its id: 128 random bits, the permission to fetch it."""
    wake_id = tx.new_id("wak")
    tx.all(
        _ASK,
        id=wake_id,
        device_id=device_id,
        conversation_id=missing.conversation_id,
        kind=missing.kind,
        seq=missing.seq,
        created_at=tx.now,
        due_at=due_at,
        sent_at=None,
        expires_at=expires_at,
    )
    return wake_id


def ask_again(tx: Transaction, wake_id: str, missing: Missing, expires_at: int) -> None:
    """Let a wake that waits tell of something newer."""
    tx.all(
        _ASK_AGAIN,
        wake_id=wake_id,
        new_kind=missing.kind,
        new_seq=missing.seq,
        new_end=expires_at,
    )


def waiting(tx: Transaction, device_id: str, conversation_id: str) -> Waiting | None:
    row = tx.one(_WAITING, device_id=device_id, conversation_id=conversation_id)
    return Waiting(*row) if row else None


def last_sent(tx: Transaction, device_id: str, conversation_id: str) -> int:
    """Return when a device was last woken about a conversation; 0 when it was not, lately."""
    row = tx.one(_LAST_SENT, device_id=device_id, conversation_id=conversation_id)
    return row[0] or 0 if row else 0


def newest(tx: Transaction, device_id: str, conversation_id: str) -> str | None:
    row = tx.one(_NEWEST, device_id=device_id, conversation_id=conversation_id)
    return row[0] if row else None


def one(tx: Transaction, wake_id: str) -> WakeRow | None:
    """Return a wake that has not expired."""
    row = tx.one(_ONE, wake_id=wake_id, now=tx.now)
    return WakeRow(*row) if row else None


def put_off(tx: Transaction, wake_id: str, due_at: int) -> None:
    tx.all(_PUT_OFF, wake_id=wake_id, due=due_at)


def sent(tx: Transaction, wake_id: str) -> None:
    tx.all(_SENT, wake_id=wake_id, at=tx.now)


def drop(tx: Transaction, wake_id: str) -> None:
    tx.all(_DROP, wake_id=wake_id)


def sweep(tx: Transaction) -> None:
    """Delete the wakes that have expired."""
    tx.all(_SWEEP, now=tx.now)
