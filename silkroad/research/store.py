"""The tables of research. Figures are about nobody, so nothing of them is sealed."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Row, Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
    metadata,
)

from .model import COLUMNS, Extract

research_settings = Table(
    "research_settings",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("k", Integer, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
)
research_extracts = Table(
    "research_extracts",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("k", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("lines", Text, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
)

_e = research_extracts.c
_SHOWN = (_e.month, _e.k, _e.people, _e.left_out, _e.lines)
_K = Statement(select(research_settings.c.k).where(mine(research_settings)))
_SET_K = Upsert(research_settings, ("workspace_id",), ("k",))
_KEEP = Upsert(research_extracts, ("workspace_id", "month"))
_ONE = Statement(select(*_SHOWN).where(mine(research_extracts), _e.month == bindparam("of_month")))
_ALL = Statement(select(*_SHOWN).where(mine(research_extracts)))
_DESTROY = Statement(
    update(research_extracts)
    .where(mine(research_extracts), _e.month == bindparam("of_month"))
    .values(people=0, left_out=0, lines="[]")
)

_lines = msgspec.json.Decoder(list[tuple[list[str], int]]).decode


def k(tx: Transaction) -> int | None:
    """Return how many people the company wants behind each figure, if it has said so."""
    row = tx.one(_K)
    return row[0] if row else None


def set_k(tx: Transaction, number: int) -> None:
    tx.all(_SET_K, k=number)


def keep(tx: Transaction, extract: Extract) -> None:
    """Keep an extract; one that is there already stays as it is."""
    tx.all(
        _KEEP,
        month=extract.month,
        k=extract.k,
        people=extract.people,
        left_out=extract.left_out,
        lines=msgspec.json.encode(extract.lines).decode(),
    )


def destroy(tx: Transaction, month: str) -> None:
    """Delete what was given out of a month. Its row stays, so that it is not made again."""
    tx.all(_DESTROY, of_month=month)


def one(tx: Transaction, month: str) -> Extract | None:
    row = tx.one(_ONE, of_month=month)
    return _extract(row) if row else None


def kept(tx: Transaction) -> dict[str, Extract]:
    """Return what was given out, by its month."""
    return {row[0]: _extract(row) for row in tx.all(_ALL)}


def _extract(row: Row) -> Extract:
    month, number, people, left_out, lines = row
    return Extract(
        month=month,
        k=number,
        people=people,
        left_out=left_out,
        columns=COLUMNS,
        lines=_lines(lines),
    )
