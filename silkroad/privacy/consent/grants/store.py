"""The ledger of media grants: who got leave for which device, when, and until when."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import BigInteger, Column, Index, Table, Text, metadata
from silkroad.privacy.consent.model import MediaDevice, MediaGrant

MOST_SHOWN = 100

media_grants = Table(
    "media_grants",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("subject_id", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("consent_id", Text, nullable=False),
    Column("granted_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Index(None, "workspace_id", "subject_id", "granted_at"),
)

_g = media_grants.c
_ADD = insert_into(media_grants)
_END = Statement(
    update(media_grants)
    .where(
        mine(media_grants),
        _g.subject_id == bindparam("of_subject"),
        _g.device == bindparam("of_device"),
        _g.ends_at > bindparam("now"),
    )
    .values(ends_at=bindparam("now"))
)
_OF = Statement(
    select(_g.id, _g.device, _g.granted_at, _g.ends_at)
    .where(mine(media_grants), _g.subject_id == bindparam("of_subject"))
    .order_by(_g.granted_at.desc(), _g.id)
    .limit(MOST_SHOWN)
)


def add(
    tx: Transaction, subject_id: str, device: MediaDevice, consent_id: str, ends_at: int
) -> MediaGrant:
    """Write a grant down and return it. Its id, 128 random bits, is what a call is opened with."""
    grant = MediaGrant(tx.new_id("grt"), device, tx.now, ends_at)
    tx.all(
        _ADD,
        id=grant.id,
        subject_id=subject_id,
        device=device,
        consent_id=consent_id,
        granted_at=tx.now,
        ends_at=ends_at,
    )
    return grant


def end(tx: Transaction, subject_id: str, device: str) -> None:
    """Let somebody's open grants for a device end now."""
    tx.all(_END, of_subject=subject_id, of_device=device, now=tx.now)


def of(tx: Transaction, subject_id: str) -> list[MediaGrant]:
    """Return somebody's newest grants, ended ones as well."""
    return [MediaGrant(*row) for row in tx.all(_OF, of_subject=subject_id)]
