"""What a push service answers: taken, gone, not now, never. And what our own guard says."""

from __future__ import annotations

import pytest

from tests.cast import Shop, open_shop
from tests.fakes.push_service import PushService
from tests.harness.people import client_id
from tests.push.world import World, wake_on


@pytest.fixture
def tea(own_world: World) -> Shop:
    return open_shop(own_world.server)


def asks_again(shop: Shop, person: int) -> None:
    shop.asks(f"Question {person}", f"Visitor {person}")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(own_world: World, tea: Shop, status: int) -> None:
    gone, here = own_world.device(tea.arta), own_world.device(tea.arta)
    gone.unsubscribe(404 if status == 404 else 410)
    tea.asks("Is the jasmine tea organic?")
    own_world.wakes(here)
    own_world.wakes_nobody(gone)
    assert len(tea.arta.get("/api/me/devices")["items"]) == 1


@pytest.mark.prove
def test_when_told_to_wait_we_wait(own_world: World, tea: Shop) -> None:
    phone = own_world.device(tea.arta)
    own_world.service.plan(429, retry_after="120", to=phone)
    tea.asks("Is the jasmine tea organic?")
    own_world.wakes_nobody(phone)
    own_world.let_pass(90)
    own_world.wakes_nobody(phone)
    own_world.let_pass(90)
    own_world.wakes(phone)


@pytest.mark.prove
def test_a_push_service_in_trouble_is_asked_again(own_world: World, tea: Shop) -> None:
    phone = own_world.device(tea.arta)
    own_world.service.plan(503, to=phone)
    own_world.service.plan("reset", to=phone)
    own_world.service.plan(500, to=phone)
    tea.asks("Is the jasmine tea organic?")
    assert len(own_world.wakes(phone, by=30)) == 1


@pytest.mark.prove
def test_what_was_read_meanwhile_is_not_sent_again(own_world: World, tea: Shop) -> None:
    phone = own_world.device(tea.arta)
    own_world.service.plan(429, retry_after="120", to=phone)
    _, conversation = tea.asks("Is the jasmine tea organic?")
    own_world.wakes_nobody(phone)
    tea.arta.put(f"/api/conversations/{conversation}/read", {"seq": 1})
    own_world.let_pass(200)
    own_world.wakes_nobody(phone)


def test_a_newer_message_takes_the_place_of_one_that_waits(own_world: World, tea: Shop) -> None:
    phone = own_world.device(tea.arta)
    own_world.service.plan(429, retry_after="300", to=phone)
    mira, _ = tea.asks("Is the jasmine tea organic?")
    own_world.wakes_nobody(phone)
    own_world.let_pass(60)
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Hello?"})
    own_world.wakes(phone)
    own_world.let_pass(600)
    own_world.wakes_nobody(phone)


@pytest.mark.prove
def test_after_three_rejections_in_a_row_a_device_is_forgotten(own_world: World, tea: Shop) -> None:
    phone = own_world.device(tea.arta)
    for person in range(3):
        assert len(tea.arta.get("/api/me/devices")["items"]) == 1
        own_world.service.plan(400, to=phone)
        asks_again(tea, person)
        own_world.wakes_nobody(phone)
    assert tea.arta.get("/api/me/devices")["items"] == []


def test_a_push_service_that_nobody_vouches_for_any_more_is_never_asked(
    own_world: World, tea: Shop
) -> None:
    phone = own_world.device(tea.arta)
    with PushService(own_world.time) as another:
        own_world.server.stop()
        own_world.server._settings["private_targets"] = another.origin
        own_world.server.start()
        tea.asks("Is the jasmine tea organic?")
        wei = another.subscribe(tea.wei.get("/api/me")["vapid_public_key"])
        wake_on(tea.wei, wei)
        tea.asks("Do you ship to Prizren?")
        own_world.wakes(wei)
        assert phone.messages == []
        assert tea.arta.get("/api/me/devices")["items"] == []
