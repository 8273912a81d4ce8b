"""What is asked ahead for a whole commit is what each action would have been told in its turn."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import bindparam, select, update

from silkroad.engines.database import (
    First,
    Statement,
    Store,
    Transaction,
    World,
    asks_first,
    insert_into,
    mine,
)
from silkroad.engines.database.committer import Committer, Order
from silkroad.engines.database.driver import Connection, Question
from silkroad.engines.database.tables import consumers
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.scope import Scope, system
from tests.depth import by_depth

_THIS = (mine(consumers), consumers.c.consumer == bindparam("name"))
_BEGIN = insert_into(consumers)
_LOOK = Statement(select(consumers.c.position).where(*_THIS))
_STEP = Statement(update(consumers).where(*_THIS).values(position=bindparam("to")))

NAMES = ("ada", "ben", "cem")


def look(tx: Transaction, name: str) -> int:
    row = tx.one(_LOOK, name=name)
    return int(row[0]) if row else -1


def begin(tx: Transaction, name: str) -> int:
    tx.all(_BEGIN, consumer=name, position=0)
    return look(tx, name)


@asks_first(lambda _scope, name: First(name, _LOOK, {"name": name}))
def step(tx: Transaction, name: str) -> int:
    """Answer where it stood before, as the first question said."""
    before = look(tx, name)
    if before < 0:
        raise refuse("not_found")
    tx.all(_STEP, name=name, to=before + 1)
    if before % 3 == 2:
        raise refuse("forbidden")
    return before


def step_all(tx: Transaction, _name: str) -> list[int]:
    """What nobody can foresee: it is about everybody."""
    before = [look(tx, name) for name in NAMES]
    for name, at in zip(NAMES, before, strict=True):
        tx.all(_STEP, name=name, to=at + 10)
    return before


@asks_first(lambda _scope, name: First(name, _LOOK, {"name": name}))
def asks_something_else(tx: Transaction, name: str) -> int:
    """Ask for another than was announced, and only then for the announced one."""
    other = NAMES[(NAMES.index(name) + 1) % len(NAMES)]
    return look(tx, other) * 1000 + look(tx, name)


ACTIONS = (step, step, step, step_all, begin, asks_something_else)


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    opened = store.open(writes=True)
    yield opened
    opened.close()


def an_order(scope: Scope, action: Callable[..., Any], name: str) -> Order:
    return Order(scope, action, (name,), {}, None)


def told(committer: Committer, orders: list[Order]) -> list[Any]:
    """Return what became of each order: its result, or the code of its refusal."""
    return [
        outcome.failure.code if isinstance(outcome.failure, Refusal) else outcome.result
        for outcome in committer.commit(orders).outcomes
    ]


@pytest.mark.parametrize("seed", range(by_depth(6, 30, 30)))
def test_together_is_as_one_after_the_other(
    connection: Connection, world: World, seed: int
) -> None:
    chance = random.Random(seed)
    drawn = [(chance.choice(ACTIONS), chance.choice(NAMES)) for _ in range(40)]
    committer = Committer(connection, world)
    alone, together = system("wsp_a"), system("wsp_b")
    expected = [told(committer, [an_order(alone, *one)])[0] for one in drawn]
    found: list[Any] = []
    while len(found) < len(drawn):
        some = drawn[len(found) : len(found) + chance.randint(1, 12)]
        found += told(committer, [an_order(together, *one) for one in some])
    assert found == expected


def test_what_is_foreseen_is_asked_once_for_all(
    connection: Connection, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    committer = Committer(connection, world)
    scope = system("wsp_a")
    told(committer, [an_order(scope, begin, name) for name in NAMES])
    together: list[list[Question]] = []
    original = connection.execute_together

    def counted(questions: list[Question]) -> list[Any]:
        together.append(questions)
        return original(questions)

    monkeypatch.setattr(connection, "execute_together", counted)
    orders = [an_order(scope, step, name) for name in NAMES]
    assert told(committer, [*orders, an_order(scope, step, "ada")]) == [0, 0, 0, 1]
    expected = [3] if connection.answers_together else []
    assert [len(questions) for questions in together] == expected
    assert told(committer, orders[:1]) == ["forbidden"], "one alone is not worth asking ahead"
    assert len(together) == len(expected)
