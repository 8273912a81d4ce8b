"""The ledger of consents, which only grows, and beside it the newest answer to each question.

No statement here changes or deletes a record.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from silkroad.engines.database import Row, Statement, Transaction, Upsert, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    metadata,
)

from .model import EVENTS, ConsentPurpose, ConsentRecord, Recorded, Standing

consents = Table(
    "consents",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("event", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("terms", Text, nullable=False),
    Column("notice_hash", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
)

consent_records = Table(
    "consent_records",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("schema_version", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("controller", LargeBinary, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("notice_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("retention", Text, nullable=False),
    Column("retention_days", Integer),
    Column("jurisdiction", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("withdrawal", Text, nullable=False),
    Column("expires_at", BigInteger),
    Column("relationship", Text),
    Column("evidence", Text),
    Index(None, "workspace_id", "subject_id", "at"),
)

consent_renewals = Table(
    "consent_renewals",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
)

_c = consents.c
_r = consent_records.c
_n = consent_renewals.c
_PUT = Upsert(
    consents,
    ("workspace_id", "subject_id", "purpose", "recipient"),
    ("event", "record_id", "terms", "notice_hash", "at", "expires_at"),
)
_OF = Statement(
    select(
        _c.purpose,
        _c.recipient,
        _c.event,
        _c.record_id,
        _c.terms,
        _c.notice_hash,
        _c.at,
        _c.expires_at,
        _n.since,
    )
    .outerjoin(consent_renewals, (_n.workspace_id == _c.workspace_id) & (_n.purpose == _c.purpose))
    .where(mine(consents), _c.subject_id == bindparam("of_subject"))
)
_RENEW = Upsert(consent_renewals, ("workspace_id", "purpose"), ("since",))
_RENEWED = Statement(
    select(_n.since).where(mine(consent_renewals), _n.purpose == bindparam("of_purpose"))
)
_STALE = Statement(
    select(_c.record_id)
    .where(
        mine(consents),
        _c.purpose == bindparam("of_purpose"),
        _c.event == "given",
        _c.at < bindparam("since"),
    )
    .order_by(_c.at, _c.record_id)
    .limit(bindparam("most"))
)
_OVERTAKEN = Statement(
    select(_c.record_id, _n.since)
    .join(consent_renewals, (_n.workspace_id == _c.workspace_id) & (_n.purpose == _c.purpose))
    .where(
        mine(consents),
        mine(consent_renewals),
        _c.subject_id == bindparam("of_subject"),
        _c.purpose == bindparam("of_purpose"),
        _c.event == "given",
        _c.at < _n.since,
    )
)
_ANSWERED = Statement(
    select(_c.subject_id)
    .distinct()
    .where(
        mine(consents),
        _c.purpose == bindparam("of_purpose"),
        _c.event.in_(("given", "refused", "withdrawn")),
        _c.at >= bindparam("since"),
    )
)
_ADD = insert_into(consent_records)
_ONE = Statement(
    select(consent_records).where(mine(consent_records), _r.id == bindparam("record_id"))
)
_RECORDS = Statement(
    select(consent_records)
    .where(mine(consent_records), _r.subject_id == bindparam("of_subject"))
    .order_by(_r.at)
)


def standings(tx: Transaction, subject_id: str) -> list[Standing]:
    """Return somebody's newest answers, to every purpose and recipient.

    A yes from before the purpose was asked for anew is superseded, whether or not the ledger has
    that written down yet. Clause 8.0b.
    """
    return [_standing(row) for row in tx.all(_OF, of_subject=subject_id)]


def _standing(row: Row) -> Standing:
    *values, since = row
    found = Standing(*values)
    stale = since is not None and found.event == "given" and found.at < since
    return found._replace(event="superseded") if stale else found


def renew(tx: Transaction, purpose: ConsentPurpose, since: int) -> None:
    """Let no yes count any more that was given to this purpose before ``since``.

    What is told late takes back nothing of what was closed meanwhile.
    """
    known = tx.one(_RENEWED, of_purpose=purpose)
    if known is None or known[0] < since:
        tx.all(_RENEW, purpose=purpose, since=since)


def stale(tx: Transaction, purpose: ConsentPurpose, since: int, most: int) -> list[str]:
    """Return records of a yes that does not count any more, and that nothing superseded yet."""
    return [row[0] for row in tx.all(_STALE, of_purpose=purpose, since=since, most=most)]


def overtaken(tx: Transaction, subject_id: str, purpose: Recorded) -> list[tuple[str, int]]:
    """Return somebody's records that ``stale`` would still find, and since when each is."""
    rows = tx.all(_OVERTAKEN, of_subject=subject_id, of_purpose=purpose)
    return [(record_id, since) for record_id, since in rows]


def answered(tx: Transaction, purpose: ConsentPurpose, since: int) -> set[str]:
    """Return who has said yes or no to a purpose since then."""
    return {row[0] for row in tx.all(_ANSWERED, of_purpose=purpose, since=since)}


def standing(
    tx: Transaction, subject_id: str, purpose: Recorded, recipient: str
) -> Standing | None:
    """Return somebody's newest answer about one recipient."""
    return next(
        (
            found
            for found in standings(tx, subject_id)
            if (found.purpose, found.recipient) == (purpose, recipient)
        ),
        None,
    )


def add(tx: Transaction, record: ConsentRecord, terms: str) -> None:
    """Write a record down; it is the newest answer from now on.

    The answer comes first: whoever answers the same question at another node waits for its row.
    """
    tx.all(
        _PUT,
        subject_id=record.subject_id,
        purpose=record.purpose,
        recipient=record.recipient,
        event=record.event,
        record_id=record.record_id,
        terms=terms,
        notice_hash=record.notice_hash,
        at=record.at,
        expires_at=record.expires_at,
    )
    row = msgspec.structs.asdict(record)
    row["id"] = row.pop("record_id")
    row["data"] = msgspec.json.encode(record.data)
    row["controller"] = tx.seal(
        tx.scope.workspace_id, _r.controller, record.record_id, record.controller
    )
    tx.all(_ADD, **row)


def record(tx: Transaction, record_id: str) -> ConsentRecord | None:
    row = tx.one(_ONE, record_id=record_id)
    return _record(tx, row) if row else None


def records(tx: Transaction, subject_id: str) -> list[ConsentRecord]:
    """Return everything that somebody ever answered, the oldest first."""
    found = [_record(tx, row) for row in tx.all(_RECORDS, of_subject=subject_id)]
    return sorted(found, key=lambda record: (record.at, EVENTS.index(record.event)))


def _record(tx: Transaction, row: Row) -> ConsentRecord:
    values = dict(zip(_r.keys(), row, strict=True))
    record_id = values["record_id"] = values.pop("id")
    values["data"] = msgspec.json.decode(values["data"])
    values |= {name: values[name] or "" for name in ("relationship", "evidence")}
    values["controller"] = tx.open(
        values.pop("workspace_id"), _r.controller, record_id, values["controller"]
    )
    return ConsentRecord(**values)
