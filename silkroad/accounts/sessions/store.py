"""The table of sessions: tokens as hashes, browser names sealed.

One that is ended is deleted. One that ends by time stays for thirty days of rest, only to know its
owner's browser again; ``ended_at`` says that its end was told.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, or_, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
)
from silkroad.kit.permissions import Role

from .model import Session

sessions = Table(
    "sessions",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("account_id", Text),
    Column("home", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("former_hash", LargeBinary),
    Column("former_until", BigInteger, nullable=False),
    Column("agent", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("fresh_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    UniqueConstraint("workspace_id", "token_hash"),
    Index(None, "workspace_id", "former_hash"),
    Index(None, "workspace_id", "account_id"),
)

_s = sessions.c
_SEEN = (
    _s.id,
    _s.kind,
    _s.account_id,
    _s.home,
    _s.role,
    _s.created_at,
    _s.fresh_at,
    _s.seen_at,
)
_ONE = (mine(sessions), _s.id == bindparam("session_id"))
_THEIRS = (mine(sessions), _s.account_id == bindparam("of_account"))
_ADD = insert_into(sessions)
_FIND = Statement(
    select(*_SEEN, _s.former_hash == bindparam("hash")).where(
        mine(sessions),
        or_(
            _s.token_hash == bindparam("hash"),
            (_s.former_hash == bindparam("hash")) & (_s.former_until > bindparam("now")),
        ),
    )
)
_BY_ID = Statement(select(*_SEEN).where(*_ONE))
_OF_ACCOUNT = Statement(select(*_SEEN, _s.agent).where(*_THEIRS).order_by(_s.seen_at.desc(), _s.id))
_TOUCH = Statement(update(sessions).where(*_ONE).values(seen_at=bindparam("now")))
_RENEW = Statement(
    update(sessions)
    .where(*_ONE)
    .values(
        home=bindparam("new_home"),
        role=bindparam("new_role"),
        token_hash=bindparam("new_hash"),
        former_hash=None,
        former_until=0,
        created_at=bindparam("now"),
        fresh_at=bindparam("now"),
        seen_at=bindparam("now"),
        ended_at=None,
    )
)
_ROTATE = Statement(
    update(sessions)
    .where(*_ONE, _s.role != bindparam("new_role"))
    .values(
        role=bindparam("new_role"),
        former_hash=_s.token_hash,
        former_until=bindparam("until"),
        token_hash=bindparam("new_hash"),
    )
    .returning(_s.id)
)
_END = Statement(delete(sessions).where(*_ONE))
_UNTOLD = Statement(
    select(*_SEEN).where(
        mine(sessions), _s.ended_at.is_(None), _s.seen_at <= bindparam("used_before")
    )
)
_TOLD = Statement(update(sessions).where(*_ONE).values(ended_at=bindparam("now")))
_SWEEP = Statement(delete(sessions).where(mine(sessions), _s.seen_at <= bindparam("before")))


class Listed(NamedTuple):
    """A session with the browser's name."""

    session: Session
    agent: str


def add(tx: Transaction, session: Session, token_hash: bytes, agent: str) -> None:
    known = agent if tx.may_take(_s.agent, session.account_id or "") else ""
    tx.all(
        _ADD,
        id=session.id,
        kind=session.kind,
        account_id=session.account_id,
        home=session.home,
        role=session.role,
        token_hash=token_hash,
        former_hash=None,
        former_until=0,
        agent=tx.seal(_key(tx, session), _s.agent, session.id, known),
        created_at=session.created_at,
        fresh_at=session.fresh_at,
        seen_at=session.seen_at,
        ended_at=None,
    )


def find(tx: Transaction, token_hash: bytes) -> Session | None:
    """Return the session of a token, or of the one that it had until just now."""
    row = tx.one(_FIND, hash=token_hash, now=tx.now)
    return _session(row)._replace(former=bool(row[8])) if row else None


def by_id(tx: Transaction, session_id: str) -> Session | None:
    row = tx.one(_BY_ID, session_id=session_id)
    return _session(row) if row else None


def of_account(tx: Transaction, account_id: str) -> list[Listed]:
    """Return an account's sessions, the one used last first, ended by time or not."""
    return [_listed(tx, row) for row in tx.all(_OF_ACCOUNT, of_account=account_id)]


def touch(tx: Transaction, session_id: str) -> None:
    tx.all(_TOUCH, session_id=session_id, now=tx.now)


def renew(tx: Transaction, session_id: str, home: str, role: Role, token_hash: bytes) -> None:
    """Begin a session anew, with another token; the old one is void at once."""
    tx.all(
        _RENEW, session_id=session_id, new_home=home, new_role=role, new_hash=token_hash, now=tx.now
    )


def rotate(tx: Transaction, session_id: str, role: Role, token_hash: bytes, until: int) -> bool:
    """Give a session another token for another role; False when somebody has done so already."""
    row = tx.one(_ROTATE, session_id=session_id, new_role=role, new_hash=token_hash, until=until)
    return row is not None


def end(tx: Transaction, session_id: str) -> None:
    tx.all(_END, session_id=session_id)


def untold(tx: Transaction, used_before: int) -> list[Session]:
    """Return the sessions that were last used before a time and whose end nobody was told."""
    return [_session(row) for row in tx.all(_UNTOLD, used_before=used_before)]


def told(tx: Transaction, session_id: str) -> None:
    tx.all(_TOLD, session_id=session_id, now=tx.now)


def sweep(tx: Transaction, before: int) -> None:
    tx.all(_SWEEP, before=before)


def _session(row: Row) -> Session:
    return Session(*row[:8])


def _listed(tx: Transaction, row: Row) -> Listed:
    session = _session(row)
    return Listed(session, tx.open(_key(tx, session), _s.agent, session.id, row[8]))


def _key(tx: Transaction, session: Session) -> str:
    return session.account_id or tx.scope.workspace_id
