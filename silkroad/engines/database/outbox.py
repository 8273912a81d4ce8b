"""Reading the outbox: the facts after a number, and where each workspace's feed stands."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, select

from .statement import Statement, Upsert, mine
from .tables import consumers, facts, feeds
from .transaction import Committed, Fact, Transaction

_f = facts.c
_AFTER = Statement(
    select(_f.number, _f.body, _f.at)
    .where(mine(facts), _f.number > bindparam("number"))
    .order_by(_f.number)
    .limit(bindparam("most"))
)
_LAST = Statement(select(feeds.c.last).where(mine(feeds)))
_ALL = Statement(
    select(feeds.c.workspace_id, feeds.c.last), across="each node looks at the feeds that it serves"
)
_BEHIND = Statement(
    select(feeds.c.workspace_id)
    .select_from(
        feeds.outerjoin(
            consumers,
            (consumers.c.workspace_id == feeds.c.workspace_id)
            & (consumers.c.consumer == bindparam("consumer")),
        )
    )
    .where((consumers.c.position.is_(None)) | (consumers.c.position < feeds.c.last)),
    across="a consumer of facts works for every workspace",
)
_POSITION = Statement(
    select(consumers.c.position).where(
        mine(consumers), consumers.c.consumer == bindparam("consumer")
    )
)
_MOVE = Upsert(consumers, ("workspace_id", "consumer"), ("position",))


class _Decoder:
    """Decodes the facts of all modules; ``learn`` is told their classes once, at start-up."""

    def __init__(self) -> None:
        self._decode: Any = None

    def learn(self, union: Any) -> None:
        self._decode = msgspec.json.Decoder(union).decode

    def __call__(self, body: bytes) -> Fact:
        fact: Fact = self._decode(body)
        return fact


decode = _Decoder()


class Step(NamedTuple):
    """Facts that a consumer has not seen: after which number, and up to which."""

    start: int
    facts: list[Committed]
    position: int


def facts_after(tx: Transaction, number: int, most: int) -> list[Committed]:
    """Return up to ``most`` facts of this workspace after a number, in order."""
    rows = tx.all(_AFTER, number=number, most=most)
    return [Committed(tx.scope.workspace_id, n, decode(body), None, at) for n, body, at in rows]


def last_number(tx: Transaction) -> int:
    row = tx.one(_LAST)
    return row[0] if row else 0


def all_feeds(tx: Transaction) -> dict[str, int]:
    """Return the newest number of every workspace."""
    return dict(tx.across(_ALL))


def behind(tx: Transaction, consumer: str) -> list[str]:
    """Return the workspaces that have facts which a consumer has not seen."""
    return [row[0] for row in tx.across(_BEHIND, consumer=consumer)]


def unseen(tx: Transaction, consumer: str, most: int) -> Step:
    """Return the next facts for a consumer in this workspace."""
    start = position(tx, consumer)
    found = facts_after(tx, start, most)
    return Step(start, found, found[-1].number if found else start)


def position(tx: Transaction, consumer: str) -> int:
    """Return how far a consumer has come in this workspace."""
    row = tx.one(_POSITION, consumer=consumer)
    return row[0] if row else 0


def move_to(tx: Transaction, consumer: str, position: int) -> None:
    """Note how far a consumer has come, in the same transaction as what it did."""
    tx.all(_MOVE, consumer=consumer, position=position)


def prove_writing(tx: Transaction) -> None:
    """Write one small row over and over: once it is committed, the disk takes what is written."""
    move_to(tx, "readiness", tx.now)
