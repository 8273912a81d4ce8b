"""A bad network before the push service: no wake is lost, and none is told twice as two.

A push service cannot be asked whether it took a message, so one whose answer was lost is sent
again. It carries the same topic (RFC 8030 §5.4), so that the service keeps one of them, and the
same opaque id, so that the browser shows one notification.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.cast import open_shop, set_up
from tests.fakes.faults import OF_BYTES, Fault, black_hole, said_twice, trickling
from tests.fakes.http_messages import Requests
from tests.fakes.proxy import Proxy
from tests.fakes.push_service import Browser, PushService
from tests.harness.people import client_id
from tests.harness.server import Server

from .world import SETTLED, Time, World, wake_on

UNKNOWN = {"black_hole", "hears_nothing", "says_nothing"}  # it may have been taken
CASES = [pytest.param(f, id=f.__name__) for f in [*OF_BYTES, trickling, said_twice]]
TRIED_WITHIN = 30.0  # seconds; a push service has ten of them to answer
AGAIN = 30  # seconds until the next try, at most


class Apart(NamedTuple):
    """A world whose push service is behind a proxy; another one, ``near``, is not."""

    world: World
    way: Proxy
    near: PushService

    def tried(self) -> int:
        """Return how often a push service was asked, and what came of it is known."""
        return self.world.server.errors.read_text().count("wake_sent")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    time = Time()
    with (
        PushService(time) as service,
        PushService(time) as near,
        Proxy("127.0.0.1", int(service.origin.rpartition(":")[2]), Requests) as way,
    ):
        service.origin = f"http://127.0.0.1:{way.port}"
        data = tmp_path_factory.mktemp("apart") / "data"
        with Server(data, private_targets=f"{service.origin},{near.origin}") as server:
            set_up(server)
            yield Apart(World(server, service, time), way, near)
            way.heal()


@pytest.mark.prove
@pytest.mark.parametrize("fault", CASES)
def test_a_wake_is_delivered_once_all_is_healed(apart: Apart, fault: Fault) -> None:
    shop = open_shop(apart.world.server)
    phone = apart.world.device(shop.arta)
    shop.asks("Hello")
    until_tried(apart)  # a connection is open by now, and may go bad as well
    assert len(phone.messages) == 1
    phone.messages.clear()
    fault(apart.way)
    shop.asks("Is the jasmine tea organic?")
    until_tried(apart)
    apart.way.heal()
    apart.world.wakes(phone, by=AGAIN)
    apart.world.let_pass(AGAIN)
    apart.world.wakes_nobody()  # only waits until all that is due has been judged
    assert len({(message.payload, message.topic) for message in phone.messages}) == 1
    assert len(phone.messages) == 1 or fault.__name__ in UNKNOWN
    copies = ["salt and key serve one message (RFC 8291 §3)"] if fault is said_twice else []
    assert apart.world.service.take_complaints() == copies


def until_tried(apart: Apart) -> None:
    """Let time pass until the push service was asked, and it is known what came of it."""
    before, began = apart.tried(), time.monotonic()
    apart.world.let_pass(SETTLED)
    while apart.tried() == before:
        assert time.monotonic() - began < TRIED_WITHIN, "nobody was told, and nobody gave up"
        time.sleep(0.05)


def test_silence_of_one_push_service_holds_up_neither_texts_nor_others(apart: Apart) -> None:
    shop = open_shop(apart.world.server)
    far = apart.world.device(shop.arta)
    near = apart.near.subscribe(shop.wei.get("/api/me")["vapid_public_key"])
    wake_on(shop.wei, near)
    black_hole(apart.way)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    woken(apart, near)
    assert far.messages == []
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Hello?"})
    apart.way.heal()
    apart.world.wakes(far, by=AGAIN)


def woken(apart: Apart, browser: Browser) -> None:
    apart.world.let_pass(SETTLED)
    browser.wait_for(1, TRIED_WITHIN / 6)
