"""The tables of workspaces and members. Names and phones are sealed under each member's own key.

A member who has gone keeps a row without account and phone, because what they wrote stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, select, update

from silkroad.engines.database import Row, Statement, Transaction, Upsert, insert_into, mine
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
from silkroad.kit.languages import Language
from silkroad.kit.permissions import MemberRole

from .model import Member, Membership, NewMember, Workspace

workspaces = Table(
    "workspaces",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("name", LargeBinary, nullable=False),
    Column("region", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
members = Table(
    "members",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("account_id", Text),
    Column("name", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    UniqueConstraint("workspace_id", "account_id"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
    Index(None, "account_id"),
)
member_inboxes = Table(
    "member_inboxes",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("inbox_id", Text, primary_key=True),
    ForeignKeyConstraint(["workspace_id", "member_id"], ["members.workspace_id", "members.id"]),
    Index(None, "workspace_id", "inbox_id"),
)

_w = workspaces.c
_m = members.c
_i = member_inboxes.c
_LIVE = (mine(members), _m.ended_at.is_(None))
_ONE = (*_LIVE, _m.id == bindparam("member_id"))
_SEEN = (_m.id, _m.name, _m.role, _m.joined_at, _m.phone)

_ADD_WORKSPACE = insert_into(workspaces)
_WORKSPACE = Statement(select(_w.name).where(mine(workspaces)))
_REGION = Statement(select(_w.region).where(mine(workspaces)))
_LOCK = Statement(select(_w.region).where(mine(workspaces)).with_for_update())
_REGIONS = Statement(
    select(_w.region).distinct(),
    across="a server that starts sees in which regions companies are at home, not which ones",
)
_EVERY_WORKSPACE = Statement(
    select(_w.workspace_id, _w.created_at).order_by(_w.created_at, _w.workspace_id),
    across="the operator sees which workspaces there are, and nothing in them",
)
_ADD = insert_into(members)
_TEAM = Statement(select(*_SEEN).where(*_LIVE).order_by(_m.joined_at, _m.id))
_JOINED = Statement(select(_m.id, _m.joined_at).where(*_LIVE))
_MEMBER = Statement(select(*_SEEN).where(*_ONE))
_ROLE = Statement(select(_m.role).where(*_ONE))
_NAME = Statement(select(_m.name).where(mine(members), _m.id == bindparam("member_id")))
_LANGUAGE = Statement(select(_m.language).where(*_ONE))
_ACCOUNT = Statement(select(_m.account_id).where(*_ONE))
_HEADS = Statement(select(func.count()).select_from(members).where(*_LIVE))
_ADMINS = Statement(select(_m.id).where(*_LIVE, _m.role == "admin").order_by(_m.joined_at, _m.id))
_RENAME = Statement(update(members).where(*_ONE).values(name=bindparam("new_name")))
_SPEAK = Statement(update(members).where(*_ONE).values(language=bindparam("new_language")))
_APPOINT = Statement(update(members).where(*_ONE).values(role=bindparam("new_role")))
_END = Statement(
    update(members).where(*_ONE).values(ended_at=bindparam("now"), account_id=None, phone=None)
)
_MEMBERSHIP = Statement(
    select(_m.workspace_id, _m.id, _m.role).where(*_LIVE, _m.account_id == bindparam("of_account"))
)
_MEMBERSHIPS = Statement(
    select(_m.workspace_id, _m.id, _m.role)
    .where(_m.account_id == bindparam("of_account"), _m.ended_at.is_(None))
    .order_by(_m.joined_at, _m.workspace_id),
    across="a person asks in which workspaces they are a member themselves",
)
_ASSIGN = Upsert(member_inboxes, ("workspace_id", "member_id", "inbox_id"))
_INBOXES = Statement(
    select(_i.inbox_id)
    .where(mine(member_inboxes), _i.member_id == bindparam("member_id"))
    .order_by(_i.inbox_id)
)
_ALL_INBOXES = Statement(
    select(_i.member_id, _i.inbox_id).where(mine(member_inboxes)).order_by(_i.inbox_id)
)
_OF_INBOX = Statement(
    select(_i.member_id)
    .where(mine(member_inboxes), _i.inbox_id == bindparam("of_inbox"))
    .order_by(_i.member_id)
)
_CLEAR_MEMBER = Statement(
    delete(member_inboxes).where(mine(member_inboxes), _i.member_id == bindparam("member_id"))
)
_CLEAR_INBOX = Statement(
    delete(member_inboxes).where(mine(member_inboxes), _i.inbox_id == bindparam("of_inbox"))
)


def found(tx: Transaction, name: str, region: str) -> None:
    """Write the row of the scope's own workspace."""
    sealed = tx.seal(tx.scope.workspace_id, _w.name, tx.scope.workspace_id, name)
    tx.all(_ADD_WORKSPACE, name=sealed, region=region, created_at=tx.now)


def workspace(tx: Transaction, region: str, *, push: bool) -> Workspace | None:
    """Return the scope's workspace; ``region`` is the settled one."""
    row = tx.one(_WORKSPACE)
    if row is None:
        return None
    workspace_id = tx.scope.workspace_id
    name = tx.open(workspace_id, _w.name, workspace_id, row[0])
    return Workspace(id=workspace_id, name=name, region=region, push=push)


def region(tx: Transaction) -> str | None:
    """Return where the scope's workspace is at home."""
    row = tx.one(_REGION)
    return row[0] if row else None


def regions(tx: Transaction) -> list[str]:
    """Return every region in which a company here is at home."""
    return [row[0] for row in tx.across(_REGIONS)]


def every_workspace(tx: Transaction) -> list[tuple[str, int]]:
    """Return id and time of founding of all workspaces."""
    return [(row[0], row[1]) for row in tx.across(_EVERY_WORKSPACE)]


def lock(tx: Transaction) -> None:
    """Let nobody else change this workspace's members until the end of the transaction."""
    tx.one(_LOCK)


def add(tx: Transaction, member_id: str, new: NewMember) -> None:
    tx.all(
        _ADD,
        id=member_id,
        account_id=new.account_id,
        name=tx.seal(member_id, _m.name, member_id, new.name),
        phone=tx.seal(member_id, _m.phone, member_id, new.phone),
        role=new.role,
        language=new.language,
        joined_at=tx.now,
        ended_at=None,
    )


def team(tx: Transaction) -> list[Member]:
    """Return the members, the first to join first, with their phones."""
    inboxes: dict[str, list[str]] = {}
    for member_id, inbox_id in tx.all(_ALL_INBOXES):
        inboxes.setdefault(member_id, []).append(inbox_id)
    return [_member(tx, row, inboxes.get(row[0], [])) for row in tx.all(_TEAM)]


def joined(tx: Transaction) -> dict[str, int]:
    """Return the members' ids, each with when they came."""
    return {row[0]: row[1] for row in tx.all(_JOINED)}


def member(tx: Transaction, member_id: str) -> Member | None:
    row = tx.one(_MEMBER, member_id=member_id)
    return _member(tx, row, inboxes_of(tx, member_id)) if row else None


def role_of(tx: Transaction, member_id: str) -> MemberRole | None:
    row = tx.one(_ROLE, member_id=member_id)
    return row[0] if row else None


def name_of(tx: Transaction, member_id: str) -> str | None:
    """Return a member's name, also of one who has gone."""
    row = tx.one(_NAME, member_id=member_id)
    return tx.open(member_id, _m.name, member_id, row[0]) if row else None


def language_of(tx: Transaction, member_id: str) -> Language | None:
    row = tx.one(_LANGUAGE, member_id=member_id)
    return row[0] if row else None


def account_of(tx: Transaction, member_id: str) -> str | None:
    row = tx.one(_ACCOUNT, member_id=member_id)
    return row[0] if row else None


def heads(tx: Transaction) -> int:
    count: int = tx.all(_HEADS)[0][0]
    return count


def admins(tx: Transaction) -> list[str]:
    """Return the administrators' ids, the longest there first."""
    return [row[0] for row in tx.all(_ADMINS)]


def rename(tx: Transaction, member_id: str, name: str) -> None:
    sealed = tx.seal(member_id, _m.name, member_id, name)
    tx.all(_RENAME, member_id=member_id, new_name=sealed)


def speak(tx: Transaction, member_id: str, language: str) -> None:
    tx.all(_SPEAK, member_id=member_id, new_language=language)


def appoint(tx: Transaction, member_id: str, role: MemberRole) -> None:
    tx.all(_APPOINT, member_id=member_id, new_role=role)


def end(tx: Transaction, member_id: str) -> None:
    """End a membership; name and id stay with what the member wrote."""
    tx.all(_CLEAR_MEMBER, member_id=member_id)
    tx.all(_END, member_id=member_id, now=tx.now)


def membership(tx: Transaction, account_id: str) -> Membership | None:
    """Return an account's membership of the scope's workspace."""
    row = tx.one(_MEMBERSHIP, of_account=account_id)
    return Membership(*row) if row else None


def memberships(tx: Transaction, account_id: str) -> list[Membership]:
    """Return all memberships of an account, the oldest first."""
    return [Membership(*row) for row in tx.across(_MEMBERSHIPS, of_account=account_id)]


def inboxes_of(tx: Transaction, member_id: str) -> list[str]:
    return [row[0] for row in tx.all(_INBOXES, member_id=member_id)]


def members_of_inbox(tx: Transaction, inbox_id: str) -> list[str]:
    return [row[0] for row in tx.all(_OF_INBOX, of_inbox=inbox_id)]


def set_inboxes(tx: Transaction, member_id: str, inbox_ids: Iterable[str]) -> None:
    tx.all(_CLEAR_MEMBER, member_id=member_id)
    for inbox_id in inbox_ids:
        tx.all(_ASSIGN, member_id=member_id, inbox_id=inbox_id)


def set_members(tx: Transaction, inbox_id: str, member_ids: Iterable[str]) -> None:
    tx.all(_CLEAR_INBOX, of_inbox=inbox_id)
    for member_id in member_ids:
        tx.all(_ASSIGN, member_id=member_id, inbox_id=inbox_id)


def _member(tx: Transaction, row: Row, inbox_ids: list[str]) -> Member:
    member_id, name, role, joined_at, phone = row
    return Member(
        id=member_id,
        name=tx.open(member_id, _m.name, member_id, name),
        role=role,
        presence="offline",
        joined_at=joined_at,
        inbox_ids=inbox_ids,
        phone=tx.open(member_id, _m.phone, member_id, phone) if phone else None,
    )
