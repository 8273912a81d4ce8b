"""The ground's own tables: the outbox of facts, queued jobs, and the audit trail.

They are rows of the same transaction as what they tell of. ``facts`` is numbered per workspace
without gaps, under the workspace's row in ``feeds``, so a lower number can never appear later and
no tenant sees another's volume. Its ``body`` holds ids only, never a word that somebody wrote.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.ext.compiler import compiles

__all__ = [
    "BigInteger",
    "Column",
    "ForeignKeyConstraint",
    "Index",
    "Integer",
    "LargeBinary",
    "Sealing",
    "Table",
    "Text",
    "UniqueConstraint",
    "audit_entries",
    "consumers",
    "facts",
    "feeds",
    "jobs",
    "metadata",
    "sealed_under",
]


class Sealing(NamedTuple):
    """Which columns name the key of a table's sealed values, and the place that they are bound to.

    ``content``: something of each row lies in the store of blobs, under the row's id and its key.
    ``apart`` names the column with the key of what has one of its own.
    """

    key: str
    place: tuple[str, ...]
    content: bool
    apart: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key, *self.apart)


def sealed_under(
    key: str, *place: str, content: bool = False, apart: tuple[str, ...] = ()
) -> dict[str, Sealing]:
    """Return a table's ``info``: how its store seals, for whoever opens rows of every table."""
    return {"sealing": Sealing(key, place, content, apart)}


@compiles(Integer, "postgresql")
def _as_wide_as_in_sqlite(*_: object, **__: object) -> str:
    """A whole number has 64 bits on every database, so that none is too large for one of them."""
    return "BIGINT"


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

feeds = Table(
    "feeds",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("workspace_id", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "number"),
)

consumers = Table(
    "consumers",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("consumer", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("run_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index(None, "run_at"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("workspace_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "workspace_id", "at"),
    Index(
        None,
        "workspace_id",
        "actor_id",
        sqlite_where=text("actor_kind = 'visitor'"),
        postgresql_where=text("actor_kind = 'visitor'"),
    ),
)
