"""What actions are sure to ask first, asked for all the actions of a commit at once.

On a database that is spoken to over a connection, each question is a wait of its own; the ones that
are known before anything runs can share one (measured: see docs/decisions/024). An action says what
it asks, and what it is about. The answer holds as long as no action before it in the same commit
was about the same thing, or about nobody knows what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, ParamSpec, TypeVar

from silkroad.kit.scope import Scope

from .driver import Connection, Question, Row
from .orders import Order
from .statement import WORKSPACE, Statement

P = ParamSpec("P")
R = TypeVar("R")


class First(NamedTuple):
    """An action's first question. Of all that such questions ask, it changes only ``about``."""

    about: str
    statement: Statement
    values: Mapping[str, Any]


ANNOUNCED: dict[Callable[..., Any], Callable[..., First]] = {}
"""Each action that says what it asks first."""


def asks_first(first: Callable[..., First]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say what an action asks first; ``first`` takes the scope and what the action takes."""

    def declare(action: Callable[P, R]) -> Callable[P, R]:
        ANNOUNCED[action] = first
        return action

    return declare


class Answered(NamedTuple):
    """A question and its rows."""

    question: Question
    rows: list[Row]


class Foresight:
    """The answers for the actions of one commit, handed out in their order."""

    def __init__(self, connection: Connection, orders: list[Order]) -> None:
        self._about: set[str] = set()
        self._known: dict[int, Answered] = {}
        asked: list[tuple[int, Question]] = []
        if connection.answers_together and len(orders) > 1:
            for order in orders:
                first = first_of(order)
                if first is None or first.about in self._about:
                    break  # from here on answers would not hold
                self._about.add(first.about)
                asked.append((id(order), question_of(first, order.scope, connection.dialect)))
        if len(asked) > 1:
            answers = connection.execute_together([question for _, question in asked])
            for (order_id, question), rows in zip(asked, answers, strict=True):
                if rows is not None:
                    self._known[order_id] = Answered(question, rows)

    def of(self, order: Order) -> Answered | None:
        """Return what is known for an action, if anything is."""
        return self._known.get(id(order))


def first_of(order: Order) -> First | None:
    first = ANNOUNCED.get(order.action)
    return first(order.scope, *order.arguments, **order.named) if first else None


def question_of(first: First, scope: Scope, dialect: str) -> Question:
    values = {**first.values, WORKSPACE: scope.workspace_id}
    return Question(*first.statement.on(dialect).bound(values), scope.workspace_id)
