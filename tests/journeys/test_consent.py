"""A visitor lets themselves be woken, and takes it back in the middle: no wake comes after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Shop, question, receipt, takes_back
from tests.harness.engines import Engine
from tests.harness.people import client_id
from tests.harness.server import Server
from tests.push.world import World, a_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[World]:
    yield from a_world(tmp_path_factory.mktemp("consent") / "data", engine)


@pytest.fixture
def server(world: World) -> Server:
    return world.server


def answers(shop: Shop, conversation: str, text: str) -> None:
    path = f"/api/conversations/{conversation}/messages"
    shop.arta.post(path, {"client_id": client_id(), "text": text})


def test_a_visitor_is_woken_until_they_take_it_back(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    phone = world.visitors_device(mira)
    answers(shop, conversation, "It is.")
    world.wakes(phone)
    world.let_pass(31)
    answers(shop, conversation, "And picked by hand.")  # a wake is queued now
    line = mira.line()
    takes_back(mira, "wake_up")
    assert line.hear("changed")["what"] == "consents"
    answers(shop, conversation, "In spring.")  # the line is open, and goes on
    assert line.hear("message")["message"]["text"] == "In spring."
    line.close()
    world.let_pass(60)
    answers(shop, conversation, "Every year.")
    world.wakes_nobody(phone)
    assert len(phone.messages) == 1
    assert mira.get(mira.path())["visitor"]["push"] is False
    events = [record["event"] for record in receipt(mira)["records"]]
    assert events == ["requested", "given", "withdrawn"]


@pytest.mark.prove
def test_an_agent_is_woken_until_they_take_it_back(world: World, shop: Shop) -> None:
    laptop, desk = world.device(shop.arta), world.device(shop.wei)
    shop.asks("Is the jasmine tea organic?")
    world.wakes(laptop)
    world.wakes(desk)
    shop.asks("Anybody?")  # wakes are queued now, for both
    takes_back(shop.arta, "wake_up")
    world.wakes(desk, 2)
    world.wakes_nobody(laptop)
    assert (question(shop.arta)["state"], question(shop.wei)["state"]) == ("withdrawn", "given")


@pytest.mark.prove
def test_after_a_new_yes_wakes_come_again(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    world.visitors_device(mira)
    takes_back(mira, "wake_up")
    world.wakes_nobody()
    phone = world.visitors_device(mira)
    answers(shop, conversation, "It is.")
    world.wakes(phone)
