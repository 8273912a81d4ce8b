"""Table and SQL of files."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, cast, delete, func, select, update

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
    metadata,
    sealed_under,
)

from .model import FileInfo, Prepared

files = Table(
    "files",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("uploader_id", Text, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("lane", Text),
    Column("created_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "conversation_id"),
    ForeignKeyConstraint(
        ["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]
    ),
    info=sealed_under("id", "id", content=True),
)

_ADD = insert_into(files)
_ONE = Statement(select(files).where(mine(files), files.c.id == bindparam("file_id")))
_ATTACH = Statement(
    update(files)
    .where(mine(files), files.c.id == bindparam("file_id"))
    .values(lane=bindparam("new_lane"))
)
_DROP = Statement(delete(files).where(mine(files), files.c.id == bindparam("file_id")))
_RECENT = Statement(
    select(func.count(), cast(func.coalesce(func.sum(files.c.bytes), 0), BigInteger)).where(
        mine(files),
        files.c.conversation_id == bindparam("conversation_id"),
        files.c.uploader_id == bindparam("uploader_id"),
        files.c.created_at > bindparam("since"),
    )
)


class StoredFile(NamedTuple):
    """A file's row, opened. ``lane`` is None until a message carries it."""

    info: FileInfo
    conversation_id: str
    uploader_id: str
    lane: str | None


def add(tx: Transaction, file_id: str, conversation_id: str, prepared: Prepared) -> None:
    tx.all(
        _ADD,
        id=file_id,
        conversation_id=conversation_id,
        uploader_id=tx.scope.actor_id,
        name=tx.seal(file_id, files.c.name, file_id, prepared.name),
        media_type=prepared.media_type,
        bytes=len(prepared.data),
        width=prepared.width,
        height=prepared.height,
        lane=None,
        created_at=tx.now,
    )


def one(tx: Transaction, file_id: str) -> StoredFile | None:
    row = tx.one(_ONE, file_id=file_id)
    return _stored(tx, row) if row else None


def attach(tx: Transaction, file_id: str, lane: str) -> None:
    tx.all(_ATTACH, file_id=file_id, new_lane=lane)


def drop(tx: Transaction, file_id: str) -> None:
    tx.all(_DROP, file_id=file_id)


def sent_since(tx: Transaction, conversation_id: str, since: int) -> tuple[int, int]:
    """Return how many files, of how many bytes, the caller has put into a conversation."""
    row = tx.one(
        _RECENT, conversation_id=conversation_id, uploader_id=tx.scope.actor_id, since=since
    )
    return (row[0], row[1]) if row else (0, 0)


def _stored(tx: Transaction, row: Row) -> StoredFile:
    _, file_id, conversation_id, uploader_id, name, media_type, size, width, height, lane, _ = row
    info = FileInfo(
        id=file_id,
        name=tx.open(file_id, files.c.name, file_id, name),
        media_type=media_type,
        bytes=size,
        width=width,
        height=height,
    )
    return StoredFile(info, conversation_id, uploader_id, lane)
