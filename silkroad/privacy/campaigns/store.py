"""The record that was last told, the campaigns, and how far each came with everybody.

A campaign of the whole installation has a row in every company; what it says stands once, in the
installation's own row.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, select, update

from silkroad.engines.database import Row, Statement, Transaction, Upsert, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.kit.languages import Language
from silkroad.kit.scope import INSTALLATION
from silkroad.privacy import policy
from silkroad.privacy.consent import ConsentPurpose

from .model import Campaign, Content, Reached

told_records = Table(
    "told_records",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("versions", Text, nullable=False),
    Column("told_at", BigInteger, nullable=False),
)
campaigns = Table(
    "campaigns",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("weight", Text, nullable=False),
    Column("purposes", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("content", LargeBinary),
)
campaign_people = Table(
    "campaign_people",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("campaign_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("told_at", BigInteger),
    Column("read_at", BigInteger),
    Column("sent_at", BigInteger),
    Index(None, "workspace_id", "subject_id"),
    ForeignKeyConstraint(
        ["workspace_id", "campaign_id"], ["campaigns.workspace_id", "campaigns.id"]
    ),
)

_t = told_records.c
_c = campaigns.c
_p = campaign_people.c
_CONTENT = msgspec.json.Decoder(Content)
_VERSIONS = msgspec.json.Decoder(dict[Language, str])
_PURPOSES = msgspec.json.Decoder(tuple[ConsentPurpose, ...])

_TOLD = Statement(select(_t.hash, _t.record, _t.versions, _t.told_at).where(mine(told_records)))
_REMEMBER = Upsert(told_records, ("workspace_id",))
_MOVE = Statement(
    update(told_records)
    .where(mine(told_records), _t.hash == bindparam("was"))
    .values(
        hash=bindparam("new_hash"),
        record=bindparam("new_record"),
        versions=bindparam("new_versions"),
        told_at=bindparam("now"),
    )
    .returning(_t.hash)
)
_SHOWN = Statement(
    update(told_records).where(mine(told_records)).values(versions=bindparam("new_versions"))
)
_ADD = insert_into(campaigns)
_ROW = (_c.id, _c.weight, _c.purposes, _c.opened_at, _c.content)
_ONE = Statement(select(*_ROW).where(mine(campaigns), _c.id == bindparam("of_campaign")))
_ALL = Statement(
    select(*_ROW).where(mine(campaigns)).order_by(_c.opened_at.desc(), _c.id).limit(200)
)
_EVERY = Statement(select(*_ROW).where(mine(campaigns)))
_SINCE = Statement(
    select(*_ROW)
    .where(mine(campaigns), _c.opened_at > bindparam("since"))
    .order_by(_c.opened_at, _c.id)
)
_OPENED_SINCE = Statement(select(_c.id).where(mine(campaigns), _c.opened_at > bindparam("since")))
_OF_SUBJECT = (
    mine(campaign_people),
    _p.campaign_id == bindparam("of_campaign"),
    _p.subject_id == bindparam("of_subject"),
)
_BEGIN = Upsert(campaign_people, ("workspace_id", "campaign_id", "subject_id"))
_MARK = {
    name: Statement(
        update(campaign_people)
        .where(*_OF_SUBJECT, _p[name].is_(None))
        .values({name: bindparam("now")})
    )
    for name in ("told_at", "read_at", "sent_at")
}
_READ = Statement(
    select(_p.campaign_id).where(
        mine(campaign_people), _p.subject_id == bindparam("of_subject"), _p.read_at.is_not(None)
    )
)
_TOLD_TO = Statement(
    select(_p.campaign_id).where(
        mine(campaign_people), _p.subject_id == bindparam("of_subject"), _p.told_at.is_not(None)
    )
)
_KNOWN_TO = Statement(
    select(_p.campaign_id).where(mine(campaign_people), _p.subject_id == bindparam("of_subject"))
)
_PEOPLE = Statement(
    select(_p.subject_id, _p.told_at, _p.read_at, _p.sent_at).where(
        mine(campaign_people), _p.campaign_id == bindparam("of_campaign")
    )
)


class Told(NamedTuple):
    """The record that everybody here was last told, and its policy's versions by language."""

    hash: str
    record: policy.releases.Record
    versions: dict[Language, str]
    told_at: int


# the record


def told(tx: Transaction) -> Told | None:
    """Return what the installation was last told; None where nobody was told anything yet."""
    row = tx.one(_TOLD)
    if row is None:
        return None
    name, record, versions, told_at = row
    return Told(name, msgspec.json.decode(record), _VERSIONS.decode(versions), told_at)


def remember(
    tx: Transaction, name: str, record: policy.releases.Record, versions: dict[Language, str]
) -> None:
    """Write down the first record; one that is there stays."""
    tx.all(
        _REMEMBER,
        hash=name,
        record=msgspec.json.encode(record),
        versions=msgspec.json.encode(versions).decode(),
        told_at=tx.now,
    )


def move(
    tx: Transaction,
    was: str,
    name: str,
    record: policy.releases.Record,
    versions: dict[Language, str],
) -> bool:
    """Put the next record in the place of one; False where another node was first."""
    moved = tx.one(
        _MOVE,
        was=was,
        new_hash=name,
        new_record=msgspec.json.encode(record),
        new_versions=msgspec.json.encode(versions).decode(),
        now=tx.now,
    )
    return moved is not None


def show(tx: Transaction, versions: dict[Language, str]) -> None:
    """Note by which versions of the policy the same record is told now."""
    tx.all(_SHOWN, new_versions=msgspec.json.encode(versions).decode())


# campaigns


def add(tx: Transaction, campaign: Campaign, *, content: bool) -> None:
    """Write a campaign into the scope's company; its content only where it is its own."""
    sealed = None
    if content:
        text = msgspec.json.encode(campaign.content)
        sealed = tx.seal(tx.scope.workspace_id, _c.content, campaign.id, text)
    tx.all(
        _ADD,
        id=campaign.id,
        weight=campaign.weight,
        purposes=msgspec.json.encode(campaign.purposes).decode(),
        opened_at=campaign.opened_at,
        content=sealed,
    )


def is_there(tx: Transaction, campaign_id: str) -> bool:
    return tx.one(_ONE, of_campaign=campaign_id) is not None


def all_of(tx: Transaction) -> list[Campaign]:
    """Return the company's newest campaigns, the newest first."""
    return [_campaign(tx, row) for row in tx.all(_ALL)]


def every(tx: Transaction) -> list[Campaign]:
    """Return all there ever were, in no order."""
    return [_campaign(tx, row) for row in tx.all(_EVERY)]


def since(tx: Transaction, came_at: int) -> list[Campaign]:
    """Return what opened after somebody came, the oldest first."""
    return [_campaign(tx, row) for row in tx.all(_SINCE, since=came_at)]


def _campaign(tx: Transaction, row: Row) -> Campaign:
    campaign_id, weight, purposes, opened_at, content = row
    said = _content(tx, campaign_id, content)
    return Campaign(campaign_id, weight, _PURPOSES.decode(purposes), opened_at, said)


def _content(tx: Transaction, campaign_id: str, sealed: bytes | None) -> Content:
    if sealed is not None:
        place = tx.scope.workspace_id
        return _CONTENT.decode(tx.open_bytes(place, _c.content, campaign_id, sealed))
    with tx.within(INSTALLATION):
        row = tx.one(_ONE, of_campaign=campaign_id)
        if row is None:
            raise RuntimeError("the installation's campaign has no content")
        return _content(tx, campaign_id, row[-1])


# people


def mark(tx: Transaction, campaign_id: str, subject_id: str, *what: str) -> None:
    """Note that somebody was told, has read it, or was woken; the first time counts.

    Without any of it: that they are there, and a campaign has to reach them.
    """
    nothing = {"told_at": None, "read_at": None, "sent_at": None}
    tx.all(_BEGIN, campaign_id=campaign_id, subject_id=subject_id, **nothing)
    for name in what:
        tx.all(_MARK[name], of_campaign=campaign_id, of_subject=subject_id, now=tx.now)


def read_by(tx: Transaction, subject_id: str) -> set[str]:
    """Return the campaigns that somebody has read."""
    return {row[0] for row in tx.all(_READ, of_subject=subject_id)}


def missed(tx: Transaction, subject_id: str, came_at: int) -> set[str]:
    """Return the campaigns that opened after somebody came, and do not know of them."""
    opened = {row[0] for row in tx.all(_OPENED_SINCE, since=came_at)}
    return opened - {row[0] for row in tx.all(_KNOWN_TO, of_subject=subject_id)}


def untold(tx: Transaction, subject_id: str, came_at: int) -> set[str]:
    """Return the campaigns that opened after somebody came, and were never on their screen."""
    opened = {row[0] for row in tx.all(_OPENED_SINCE, since=came_at)}
    return opened - {row[0] for row in tx.all(_TOLD_TO, of_subject=subject_id)}


def people(tx: Transaction, campaign_id: str) -> list[Reached]:
    """Return everybody of whom a campaign knows."""
    return [Reached(*row) for row in tx.all(_PEOPLE, of_campaign=campaign_id)]
