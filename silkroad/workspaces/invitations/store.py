"""The tables of invitations. Name and phone are sealed, the token is a hash.

The phone's keyed hash is the installation's, not the workspace's: whoever is invited asks for a
code before anybody knows by which workspace.
"""

from __future__ import annotations

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
from silkroad.kit.ids import token_hash
from silkroad.kit.scope import INSTALLATION
from silkroad.privacy.imports import Import

from .model import Draft, Invitation, Place

invitations = Table(
    "invitations",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("phone", LargeBinary, nullable=False),
    Column("phone_index", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("import_id", Text),
    Column("basis", Text),
    Column("notice_hash", Text),
    UniqueConstraint("workspace_id", "token_hash"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
    Index(None, "token_hash"),
    Index(None, "phone_index"),
)
invitation_inboxes = Table(
    "invitation_inboxes",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("invitation_id", Text, primary_key=True),
    Column("inbox_id", Text, primary_key=True),
    ForeignKeyConstraint(
        ["workspace_id", "invitation_id"], ["invitations.workspace_id", "invitations.id"]
    ),
)

_i = invitations.c
_b = invitation_inboxes.c
_ONE = (mine(invitations), _i.id == bindparam("of_id"))
_OPEN = (_i.state == "open", _i.expires_at > bindparam("now"))
_SEEN = (
    _i.id,
    _i.role,
    _i.name,
    _i.phone,
    _i.state,
    _i.created_at,
    _i.expires_at,
    _i.basis,
    _i.notice_hash,
)
_ADD = insert_into(invitations)
_ADD_INBOX = insert_into(invitation_inboxes)
_INBOXES = Statement(
    select(_b.inbox_id)
    .where(mine(invitation_inboxes), _b.invitation_id == bindparam("of_id"))
    .order_by(_b.inbox_id)
)
_LIST = Statement(select(*_SEEN).where(mine(invitations)).order_by(_i.created_at.desc(), _i.id))
_GET = Statement(select(*_SEEN).where(*_ONE))
_COUNT_OPEN = Statement(
    select(func.count()).select_from(invitations).where(mine(invitations), *_OPEN)
)
_CLOSE = Statement(
    update(invitations)
    .where(*_ONE, *_OPEN)
    .values(state=bindparam("answer"), closed_at=bindparam("now"))
    .returning(_i.id)
)
_OVER = Statement(
    select(_i.id).where(
        *_ONE, (_i.closed_at <= bindparam("before")) | (_i.expires_at <= bindparam("before"))
    )
)
_DROP_INBOXES = Statement(
    delete(invitation_inboxes).where(
        mine(invitation_inboxes), _b.invitation_id == bindparam("of_id")
    )
)
_DROP = Statement(delete(invitations).where(*_ONE))
_BY_TOKEN = Statement(
    select(_i.workspace_id, _i.id).where(_i.token_hash == bindparam("hash")),
    across="the link tells the workspace: its bearer is a member of none yet",
)
_INVITING = Statement(
    select(_i.workspace_id)
    .where(_i.phone_index == bindparam("index"), *_OPEN)
    .order_by(_i.created_at.desc())
    .limit(1),
    across="an invited person asks for a code, in the name of whoever invites them",
)


def add(
    tx: Transaction,
    invitation_id: str,
    token: str,
    draft: Draft,
    attested: Import,
    expires_at: int,
) -> None:
    tx.all(
        _ADD,
        id=invitation_id,
        token_hash=token_hash(token),
        role=draft.role,
        name=tx.seal(invitation_id, _i.name, invitation_id, draft.name),
        phone=tx.seal(invitation_id, _i.phone, invitation_id, draft.phone),
        phone_index=_index(tx, draft.phone),
        state="open",
        created_at=tx.now,
        expires_at=expires_at,
        closed_at=None,
        import_id=attested.id,
        basis=attested.basis,
        notice_hash=attested.notice_hash,
    )
    for inbox_id in draft.inbox_ids:
        tx.all(_ADD_INBOX, invitation_id=invitation_id, inbox_id=inbox_id)


def all_of(tx: Transaction) -> list[Invitation]:
    return [_invitation(tx, row) for row in tx.all(_LIST)]


def one(tx: Transaction, invitation_id: str) -> Invitation | None:
    row = tx.one(_GET, of_id=invitation_id)
    return _invitation(tx, row) if row else None


def count_open(tx: Transaction) -> int:
    count: int = tx.all(_COUNT_OPEN, now=tx.now)[0][0]
    return count


def close(tx: Transaction, invitation_id: str, answer: str) -> bool:
    """Close an open invitation; False when somebody was faster, or it has run out."""
    return tx.one(_CLOSE, of_id=invitation_id, answer=answer, now=tx.now) is not None


def drop_if_over(tx: Transaction, invitation_id: str, before: int) -> None:
    """Delete an invitation that was answered, or ran out, before a time."""
    if tx.one(_OVER, of_id=invitation_id, before=before):
        tx.all(_DROP_INBOXES, of_id=invitation_id)
        tx.all(_DROP, of_id=invitation_id)


def place_of(tx: Transaction, token: str) -> Place | None:
    rows = tx.across(_BY_TOKEN, hash=token_hash(token))
    return Place(*rows[0]) if rows else None


def inviting(tx: Transaction, phone: str) -> str | None:
    """Return the workspace with the newest open invitation for a phone."""
    rows = tx.across(_INVITING, index=_index(tx, phone), now=tx.now)
    return rows[0][0] if rows else None


def _invitation(tx: Transaction, row: Row) -> Invitation:
    invitation_id, role, name, phone, state, created_at, expires_at, basis, notice_hash = row
    ran_out = state == "open" and expires_at <= tx.now
    return Invitation(
        id=invitation_id,
        role=role,
        name=tx.open(invitation_id, _i.name, invitation_id, name),
        phone=tx.open(invitation_id, _i.phone, invitation_id, phone),
        inbox_ids=[found[0] for found in tx.all(_INBOXES, of_id=invitation_id)],
        state="expired" if ran_out else state,
        created_at=created_at,
        expires_at=expires_at,
        basis=basis,
        notice_hash=notice_hash,
    )


def _index(tx: Transaction, phone: str) -> bytes:
    with tx.within(INSTALLATION):
        return tx.blind(_i.phone_index, phone)
