"""The table of accepted policies, which only grows."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import BigInteger, Column, Table, Text, metadata
from silkroad.privacy.consent.model import AcceptedNotice

notice_acceptances = Table(
    "notice_acceptances",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("notice_hash", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

_a = notice_acceptances.c
_ADD = Upsert(notice_acceptances, ("workspace_id", "subject_id", "notice_hash"))
_OF = Statement(
    select(_a.notice_hash, _a.language, _a.at)
    .where(mine(notice_acceptances), _a.subject_id == bindparam("of_subject"))
    .order_by(_a.at.desc())
)


def add(tx: Transaction, subject_id: str, notice_hash: str, language: str) -> None:
    """Write it down; the same policy again leaves the first time as it is."""
    tx.all(_ADD, subject_id=subject_id, notice_hash=notice_hash, language=language, at=tx.now)


def of(tx: Transaction, subject_id: str) -> list[AcceptedNotice]:
    """Return what somebody accepted, the newest first."""
    return [AcceptedNotice(*row) for row in tx.all(_OF, of_subject=subject_id)]
