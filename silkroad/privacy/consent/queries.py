"""What somebody sees of their consents: how they stand to each purpose, and their receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args

from silkroad.engines.database import Transaction
from silkroad.kit.clock import SECOND
from silkroad.kit.inventory import CONSENT_NEEDS, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.parties import Parties
from silkroad.privacy import policy

from . import store
from .acceptances import store as acceptances
from .grants import store as grants
from .model import (
    SCHEMA,
    ConsentItem,
    ConsentList,
    ConsentPurpose,
    ConsentRecord,
    MediaGrants,
    Receipt,
    ReceiptText,
    Standing,
    state_of,
)
from .notice import notice
from .phrases import WORDS, ReceiptWords

PURPOSES: tuple[ConsentPurpose, ...] = get_args(ConsentPurpose)


def standing_of(
    tx: Transaction, subject_id: str, language: Language, parties: Parties
) -> ConsentList:
    """Return every purpose with the question that belongs to it; a stranger answered none."""
    known = store.standings(tx, subject_id)
    items = [
        _item(tx, purpose, [s for s in known if s.purpose == purpose], language, parties)
        for purpose in PURPOSES
    ]
    return ConsentList(items, acceptances.of(tx, subject_id))


def _item(
    tx: Transaction,
    purpose: ConsentPurpose,
    standings: list[Standing],
    language: Language,
    parties: Parties,
) -> ConsentItem:
    living = [standing for standing in standings if standing.lives(tx.now)]
    telling = living or standings
    return ConsentItem(
        purpose=purpose,
        state=state_of(standings, tx.now),
        since=max((s.at for s in telling), default=None),
        expires_at=min((s.expires_at for s in living if s.expires_at), default=None),
        recipients=sorted(s.recipient for s in living if s.recipient),
        in_use=CONSENT_NEEDS[Purpose(purpose)].in_use,
        notice=notice(purpose, language, parties.controller),
    )


def grants_of(tx: Transaction, subject_id: str) -> MediaGrants:
    """Return somebody's newest media grants."""
    return MediaGrants(grants.of(tx, subject_id))


def receipt(tx: Transaction, subject_id: str, language: Language, parties: Parties) -> Receipt:
    """Return everything that somebody answered, for programs and in words."""
    records = store.records(tx, subject_id)
    shown = policy.questions(tx, (record.notice_hash for record in records))
    return Receipt(
        schema_version=SCHEMA,
        issued_at=tx.now,
        language=language,
        records=records,
        texts=[ReceiptText(*one) for one in shown],
        text="\n".join(_lines(records, shown, language, parties, tx.now)),
    )


def _lines(
    records: list[ConsentRecord],
    shown: list[policy.Shown],
    language: Language,
    parties: Parties,
    now: int,
) -> Iterator[str]:
    words = WORDS[language].receipt
    yield words.title.replace("{date}", _date(now))
    yield _filled(words.controller, controller=parties.controller, region=parties.region)
    if not records:
        yield words.none
    for record in records:
        yield ""
        yield from _entry(words, record, language)
    for text in shown:
        yield from ("", _filled(words.text, hash=text.hash, language=text.language), text.text)


def _entry(words: ReceiptWords, record: ConsentRecord, language: Language) -> Iterator[str]:
    yield _filled(
        words.entry,
        date=_date(record.at),
        title=_title(record, language),
        event=words.events[record.event],
        method=words.methods[record.method],
    )
    if record.recipient:
        yield _filled(words.goes, recipient=record.recipient)
    yield _filled(
        words.notice,
        hash=record.notice_hash,
        language=record.language,
        record=record.record_id,
    )
    if record.expires_at is not None:
        yield words.until.replace("{date}", _date(record.expires_at))


def _title(record: ConsentRecord, language: Language) -> str:
    words = WORDS[language]
    if record.purpose == "conversation":
        return words.receipt.for_child
    return words.questions[record.purpose].title


def _filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _date(at: int) -> str:
    return datetime.fromtimestamp(at / SECOND, UTC).strftime("%Y-%m-%d %H:%M UTC")
