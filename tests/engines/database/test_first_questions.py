"""What an action announces as its first question is the question that it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import silkroad.parts
from silkroad.conversations import actions
from silkroad.conversations.model import NewMessage
from silkroad.engines.database import Store, Transaction, World
from silkroad.engines.database.driver import Connection, Row
from silkroad.engines.database.foresight import ANNOUNCED, first_of, question_of
from silkroad.engines.database.ledger import Ledger
from silkroad.engines.database.orders import Order
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system

ARGUMENTS: dict[Callable[..., Any], tuple[Any, ...]] = {
    actions.send_message: ("cnv_x", NewMessage(client_id="client-id", text="Hello")),
    actions.mark_read: ("cnv_x", 3),
}

assert silkroad.parts.DECLARATIONS


def test_every_announcement_is_tried_here() -> None:
    ours = {action for action in ANNOUNCED if action.__module__.startswith("silkroad.")}
    assert ours == ARGUMENTS.keys()


@pytest.mark.parametrize("action", ARGUMENTS, ids=lambda action: action.__name__)
def test_the_first_question_is_the_announced_one(
    store: Store, world: World, action: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection: Connection = store.open(writes=True)
    asked: list[tuple[str, Row, str]] = []
    execute = connection.execute

    def heard(sql: str, parameters: Row, workspace_id: str) -> list[Row]:
        asked.append((sql, parameters, workspace_id))
        return execute(sql, parameters, workspace_id)

    monkeypatch.setattr(connection, "execute", heard)
    scope: Scope = system("wsp_a", Purpose.CONVERSATION)
    order = Order(scope, action, ARGUMENTS[action], {}, None)
    connection.begin([scope.workspace_id])
    connection.mark()
    tx = Transaction(connection, world, scope, world.keyring.held, Ledger(connection))
    with pytest.raises(Refusal):
        action(tx, *order.arguments)
    first = first_of(order)
    assert first
    assert asked == [question_of(first, scope, connection.dialect)]
    connection.close()
