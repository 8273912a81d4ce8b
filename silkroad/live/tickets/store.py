"""Table and SQL of tickets that several nodes share."""

from __future__ import annotations

from typing import cast

import msgspec
from sqlalchemy import bindparam, delete

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
from silkroad.kit.permissions import Role
from silkroad.kit.scope import ActorKind, Scope

tickets = Table(
    "tickets",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("token_hash", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("account_id", Text),
    Column("session_id", Text),
    Column("inbox_ids", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "expires_at"),
    Index(None, "token_hash"),
)

_t = tickets.c
_ADD = insert_into(tickets)
_TAKE = Statement(
    delete(tickets)
    .where(_t.token_hash == bindparam("token_hash"))
    .returning(
        _t.workspace_id,
        _t.role,
        _t.actor_kind,
        _t.actor_id,
        _t.account_id,
        _t.session_id,
        _t.inbox_ids,
        _t.expires_at,
    ),
    across="the ticket tells the workspace: its bearer has not said anything else yet",
)
_SWEEP = Statement(delete(tickets).where(mine(tickets), _t.expires_at < bindparam("now")))


def add(tx: Transaction, token_hash: bytes, expires_at: int) -> None:
    scope = tx.scope
    inbox_ids = None if scope.inbox_ids is None else sorted(scope.inbox_ids)
    tx.all(
        _ADD,
        token_hash=token_hash,
        role=scope.role,
        actor_kind=scope.actor_kind,
        actor_id=scope.actor_id,
        account_id=scope.account_id,
        session_id=scope.session_id,
        inbox_ids=msgspec.json.encode(inbox_ids),
        expires_at=expires_at,
    )


def take(tx: Transaction, token_hash: bytes) -> tuple[Scope, int] | None:
    """Return whose ticket this is and until when, and forget it."""
    rows = tx.across(_TAKE, token_hash=token_hash)
    if not rows:
        return None
    workspace_id, role, kind, actor_id, account_id, session_id, inbox_ids, expires_at = rows[0]
    reached = msgspec.json.decode(inbox_ids, type=frozenset[str] | None)
    scope = Scope(
        workspace_id,
        cast("Role", role),
        cast("ActorKind", kind),
        actor_id,
        account_id=account_id,
        session_id=session_id,
        inbox_ids=reached,
    )
    return scope, expires_at


def sweep(tx: Transaction) -> None:
    tx.all(_SWEEP, now=tx.now)
