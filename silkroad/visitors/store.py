"""Tables and SQL of visitors and of their browsers' sessions."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
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
    sealed_under,
)
from silkroad.kit.errors import unless_erased
from silkroad.kit.fields import readable

from .model import Identity, Visitor

visitors = Table(
    "visitors",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("inbox_id", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("name", LargeBinary),
    Column("email", LargeBinary),
    Column("phone", LargeBinary),
    Column("customer_index", LargeBinary),
    Column("verified", Integer, nullable=False),
    Column("notice_hash", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "inbox_id", "customer_index"),
    ForeignKeyConstraint(["workspace_id", "inbox_id"], ["inboxes.workspace_id", "inboxes.id"]),
    info=sealed_under("id", "id"),
)

visitor_sessions = Table(
    "visitor_sessions",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "token_hash"),
    Index(None, "workspace_id", "visitor_id"),
    ForeignKeyConstraint(["workspace_id", "visitor_id"], ["visitors.workspace_id", "visitors.id"]),
)

AT_ONCE = 500

SHOWN = tuple(
    visitors.c[name]
    for name in ("id", "name", "email", "phone", "verified", "language", "created_at")
)
"""What there is to see of a visitor."""

_ADD = insert_into(visitors)
_ONE = Statement(select(*SHOWN).where(mine(visitors), visitors.c.id == bindparam("visitor_id")))
_SPEAKERS = Statement(
    select(visitors.c.id, visitors.c.language, visitors.c.customer_index).where(
        mine(visitors), visitors.c.id.in_(bindparam("visitor_ids", expanding=True))
    )
)
_CAME = Statement(
    select(visitors.c.created_at).where(mine(visitors), visitors.c.id == bindparam("visitor_id"))
)
_BY_CUSTOMER = Statement(
    select(visitors.c.id).where(
        mine(visitors),
        visitors.c.inbox_id == bindparam("inbox_id"),
        visitors.c.customer_index == bindparam("customer_index"),
    )
)
_REFRESH = Statement(
    update(visitors)
    .where(
        mine(visitors),
        visitors.c.id == bindparam("visitor_id"),
        visitors.c.customer_index == bindparam("customer_index"),
    )
    .values(
        language=bindparam("new_language"),
        name=bindparam("new_name"),
        email=bindparam("new_email"),
        phone=bindparam("new_phone"),
        notice_hash=bindparam("new_notice_hash"),
        source=bindparam("new_source"),
    )
    .returning(visitors.c.id)
)
_LANGUAGE = Statement(
    update(visitors)
    .where(mine(visitors), visitors.c.id == bindparam("visitor_id"))
    .values(language=bindparam("new_language"))
)
_NOTICE = Statement(
    update(visitors)
    .where(mine(visitors), visitors.c.id == bindparam("visitor_id"))
    .values(language=bindparam("new_language"), notice_hash=bindparam("new_notice_hash"))
)
_NAME = Statement(
    update(visitors)
    .where(mine(visitors), visitors.c.id == bindparam("visitor_id"))
    .values(name=bindparam("new_name"), source=bindparam("new_source"))
)
_ADD_SESSION = insert_into(visitor_sessions)
_SESSION = Statement(
    select(visitor_sessions.c.id, visitor_sessions.c.visitor_id)
    .join(
        visitors,
        (visitors.c.workspace_id == visitor_sessions.c.workspace_id)
        & (visitors.c.id == visitor_sessions.c.visitor_id),
    )
    .where(
        mine(visitor_sessions),
        visitor_sessions.c.token_hash == bindparam("token_hash"),
        visitor_sessions.c.expires_at > bindparam("now"),
        visitors.c.inbox_id == bindparam("inbox_id"),
    )
)
_OPEN_SESSION = Statement(
    select(visitor_sessions.c.id).where(
        mine(visitor_sessions),
        visitor_sessions.c.id == bindparam("session_id"),
        visitor_sessions.c.expires_at > bindparam("now"),
    )
)
_END_SESSION = Statement(
    delete(visitor_sessions).where(
        mine(visitor_sessions), visitor_sessions.c.id == bindparam("session_id")
    )
)


class Speaker(NamedTuple):
    """Who speaks which language; ``person`` is the same for a customer in every inbox."""

    language: str
    person: str | bytes


class SessionOfVisitor(NamedTuple):
    """Which browser session, of which visitor."""

    session_id: str
    visitor_id: str


def add(
    tx: Transaction,
    visitor_id: str,
    inbox_id: str,
    language: str,
    notice_hash: str,
    identity: Identity | None,
) -> None:
    tx.all(
        _ADD,
        id=visitor_id,
        inbox_id=inbox_id,
        language=language,
        **_details(tx, visitor_id, identity),
        customer_index=customer_index(tx, identity) if identity else None,
        verified=1 if identity else 0,
        notice_hash=notice_hash,
        source="site" if identity else "visitor",
        created_at=tx.now,
    )


def refresh(
    tx: Transaction, visitor_id: str, language: str, notice_hash: str, identity: Identity
) -> bool:
    """Write down what the site says of a customer now; False if they were erased meanwhile."""
    details = _details(tx, visitor_id, identity)
    changed = tx.all(
        _REFRESH,
        visitor_id=visitor_id,
        customer_index=customer_index(tx, identity),
        new_language=language,
        new_notice_hash=notice_hash,
        new_source="site",
        **{f"new_{name}": value for name, value in details.items()},
    )
    return bool(changed)


def accept_notice(tx: Transaction, visitor_id: str, language: str, notice_hash: str) -> None:
    tx.all(_NOTICE, visitor_id=visitor_id, new_language=language, new_notice_hash=notice_hash)


def set_language(tx: Transaction, visitor_id: str, language: str) -> None:
    tx.all(_LANGUAGE, visitor_id=visitor_id, new_language=language)


def set_name(tx: Transaction, visitor_id: str, name: str) -> None:
    sealed = tx.seal(visitor_id, visitors.c.name, visitor_id, name)
    tx.all(_NAME, visitor_id=visitor_id, new_name=sealed, new_source="team")


def customer_index(tx: Transaction, identity: Identity) -> bytes:
    return tx.blind(visitors.c.customer_index, identity.id)


def by_customer(tx: Transaction, inbox_id: str, identity: Identity) -> str | None:
    row = tx.one(_BY_CUSTOMER, inbox_id=inbox_id, customer_index=customer_index(tx, identity))
    return row[0] if row else None


def one(tx: Transaction, visitor_id: str) -> Visitor | None:
    row = tx.one(_ONE, visitor_id=visitor_id)
    return visitor_of(tx, row) if row else None


def came_at(tx: Transaction, visitor_id: str) -> int | None:
    """Return when somebody became a visitor."""
    row = tx.one(_CAME, visitor_id=visitor_id)
    return row[0] if row else None


def speakers(tx: Transaction, visitor_ids: list[str]) -> dict[str, Speaker]:
    """Return the languages of some visitors, and who of them is the same customer."""
    found: dict[str, Speaker] = {}
    for first in range(0, len(visitor_ids), AT_ONCE):
        some = visitor_ids[first : first + AT_ONCE]
        for visitor_id, language, customer in tx.all_told(_SPEAKERS, visitor_ids=some):
            found[visitor_id] = Speaker(language, customer or visitor_id)
    return found


def visitor_of(tx: Transaction, row: Row) -> Visitor:
    """Return the visitor of a row of ``SHOWN``, opened; whoever is being erased has no name."""
    visitor_id, name, email, phone, verified, language, created_at = row

    def opened(column: str, sealed: bytes | None) -> str | None:
        if sealed is None:
            return None
        with unless_erased():
            return tx.open(visitor_id, visitors.c[column], visitor_id, sealed)
        return None

    return Visitor(
        id=visitor_id,
        name=opened("name", name),
        email=opened("email", email),
        phone=opened("phone", phone),
        verified=bool(verified),
        language=language,
        created_at=created_at,
    )


def add_session(
    tx: Transaction, session_id: str, token_hash: bytes, visitor_id: str, expires_at: int
) -> None:
    tx.all(
        _ADD_SESSION,
        id=session_id,
        token_hash=token_hash,
        visitor_id=visitor_id,
        created_at=tx.now,
        expires_at=expires_at,
    )


def session(tx: Transaction, token_hash: bytes, inbox_id: str) -> SessionOfVisitor | None:
    row = tx.one(_SESSION, token_hash=token_hash, inbox_id=inbox_id, now=tx.now)
    return SessionOfVisitor(*row) if row else None


def session_is_open(tx: Transaction, session_id: str) -> bool:
    return tx.one(_OPEN_SESSION, session_id=session_id, now=tx.now) is not None


def end_session(tx: Transaction, session_id: str) -> None:
    tx.all(_END_SESSION, session_id=session_id)


def _details(
    tx: Transaction, visitor_id: str, identity: Identity | None
) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    for name in ("name", "email", "phone"):
        plain = readable(getattr(identity, name) or "") if identity else None
        found[name] = tx.seal(visitor_id, visitors.c[name], visitor_id, plain) if plain else None
    return found
