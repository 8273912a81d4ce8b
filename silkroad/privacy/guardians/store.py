"""The tables of age gates and wards. What is known of a child is sealed under the child's key.

What a guardian writes has a key of its own below that one, which is destroyed when it is deleted.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Row, Statement, Transaction, Upsert, mine
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
from silkroad.privacy import erasures

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
    Column("consent_key", Text),
    Column("notice_hash", Text),
    Column("language", Text),
    Column("changed_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "request_id"),
    info=sealed_under("visitor_id", "visitor_id", apart=("consent_key",)),
)

_w = wards.c
_SEEN = (
    _w.visitor_id,
    _w.standing,
    _w.birth_date,
    _w.consent,
    _w.consent_key,
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
        "consent_key",
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
        consent_key=bindparam("new_consent_key"),
        notice_hash=bindparam("new_notice_hash"),
        language=bindparam("new_language"),
        changed_at=bindparam("now"),
    )
)
_BY_UNGIVEN = (
    mine(wards),
    _w.request_id == bindparam("of_request"),
    _w.standing != "given",
)
_FORGET = Statement(delete(wards).where(*_BY_UNGIVEN))
_KEY_OF_UNGIVEN = Statement(select(_w.consent_key).where(*_BY_UNGIVEN).with_for_update())
_KEY = Statement(
    select(_w.consent_key)
    .where(mine(wards), _w.visitor_id == bindparam("of_visitor"))
    .with_for_update()
)

_UNWRITTEN = {"consent": None, "consent_key": None, "notice_hash": None, "language": None}


class Ward(NamedTuple):
    """Somebody whose age is known; birth date and consent are still sealed.

    ``notice_hash`` and ``language`` are of what the guardian had before them when they wrote.
    """

    visitor_id: str
    standing: Standing
    birth_date: bytes | None
    consent: bytes | None
    consent_key: str | None
    notice_hash: str | None
    language: Language | None

    def unwritten(self) -> Ward:
        """Return the ward without what a guardian has written."""
        return self._replace(consent=None, consent_key=None, notice_hash=None, language=None)


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
    _shred(tx, tx.one(_KEY, of_visitor=visitor_id), None)
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
    _shred(tx, tx.one(_KEY, of_visitor=ward.visitor_id), ward.consent_key)
    tx.all(
        _MOVE,
        of_visitor=ward.visitor_id,
        to_standing=to,
        new_consent=ward.consent,
        new_consent_key=ward.consent_key,
        new_notice_hash=ward.notice_hash,
        new_language=ward.language,
        now=tx.now,
    )


def forget(tx: Transaction, request_id: str) -> None:
    """Delete what is known of a child by a request, unless there is consent."""
    _shred(tx, tx.one(_KEY_OF_UNGIVEN, of_request=request_id), None)
    tx.all(_FORGET, of_request=request_id)


def _shred(tx: Transaction, row: Row | None, kept: str | None) -> None:
    """Let the key be destroyed of what a guardian had written, unless it is still there. 9b."""
    if row and row[0] and row[0] != kept:
        erasures.shred(tx, row[0])


def written(tx: Transaction, ward: Ward, consent: GuardianConsent) -> Ward:
    """Return the ward with what a guardian writes, sealed under a key of its own."""
    key_id, text = tx.new_id("gdn"), msgspec.json.encode(consent).decode()
    tx.mint(key_id, ward.visitor_id)
    sealed = tx.seal(key_id, _w.consent, ward.visitor_id, text)
    return ward._replace(consent=sealed, consent_key=key_id)


def consent_of(tx: Transaction, ward: Ward) -> GuardianConsent | None:
    """Return what a guardian wrote, revealed."""
    if ward.consent is None or ward.consent_key is None:
        return None
    written = tx.reveal(ward.consent_key, _w.consent, ward.visitor_id, ward.consent)
    return msgspec.json.decode(written, type=GuardianConsent)


def is_by_parent(tx: Transaction, ward: Ward) -> bool:
    """Whether it is a parent who wrote; their words are shown to nobody."""

    def says_so(written: str) -> bool:
        return msgspec.json.decode(written, type=GuardianConsent).relationship == "parent"

    if ward.consent is None or ward.consent_key is None:
        return False
    return tx.asked(ward.consent_key, _w.consent, ward.visitor_id, ward.consent, says_so)


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
