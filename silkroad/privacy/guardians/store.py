"""The tables of age gates and wards. What a guardian writes is sealed under the child's key."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

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
    sealed_under,
)
from silkroad.kit.languages import Language

from .model import GuardianConsent, Standing
from .model import is_child as too_young
from .model import of_age_by as year_over

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
    Column("notice_hash", Text),
    Column("language", Text),
    Column("changed_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "request_id"),
    info=sealed_under("visitor_id", "visitor_id"),
)

_w = wards.c
_SEEN = (
    _w.visitor_id,
    _w.standing,
    _w.birth_date,
    _w.consent,
    _w.notice_hash,
    _w.language,
)
_ASKS = Statement(select(age_gates.c.asks).where(mine(age_gates)))
_SET = Upsert(age_gates, ("workspace_id",), ("asks", "changed_at"))
_OF = Statement(select(*_SEEN).where(mine(wards), _w.visitor_id == bindparam("of_visitor")))
_CHILDREN = Statement(select(_w.visitor_id).where(mine(wards), _w.standing != "old_enough"))
_BY_REQUEST = Statement(select(*_SEEN).where(mine(wards), _w.request_id == bindparam("of_request")))
_OLD_ENOUGH = Upsert(wards, ("workspace_id", "visitor_id"))
_CHILD = Upsert(
    wards,
    ("workspace_id", "visitor_id"),
    (
        "standing",
        "birth_date",
        "request_id",
        "consent",
        "notice_hash",
        "language",
        "changed_at",
    ),
)
_MOVE = Statement(
    update(wards)
    .where(mine(wards), _w.visitor_id == bindparam("of_visitor"))
    .values(
        standing=bindparam("to_standing"),
        consent=bindparam("new_consent"),
        notice_hash=bindparam("new_notice"),
        language=bindparam("new_language"),
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


_UNWRITTEN = {"consent": None, "notice_hash": None, "language": None}


class Ward(NamedTuple):
    """Somebody whose age is known; birth date and consent are still sealed.

    ``notice_hash`` and ``language`` are of what the guardian had before them when they wrote.
    """

    visitor_id: str
    standing: Standing
    birth_date: bytes | None
    consent: bytes | None
    notice_hash: str | None
    language: Language | None


def asks(tx: Transaction) -> bool:
    row = tx.one(_ASKS)
    return bool(row and row[0])


def set_gate(tx: Transaction, *, to: bool) -> None:
    tx.all(_SET, asks=1 if to else 0, changed_at=tx.now)


def of(tx: Transaction, visitor_id: str) -> Ward | None:
    row = tx.one(_OF, of_visitor=visitor_id)
    return Ward(*row) if row else None


def children(tx: Transaction) -> set[str]:
    return {row[0] for row in tx.all(_CHILDREN)}


def by_request(tx: Transaction, request_id: str) -> Ward | None:
    row = tx.one(_BY_REQUEST, of_request=request_id)
    return Ward(*row) if row else None


def add_old_enough(tx: Transaction, visitor_id: str) -> None:
    """Note that somebody is old enough, unless more is known of them already."""
    nothing = {"birth_date": None, "request_id": None, **_UNWRITTEN}
    tx.all(_OLD_ENOUGH, visitor_id=visitor_id, standing="old_enough", changed_at=tx.now, **nothing)


def add_child(tx: Transaction, visitor_id: str, born: date, request_id: str) -> None:
    """Note a child whose guardian is asked by a request to the privacy contact."""
    tx.all(
        _CHILD,
        visitor_id=visitor_id,
        standing="asked",
        birth_date=tx.seal(visitor_id, _w.birth_date, visitor_id, born.isoformat()),
        request_id=request_id,
        changed_at=tx.now,
        **_UNWRITTEN,
    )


def move(tx: Transaction, ward: Ward, to: Standing) -> None:
    """Let a ward stand so from now on, with what it says of the guardian's consent."""
    tx.all(
        _MOVE,
        of_visitor=ward.visitor_id,
        to_standing=to,
        new_consent=ward.consent,
        new_notice=ward.notice_hash,
        new_language=ward.language,
        now=tx.now,
    )


def forget(tx: Transaction, request_id: str) -> None:
    """Delete what is known of a child by a request, unless there is consent."""
    tx.all(_FORGET, of_request=request_id)


def sealed(tx: Transaction, visitor_id: str, consent: GuardianConsent) -> bytes:
    text = msgspec.json.encode(consent).decode()
    return tx.seal(visitor_id, _w.consent, visitor_id, text)


def consent_of(tx: Transaction, ward: Ward) -> GuardianConsent | None:
    """Return what a guardian wrote, revealed."""
    if ward.consent is None:
        return None
    written = tx.reveal(ward.visitor_id, _w.consent, ward.visitor_id, ward.consent)
    return msgspec.json.decode(written, type=GuardianConsent)


def is_by_parent(tx: Transaction, ward: Ward) -> bool:
    """Whether it is a parent who wrote; their words are shown to nobody."""

    def says_so(written: str) -> bool:
        return msgspec.json.decode(written, type=GuardianConsent).relationship == "parent"

    place = ward.visitor_id, _w.consent, ward.visitor_id
    return ward.consent is not None and tx.asked(*place, ward.consent, says_so)


def of_age_by(tx: Transaction, ward: Ward) -> int:
    """Return by when a child is of age (ms), no closer than that; 0 where nobody knows."""
    if ward.birth_date is None:
        return 0
    return tx.asked(*_born(ward, ward.birth_date), lambda day: year_over(date.fromisoformat(day)))


def is_child(tx: Transaction, ward: Ward) -> bool:
    """Whether somebody is under age now; their birth date is shown to nobody."""
    if ward.birth_date is None:
        return False
    return tx.asked(
        *_born(ward, ward.birth_date), lambda day: too_young(date.fromisoformat(day), tx.now)
    )


def _born(ward: Ward, sealed: bytes) -> tuple[str, Column[Any], str, bytes]:
    return ward.visitor_id, _w.birth_date, ward.visitor_id, sealed
