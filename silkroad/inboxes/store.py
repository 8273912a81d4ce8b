"""Tables and SQL of inboxes."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.privacy.grants import living
from silkroad.workspaces import members_of_inbox

from .model import Inbox, InboxDraft, OfficeHours

inboxes = Table(
    "inboxes",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("settings", LargeBinary, nullable=False),
    Column("identity_secret", LargeBinary),
    Column("created_at", BigInteger, nullable=False),
    Column("archived_at", BigInteger),
    Index(None, "id"),
)


class Details(msgspec.Struct, frozen=True):
    """What is stored of an inbox as one JSON value: the company's own public text."""

    color: str
    greeting: dict[str, str]
    languages: list[str]
    allowed_origins: list[str]
    office_hours: OfficeHours | None


_ADD = insert_into(inboxes)
_CHANGE = Statement(
    update(inboxes)
    .where(mine(inboxes), inboxes.c.id == bindparam("inbox_id"))
    .values(name=bindparam("new_name"), settings=bindparam("new_settings"))
)
_ARCHIVE = Statement(
    update(inboxes)
    .where(mine(inboxes), inboxes.c.id == bindparam("inbox_id"))
    .values(archived_at=bindparam("at"))
)
_SECRET = Statement(
    update(inboxes)
    .where(mine(inboxes), inboxes.c.id == bindparam("inbox_id"))
    .values(identity_secret=bindparam("secret"))
)
_ALL = Statement(select(inboxes).where(mine(inboxes)).order_by(inboxes.c.created_at, inboxes.c.id))
_ONE = Statement(select(inboxes).where(mine(inboxes), inboxes.c.id == bindparam("inbox_id")))
_ARCHIVED = Statement(
    select(inboxes.c.archived_at).where(mine(inboxes), inboxes.c.id == bindparam("inbox_id"))
)
_IDS = Statement(select(inboxes.c.id).where(mine(inboxes)))
_WHERE = Statement(
    select(inboxes.c.workspace_id).where(inboxes.c.id == bindparam("inbox_id")),
    across="a widget knows its inbox only; the inbox tells the workspace",
)


def workspace_of_inbox(tx: Transaction, inbox_id: str) -> str | None:
    rows = tx.across(_WHERE, inbox_id=inbox_id)
    return rows[0][0] if rows else None


def add(tx: Transaction, inbox_id: str, draft: InboxDraft) -> None:
    tx.all(
        _ADD,
        id=inbox_id,
        name=draft.name,
        settings=_details(draft),
        identity_secret=None,
        created_at=tx.now,
        archived_at=None,
    )


def change(tx: Transaction, inbox_id: str, draft: InboxDraft) -> None:
    tx.all(_CHANGE, inbox_id=inbox_id, new_name=draft.name, new_settings=_details(draft))


def archive(tx: Transaction, inbox_id: str) -> None:
    tx.all(_ARCHIVE, inbox_id=inbox_id, at=tx.now)


def set_secret(tx: Transaction, inbox_id: str, secret: str) -> None:
    column = inboxes.c.identity_secret
    tx.all(
        _SECRET,
        inbox_id=inbox_id,
        secret=tx.seal(tx.scope.workspace_id, column, inbox_id, secret),
    )


def drop_secret(tx: Transaction, inbox_id: str) -> None:
    tx.all(_SECRET, inbox_id=inbox_id, secret=None)


def secret_of(tx: Transaction, inbox_id: str) -> str | None:
    row = tx.one(_ONE, inbox_id=inbox_id)
    if row is None or row[4] is None:
        return None
    return tx.open(tx.scope.workspace_id, inboxes.c.identity_secret, inbox_id, row[4])


def is_open(tx: Transaction, inbox_id: str) -> bool:
    """Whether an inbox is there and not archived."""
    row = tx.one(_ARCHIVED, inbox_id=inbox_id)
    return row is not None and row[0] is None


def all_of(tx: Transaction) -> list[Inbox]:
    return [_inbox(tx, row) for row in tx.all(_ALL)]


def ids(tx: Transaction) -> frozenset[str]:
    return frozenset(row[0] for row in tx.all(_IDS))


def one(tx: Transaction, inbox_id: str) -> Inbox | None:
    row = tx.one(_ONE, inbox_id=inbox_id)
    return _inbox(tx, row) if row else None


def _details(draft: InboxDraft) -> bytes:
    return msgspec.json.encode(
        Details(
            color=draft.color,
            greeting={str(language): text for language, text in draft.greeting.items()},
            languages=list(draft.languages),
            allowed_origins=draft.allowed_origins,
            office_hours=draft.office_hours,
        )
    )


def _inbox(tx: Transaction, row: Row) -> Inbox:
    _, inbox_id, name, settings, secret, created_at, archived_at = row
    details = msgspec.json.decode(settings)
    grant = living(tx, inbox_id) if secret else None
    return msgspec.convert(
        {
            **details,
            "id": inbox_id,
            "name": name,
            "member_ids": members_of_inbox(tx, inbox_id),
            "identity_enabled": grant is not None,
            "identity_grant": grant,
            "created_at": created_at,
            "archived_at": archived_at,
        },
        Inbox,
    )
