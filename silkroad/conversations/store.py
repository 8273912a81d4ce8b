"""Tables and SQL of conversations, messages and read marks."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import (
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    update,
)

from silkroad.engines.database import Row, Statement, Transaction, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    metadata,
)

from .messages.store import messages
from .model import ConversationState, Course
from .reads.store import reads

conversations = Table(
    "conversations",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("inbox_id", Text, nullable=False),
    Column("visitor_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("snoozed_until", BigInteger),
    Column("assignee_id", Text),
    Column("waiting_since", BigInteger),
    Column("last_seq", Integer, nullable=False),
    Column("last_internal", Integer, nullable=False),
    Column("visitor_total", Integer, nullable=False),
    Column("visitor_read_seq", Integer, nullable=False),
    Column("agent_read_seq", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "inbox_id", "visitor_id"),
    Index(None, "workspace_id", "updated_at", "id"),
    Index(None, "workspace_id", "visitor_id"),
    ForeignKeyConstraint(["workspace_id", "inbox_id"], ["inboxes.workspace_id", "inboxes.id"]),
    ForeignKeyConstraint(["workspace_id", "visitor_id"], ["visitors.workspace_id", "visitors.id"]),
)

_c, _m, _r = conversations.c, messages.c, reads.c
_this = (mine(conversations), _c.id == bindparam("conversation_id"))
_mark = and_(
    _r.workspace_id == _c.workspace_id,
    _r.conversation_id == _c.id,
    _r.member_id == bindparam("member_id"),
)

# sending: these run for every message

FIND = Statement(
    select(
        _c.inbox_id,
        _c.visitor_id,
        _c.state,
        _c.assignee_id,
        _c.last_seq,
        _c.visitor_total,
        _m.lane,
        _m.seq,
        _m.position,
        _m.at,
    )
    .select_from(
        conversations.outerjoin(
            messages,
            and_(
                _m.workspace_id == _c.workspace_id,
                _m.client_id == bindparam("client_id"),
                _m.author_id == bindparam("author_id"),
                # this way round PostgreSQL cannot think of walking the conversation instead
                _m.conversation_id.concat(literal_column("''")) == _c.id,
            ),
        )
    )
    .where(*_this)
)
_NEXT_FROM_VISITOR = Statement(
    update(conversations)
    .where(*_this)
    .values(
        last_seq=bindparam("seq"),
        visitor_total=bindparam("total"),
        visitor_read_seq=bindparam("seq"),
        waiting_since=func.coalesce(_c.waiting_since, bindparam("at")),
        state=literal("open"),
        snoozed_until=null(),
        updated_at=bindparam("at"),
    )
)
_NEXT_FROM_MEMBER = Statement(
    update(conversations)
    .where(*_this)
    .values(
        last_seq=bindparam("seq"),
        agent_read_seq=bindparam("seq"),
        waiting_since=null(),
        updated_at=bindparam("at"),
    )
)
_NEXT_INTERNAL = Statement(
    update(conversations)
    .where(*_this)
    .values(last_internal=_c.last_internal + 1)
    .returning(_c.last_internal, _c.visitor_total)
)
# one conversation

_START = insert_into(conversations)
_OF_VISITOR = Statement(
    select(_c.id).where(
        mine(conversations),
        _c.inbox_id == bindparam("inbox_id"),
        _c.visitor_id == bindparam("visitor_id"),
    )
)
_ONE = Statement(select(conversations).where(*_this))
_SET_STATE = Statement(
    update(conversations)
    .where(*_this)
    .values(
        state=bindparam("new_state"),
        snoozed_until=bindparam("until"),
        waiting_since=case((bindparam("new_state") == "closed", null()), else_=_c.waiting_since),
        updated_at=bindparam("at"),
    )
)
_SET_ASSIGNEE = Statement(
    update(conversations)
    .where(*_this)
    .values(assignee_id=bindparam("new_assignee"), updated_at=bindparam("at"))
)
_OF_ASSIGNEE = Statement(
    select(_c.id, _c.inbox_id).where(
        mine(conversations), _c.assignee_id == bindparam("member_id"), _c.state != "closed"
    )
)
_SET_VISITOR_READ = Statement(
    update(conversations).where(*_this).values(visitor_read_seq=bindparam("seq"))
)
_SET_AGENT_READ = Statement(
    update(conversations).where(*_this).values(agent_read_seq=bindparam("seq"))
)

# lists

# how conversations went, without a word of them

_between = (_c.created_at >= bindparam("since"), _c.created_at < bindparam("until"))
_COURSES = Statement(
    select(
        _c.visitor_id,
        _c.state,
        _c.created_at,
        func.max(_m.at),
        func.min(case((_m.author_kind == "member", _m.at))),
        func.count(),
    )
    .join(
        messages,
        and_(_m.workspace_id == _c.workspace_id, _m.conversation_id == _c.id),
    )
    .where(mine(conversations), *_between, _m.lane == "public", _m.at < bindparam("until"))
    .group_by(_c.id, _c.visitor_id, _c.state, _c.created_at)
    .order_by(_c.created_at, _c.id)
)

_BEGAN = Statement(
    select(func.count()).where(
        mine(conversations), *_between, _c.visitor_id == bindparam("of_visitor")
    )
)

_reached = or_(
    bindparam("everywhere") == 1, _c.inbox_id.in_(bindparam("inbox_ids", expanding=True))
)
_FILTERS: dict[str, Any] = {
    "mine": and_(_c.state == "open", _c.assignee_id == bindparam("member_id")),
    "unassigned": and_(_c.state == "open", _c.assignee_id.is_(None)),
    "all": _c.state != "closed",
    "waiting": and_(_c.state == "open", _c.waiting_since.is_not(None)),
    "closed": _c.state == "closed",
}
_unread = and_(_c.state != "closed", _c.visitor_total > func.coalesce(_r.visitor_total, 0))


def _list(name: str) -> Statement:
    """Return the statement of one filter: newest first, after the cursor's time and id."""
    return Statement(
        select(conversations, _r.seq, _r.visitor_total)
        .select_from(conversations.outerjoin(reads, _mark))
        .where(
            mine(conversations),
            _FILTERS[name],
            _c.last_seq > 0,
            _reached,
            or_(bindparam("inbox_id") == "", _c.inbox_id == bindparam("inbox_id")),
            tuple_(_c.updated_at, _c.id) < tuple_(bindparam("before_at"), bindparam("before_id")),
        )
        .order_by(_c.updated_at.desc(), _c.id.desc())
        .limit(bindparam("most"))
    )


_LISTS = {name: _list(name) for name in _FILTERS}
_COUNTS = Statement(
    select(
        *(func.count(case((_FILTERS[name], 1))) for name in _FILTERS),
        func.count(case((_unread, 1))),
    )
    .select_from(conversations.outerjoin(reads, _mark))
    .where(mine(conversations), _c.last_seq > 0, _reached)
)


class Place(NamedTuple):
    """A conversation as sending sees it, and the message that has this client id, if any."""

    inbox_id: str
    visitor_id: str
    state: str
    assignee_id: str | None
    last_seq: int
    visitor_total: int
    lane: str | None
    seq: int | None
    position: int | None
    at: int | None


class ConversationRow(NamedTuple):
    """A conversation's row."""

    workspace_id: str
    id: str
    inbox_id: str
    visitor_id: str
    state: ConversationState
    snoozed_until: int | None
    assignee_id: str | None
    waiting_since: int | None
    last_seq: int
    last_internal: int
    visitor_total: int
    visitor_read_seq: int
    agent_read_seq: int
    created_at: int
    updated_at: int


def find(tx: Transaction, conversation_id: str, client_id: str | None) -> Place | None:
    row = tx.one(
        FIND, conversation_id=conversation_id, author_id=tx.scope.actor_id, client_id=client_id
    )
    return Place._make(row) if row else None


def next_public(
    tx: Transaction, conversation_id: str, place: Place, *, from_visitor: bool
) -> tuple[int, int]:
    """Take the next sequence number; return it and how many messages the visitor has written."""
    seq = place.last_seq + 1
    if not from_visitor:
        tx.all(_NEXT_FROM_MEMBER, conversation_id=conversation_id, seq=seq, at=tx.now)
        return seq, place.visitor_total
    total = place.visitor_total + 1
    tx.all(_NEXT_FROM_VISITOR, conversation_id=conversation_id, seq=seq, total=total, at=tx.now)
    return seq, total


def next_internal(tx: Transaction, conversation_id: str) -> tuple[int, int]:
    (row,) = tx.all(_NEXT_INTERNAL, conversation_id=conversation_id)
    return row[0], row[1]


def start(tx: Transaction, conversation_id: str, inbox_id: str, visitor_id: str) -> None:
    tx.all(
        _START,
        id=conversation_id,
        inbox_id=inbox_id,
        visitor_id=visitor_id,
        state="open",
        snoozed_until=None,
        assignee_id=None,
        waiting_since=None,
        last_seq=0,
        last_internal=0,
        visitor_total=0,
        visitor_read_seq=0,
        agent_read_seq=0,
        created_at=tx.now,
        updated_at=tx.now,
    )


def of_visitor(tx: Transaction, inbox_id: str, visitor_id: str) -> str | None:
    row = tx.one(_OF_VISITOR, inbox_id=inbox_id, visitor_id=visitor_id)
    return row[0] if row else None


def one(tx: Transaction, conversation_id: str) -> ConversationRow | None:
    row = tx.one(_ONE, conversation_id=conversation_id)
    return ConversationRow(*row) if row else None


def set_state(tx: Transaction, conversation_id: str, state: str, until: int | None) -> None:
    tx.all(_SET_STATE, conversation_id=conversation_id, new_state=state, until=until, at=tx.now)


def set_assignee(tx: Transaction, conversation_id: str, member_id: str | None) -> None:
    tx.all(_SET_ASSIGNEE, conversation_id=conversation_id, new_assignee=member_id, at=tx.now)


def open_of(tx: Transaction, member_id: str) -> list[tuple[str, str]]:
    """Return id and inbox of the conversations that a member still has to see to."""
    return [(row[0], row[1]) for row in tx.all(_OF_ASSIGNEE, member_id=member_id)]


def set_visitor_read(tx: Transaction, conversation_id: str, seq: int) -> None:
    tx.all(_SET_VISITOR_READ, conversation_id=conversation_id, seq=seq)


def set_agent_read(tx: Transaction, conversation_id: str, seq: int) -> None:
    tx.all(_SET_AGENT_READ, conversation_id=conversation_id, seq=seq)


def listed(
    tx: Transaction, name: str, inbox_id: str, before: tuple[int, str], most: int
) -> list[tuple[ConversationRow, int, int]]:
    """Return rows of one filter with the caller's read mark (sequence, visitor total)."""
    rows = tx.all(
        _LISTS[name],
        **_reach(tx),
        inbox_id=inbox_id,
        before_at=before[0],
        before_id=before[1],
        most=most,
    )
    width = len(ConversationRow._fields)
    return [(ConversationRow(*r[:width]), r[width] or 0, r[width + 1] or 0) for r in rows]


def courses(tx: Transaction, since: int, until: int) -> list[Course]:
    """Return how the conversations went that began between two times (ms), as far as the second.

    Without those of whoever was not told yet that this is done.
    """
    return [
        Course(visitor_id, state == "closed", began_at, last_at, answered_at, count)
        for visitor_id, state, began_at, last_at, answered_at, count in tx.all_told(
            _COURSES, since=since, until=until
        )
    ]


def began_between(tx: Transaction, visitor_id: str, since: int, until: int) -> bool:
    """Whether a visitor began to talk between two times (ms)."""
    (row,) = tx.all(_BEGAN, of_visitor=visitor_id, since=since, until=until)
    return bool(row[0])


def counts(tx: Transaction) -> Row:
    (row,) = tx.all(_COUNTS, **_reach(tx))
    return row


def _reach(tx: Transaction) -> dict[str, Any]:
    reached = tx.scope.inbox_ids
    return {
        "member_id": tx.scope.actor_id,
        "everywhere": 1 if reached is None else 0,
        "inbox_ids": list(reached or ()),
    }
