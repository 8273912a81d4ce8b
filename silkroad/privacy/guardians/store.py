"""The tables of age gates and wards. What a guardian writes is sealed under the child's key."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
)

from .model import GuardianConsent, Standing

age_gates = Table(
    "age_gates",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("asks", Integer, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)
wards = Table(
    "wards",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("visitor_id", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("birth_date", LargeBinary),
    Column("request_id", Text),
    Column("consent", LargeBinary),
    Column("changed_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "request_id"),
)

_w = wards.c
_SEEN = (_w.visitor_id, _w.standing, _w.birth_date, _w.consent, _w.changed_at)
_ASKS = Statement(select(age_gates.c.asks).where(mine(age_gates)))
_SET = Upsert(age_gates, ("workspace_id",), ("asks", "changed_at"))
_OF = Statement(select(*_SEEN).where(mine(wards), _w.visitor_id == bindparam("of_visitor")))
_BY_REQUEST = Statement(select(*_SEEN).where(mine(wards), _w.request_id == bindparam("of_request")))
_OLD_ENOUGH = Upsert(wards, ("workspace_id", "visitor_id"))
_CHILD = Upsert(
    wards,
    ("workspace_id", "visitor_id"),
    ("standing", "birth_date", "request_id", "consent", "changed_at"),
)
_MOVE = Statement(
    update(wards)
    .where(mine(wards), _w.visitor_id == bindparam("of_visitor"))
    .values(
        standing=bindparam("to_standing"),
        consent=bindparam("new_consent"),
        changed_at=bindparam("now"),
    )
)
_FORGET = Statement(
    delete(wards).where(
        mine(wards),
        _w.request_id == bindparam("of_request"),
        _w.standing != "given",
    )
)


class Ward(NamedTuple):
    """Somebody whose age is known; birth date and consent are still sealed."""

    visitor_id: str
    standing: Standing
    birth_date: bytes | None
    consent: bytes | None
    changed_at: int


def asks(tx: Transaction) -> bool:
    row = tx.one(_ASKS)
    return bool(row and row[0])


def set_gate(tx: Transaction, *, to: bool) -> None:
    tx.all(_SET, asks=1 if to else 0, changed_at=tx.now)


def of(tx: Transaction, visitor_id: str) -> Ward | None:
    row = tx.one(_OF, of_visitor=visitor_id)
    return Ward(*row) if row else None


def by_request(tx: Transaction, request_id: str) -> Ward | None:
    row = tx.one(_BY_REQUEST, of_request=request_id)
    return Ward(*row) if row else None


def add_old_enough(tx: Transaction, visitor_id: str) -> None:
    """Note that somebody is old enough, unless more is known of them already."""
    nothing = {"birth_date": None, "request_id": None, "consent": None}
    tx.all(_OLD_ENOUGH, visitor_id=visitor_id, standing="old_enough", changed_at=tx.now, **nothing)


def add_child(tx: Transaction, visitor_id: str, born: date, request_id: str) -> None:
    """Note a child whose guardian is asked by a request to the privacy contact."""
    tx.all(
        _CHILD,
        visitor_id=visitor_id,
        standing="asked",
        birth_date=tx.seal(visitor_id, _w.birth_date, visitor_id, born.isoformat()),
        request_id=request_id,
        consent=None,
        changed_at=tx.now,
    )


def move(tx: Transaction, visitor_id: str, to: Standing, consent: bytes | None) -> None:
    tx.all(_MOVE, of_visitor=visitor_id, to_standing=to, new_consent=consent, now=tx.now)


def forget(tx: Transaction, request_id: str) -> None:
    """Delete what is known of a child by a request, unless there is consent."""
    tx.all(_FORGET, of_request=request_id)


def sealed(tx: Transaction, visitor_id: str, consent: GuardianConsent) -> bytes:
    text = msgspec.json.encode(consent).decode()
    return tx.seal(visitor_id, _w.consent, visitor_id, text)


def consent_of(tx: Transaction, ward: Ward) -> GuardianConsent | None:
    if ward.consent is None:
        return None
    opened = tx.open(ward.visitor_id, _w.consent, ward.visitor_id, ward.consent)
    return msgspec.json.decode(opened, type=GuardianConsent)


def born(tx: Transaction, ward: Ward) -> date | None:
    if ward.birth_date is None:
        return None
    opened = tx.open(ward.visitor_id, _w.birth_date, ward.visitor_id, ward.birth_date)
    return date.fromisoformat(opened)
