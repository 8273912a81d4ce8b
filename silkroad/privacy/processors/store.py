"""The table of what a company has agreed with third parties. Rows end; nothing is rewritten."""

from __future__ import annotations

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
from silkroad.engines.outbound import Field

from .model import Engagement
from .registry import unchanged

engagements = Table(
    "engagements",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("processor", Text, nullable=False),
    Column("enabled_at", BigInteger, nullable=False),
    Column("enabled_by", Text, nullable=False),
    Column("notice_hash", Text, nullable=False),
    Column("facts", Text),
    Column("contract", LargeBinary, nullable=False),
    Column("fields", Text),
    Column("contract_until", BigInteger),
    Column("ended_at", BigInteger),
    Column("ended_by", Text),
    Index(None, "workspace_id", "processor", "enabled_at"),
)

_e = engagements.c
_OF = (mine(engagements), _e.processor == bindparam("of_processor"))
_ROW = (
    _e.id,
    _e.processor,
    _e.enabled_at,
    _e.enabled_by,
    _e.notice_hash,
    _e.facts,
    _e.contract,
    _e.contract_until,
    _e.ended_at,
    _e.fields,
)

_ADD = insert_into(engagements)
_ALL = Statement(
    select(*_ROW).where(mine(engagements)).order_by(_e.enabled_at.desc(), _e.id.desc())
)
_RUNNING = Statement(
    select(_e.processor, _e.contract_until, _e.facts, _e.fields)
    .where(mine(engagements), _e.ended_at.is_(None))
    .order_by(_e.processor)
)
_BEGAN = Statement(select(_e.enabled_at).where(*_OF, _e.ended_at.is_(None)).limit(1))
_END = Statement(
    update(engagements)
    .where(*_OF, _e.ended_at.is_(None))
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"))
    .returning(_e.id)
)


def add(tx: Transaction, entry: Engagement) -> None:
    """Write that a third party is on."""
    tx.all(
        _ADD,
        id=entry.id,
        processor=entry.processor,
        enabled_at=entry.enabled_at,
        enabled_by=entry.enabled_by,
        notice_hash=entry.notice_hash,
        facts=entry.facts,
        contract=tx.seal(tx.scope.workspace_id, _e.contract, entry.id, entry.contract),
        fields=" ".join(sorted(entry.covered)),
        contract_until=entry.contract_until,
        ended_at=None,
        ended_by=None,
    )


def end(tx: Transaction, processor: str) -> bool:
    """End what is on; False when it was off."""
    return bool(tx.all(_END, of_processor=processor, at=tx.now, by=tx.scope.actor_id))


def newest(tx: Transaction) -> dict[str, Engagement]:
    """Return the last word on each third party that there is one on."""
    found: dict[str, Engagement] = {}
    for row in tx.all(_ALL):
        if row[1] not in found:
            found[row[1]] = _engagement(tx, row)
    return found


def live(tx: Transaction) -> dict[str, frozenset[Field]]:
    """Return those that are on, with what their contracts cover.

    Their contract is not over and covers what they need, and they are as they were shown.
    """
    return {
        name: _fields(fields)
        for name, until, facts, fields in tx.all(_RUNNING)
        if (until is None or until > tx.now) and unchanged(name, facts, _fields(fields))
    }


def running(tx: Transaction) -> set[str]:
    """Return those that nobody has ended, also where the contract is over or they have changed."""
    return {row[0] for row in tx.all(_RUNNING)}


def began(tx: Transaction, processor: str) -> int | None:
    """Return since when one is on, as it is on now."""
    row = tx.one(_BEGAN, of_processor=processor)
    return row[0] if row else None


def over(tx: Transaction) -> set[str]:
    """Return those that nobody has ended though their contract is over."""
    return {row[0] for row in tx.all(_RUNNING) if row[1] is not None and row[1] <= tx.now}


def _engagement(tx: Transaction, row: Row) -> Engagement:
    engagement_id, processor, enabled_at, by, shown, facts, contract, until, ended_at, fields = row
    opened = tx.open(tx.scope.workspace_id, _e.contract, engagement_id, contract)
    return Engagement(
        engagement_id,
        processor,
        enabled_at,
        by,
        shown,
        facts,
        opened,
        until,
        ended_at,
        _fields(fields),
    )


def _fields(stored: str | None) -> frozenset[Field]:
    """Return what a contract covers; of one of which nobody has noted it, nothing."""
    return frozenset(Field(name) for name in (stored or "").split())
