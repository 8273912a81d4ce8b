"""The table of notices: what a device may fetch with the opaque id that it was woken by."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    metadata,
)

notices = Table(
    "notices",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("campaign_id", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "device_id"),
    Index(None, "workspace_id", "expires_at"),
    ForeignKeyConstraint(
        ["workspace_id", "device_id"], ["devices.workspace_id", "devices.id"], ondelete="CASCADE"
    ),
)

_n = notices.c
_ASK = insert_into(notices)
_ONE = Statement(
    select(_n.device_id, _n.campaign_id, _n.expires_at).where(
        mine(notices), _n.id == bindparam("notice_id"), _n.expires_at > bindparam("now")
    )
)
_SWEEP = Statement(delete(notices).where(mine(notices), _n.expires_at <= bindparam("now")))


class Notice(NamedTuple):
    """Which device is woken about which campaign, and until when."""

    device_id: str
    campaign_id: str
    expires_at: int


def ask(tx: Transaction, device_id: str, campaign_id: str, expires_at: int) -> str:
    """Add a notice and return its id: 128 random bits, the permission to fetch it."""
    notice_id = tx.new_id("ntc")
    tx.all(_ASK, id=notice_id, device_id=device_id, campaign_id=campaign_id, expires_at=expires_at)
    return notice_id


def one(tx: Transaction, notice_id: str) -> Notice | None:
    """Return a notice that has not expired."""
    row = tx.one(_ONE, notice_id=notice_id, now=tx.now)
    return Notice(*row) if row else None


def sweep(tx: Transaction) -> None:
    """Delete the notices that have expired."""
    tx.all(_SWEEP, now=tx.now)
