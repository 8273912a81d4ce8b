"""The tables of exceptions. What was given as grounds is sealed under the workspace's key."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, func, or_, select, update

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.kit.inventory import DataClass, Purpose

from .model import (
    KINDS,
    ExceptionDraft,
    ExceptionRecord,
    Grounds,
    Living,
    state_of,
)
from .uses import store as uses

exceptions = Table(
    "exceptions",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("grounds", LargeBinary, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("everybody", Integer, nullable=False),
    Column("barred", Integer, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("expires_at", BigInteger, nullable=False),
    Column("ended_by", Text),
    Column("ended_at", BigInteger),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"]),
    Index(None, "workspace_id", "purpose"),
)
exception_subjects = Table(
    "exception_subjects",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("exception_id", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    ForeignKeyConstraint(
        ["workspace_id", "exception_id"], ["exceptions.workspace_id", "exceptions.id"]
    ),
)
exception_approvals = Table(
    "exception_approvals",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("exception_id", Text, primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "exception_id"], ["exceptions.workspace_id", "exceptions.id"]
    ),
)
_e, _s, _a = exceptions.c, exception_subjects.c, exception_approvals.c
_ONE = (mine(exceptions), _e.id == bindparam("of_id"))
_NOT_OVER = (_e.ended_at.is_(None), _e.expires_at > bindparam("now"))
_LIVING = (*_NOT_OVER, _e.started_at.is_not(None))
_ADD = insert_into(exceptions)
_ADD_SUBJECT = insert_into(exception_subjects)
_ADD_APPROVAL = insert_into(exception_approvals)
_LOCK = Statement(select(_e.id).where(*_ONE).with_for_update())
_GET = Statement(select(exceptions).where(*_ONE))
_LIST = Statement(
    select(exceptions).where(mine(exceptions)).order_by(_e.proposed_at.desc(), _e.id).limit(500)
)
_COUNT_OPEN = Statement(
    select(func.count()).select_from(exceptions).where(mine(exceptions), *_NOT_OVER)
)
_START = Statement(update(exceptions).where(*_ONE).values(started_at=bindparam("now")))
_END = Statement(
    update(exceptions).where(*_ONE).values(ended_at=bindparam("now"), ended_by=bindparam("by"))
)
_SUBJECTS = Statement(
    select(_s.subject_id)
    .where(mine(exception_subjects), _s.exception_id == bindparam("of_id"))
    .order_by(_s.subject_id)
)
_APPROVALS = Statement(
    select(_a.member_id)
    .where(mine(exception_approvals), _a.exception_id == bindparam("of_id"))
    .order_by(_a.at, _a.member_id)
)
_IS_NAMED = (
    select(_s.subject_id)
    .where(
        mine(exception_subjects),
        _s.workspace_id == _e.workspace_id,
        _s.exception_id == _e.id,
        _s.subject_id == bindparam("of_subject"),
    )
    .exists()
)
_COVERING = Statement(
    select(_e.id, _e.code, _e.purpose, _e.data, _e.grounds)
    .where(
        mine(exceptions),
        _e.purpose == bindparam("for_purpose"),
        *_LIVING,
        or_(_e.everybody == 1, _IS_NAMED),
    )
    .order_by(_e.started_at, _e.id)
)


def add(tx: Transaction, exception_id: str, draft: ExceptionDraft) -> None:
    """Write down what is asked for."""
    grounds = msgspec.json.encode(draft.grounds)
    tx.all(
        _ADD,
        id=exception_id,
        code=draft.code,
        grounds=tx.seal(tx.scope.workspace_id, _e.grounds, exception_id, grounds),
        purpose=draft.purpose,
        data=",".join(sorted(set(draft.data))),
        everybody=int(draft.everybody),
        barred=int(draft.barred),
        proposed_by=tx.scope.actor_id,
        proposed_at=tx.now,
        started_at=None,
        expires_at=draft.expires_at,
        ended_by=None,
        ended_at=None,
    )
    for subject_id in sorted(set(draft.subjects)):
        tx.all(_ADD_SUBJECT, exception_id=exception_id, subject_id=subject_id)


def lock(tx: Transaction, exception_id: str) -> None:
    """Let nobody else approve or end an exception until the end of the transaction."""
    tx.one(_LOCK, of_id=exception_id)


def one(tx: Transaction, exception_id: str) -> ExceptionRecord | None:
    row = tx.one(_GET, of_id=exception_id)
    return _record(tx, row) if row else None


def newest(tx: Transaction) -> list[ExceptionRecord]:
    """Return the 500 newest exceptions."""
    return [_record(tx, row) for row in tx.all(_LIST)]


def count_open(tx: Transaction) -> int:
    count: int = tx.all(_COUNT_OPEN, now=tx.now)[0][0]
    return count


def approve(tx: Transaction, exception_id: str) -> None:
    tx.all(_ADD_APPROVAL, exception_id=exception_id, member_id=tx.scope.actor_id, at=tx.now)


def start(tx: Transaction, exception_id: str) -> None:
    tx.all(_START, of_id=exception_id, now=tx.now)


def end(tx: Transaction, exception_id: str) -> None:
    tx.all(_END, of_id=exception_id, now=tx.now, by=tx.scope.actor_id)


def covering(tx: Transaction, subject_id: str, purpose: Purpose) -> list[Living]:
    """Return the living exceptions for a person and a purpose, the oldest first."""
    rows = tx.all(_COVERING, of_subject=subject_id, for_purpose=purpose, now=tx.now)
    return [_living(tx, row) for row in rows]


def _record(tx: Transaction, row: Row) -> ExceptionRecord:
    _, exception_id, code, sealed, purpose, data, everybody, barred, *rest = row
    proposed_by, proposed_at, started_at, expires_at, ended_by, ended_at = rest
    kind = KINDS[code]
    return ExceptionRecord(
        id=exception_id,
        code=code,
        clause=kind.clause,
        state=state_of(started_at, ended_at, expires_at, tx.now),
        grounds=_grounds(tx, exception_id, sealed),
        purpose=Purpose(purpose),
        data=_classes(data),
        everybody=bool(everybody),
        subjects=[found[0] for found in tx.all(_SUBJECTS, of_id=exception_id)],
        barred=bool(barred),
        proposed_by=proposed_by,
        proposed_at=proposed_at,
        approved_by=[found[0] for found in tx.all(_APPROVALS, of_id=exception_id)],
        approvals_needed=kind.approvals,
        started_at=started_at,
        expires_at=expires_at,
        ended_by=ended_by,
        ended_at=ended_at,
        uses=uses.count(tx, exception_id),
    )


def _living(tx: Transaction, row: Row) -> Living:
    exception_id, code, purpose, data, sealed = row
    with_fields = "fields" in KINDS[code].needs
    fields = _grounds(tx, exception_id, sealed).fields if with_fields else ()
    return Living(
        exception_id, code, Purpose(purpose), frozenset(_classes(data)), frozenset(fields)
    )


def _grounds(tx: Transaction, exception_id: str, sealed: bytes) -> Grounds:
    plain = tx.open(tx.scope.workspace_id, _e.grounds, exception_id, sealed)
    return msgspec.json.decode(plain, type=Grounds)


def _classes(data: str) -> list[DataClass]:
    return [DataClass(name) for name in data.split(",")]
