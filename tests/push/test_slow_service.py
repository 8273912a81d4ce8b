"""A push service that lets us wait before it listens hears nothing of who has changed their mind.

Between taking a wake up and sending it lie a name, a connection and a handshake, which take as long
as the other side likes. Clauses 1.7, 4.2: what was taken back ends, also when it is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.endings import (
    agrees_no_more,
    device_removed,
    out_by_the_inbox,
    signed_out,
    taken_back,
)
from tests.cast import Shop, VisitorOf, open_shop, set_up
from tests.fakes.certificates import identity
from tests.fakes.push_service import PushService
from tests.harness.people import client_id
from tests.harness.server import Server

from .world import SETTLED, Time, World

CALLS_WITHIN = 10.0  # seconds


@pytest.fixture
def slow_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world whose push service has a handshake, and takes it when the test says so."""
    tls, _ = identity(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
    time = Time()
    with PushService(time, tls=tls) as service:
        service.listens.clear()
        with Server(tmp_path / "data", private_targets=service.origin) as server:
            yield World(server, service, time, set_up(server))
            service.listens.set()
            assert server.stop() == 0


def is_called(world: World) -> None:
    """Let the wake that waits be taken up, and a push service be called that does not listen."""
    world.let_pass(SETTLED)
    assert world.service.called.wait(CALLS_WITHIN)


def listens(world: World) -> None:
    """Let the push service listen, and all that was under way come to its end."""
    world.service.listens.set()
    world.server.rest()


def test_who_still_agrees_is_woken_late(slow_world: World) -> None:
    shop = open_shop(slow_world.server)
    phone = slow_world.device(shop.arta)
    shop.asks("Anybody there?")
    is_called(slow_world)
    listens(slow_world)
    assert len(phone.messages) == 1


@pytest.mark.parametrize("ends", [agrees_no_more, device_removed, signed_out, out_by_the_inbox])
def test_not_a_byte_follows_a_members_no(slow_world: World, ends: Callable[[Shop], None]) -> None:
    shop = open_shop(slow_world.server)
    phone = slow_world.device(shop.arta)
    shop.asks("Anybody there?")
    is_called(slow_world)
    ends(shop)
    listens(slow_world)
    assert slow_world.service.seen == []
    slow_world.let_pass(60)
    slow_world.server.rest()
    assert phone.messages == []


def test_not_a_byte_follows_a_visitors_no(slow_world: World) -> None:
    shop, visitor = answered(slow_world)
    is_called(slow_world)
    taken_back(shop, visitor)
    listens(slow_world)
    assert slow_world.service.seen == []


def test_not_a_byte_follows_the_end_of_a_push_service(slow_world: World) -> None:
    shop, _ = answered(slow_world)
    is_called(slow_world)
    shop.admin.delete("/api/processors/own_push")
    listens(slow_world)
    assert slow_world.service.seen == []


def answered(world: World) -> tuple[Shop, VisitorOf]:
    """Let a visitor who has gone away be answered."""
    shop = open_shop(world.server)
    visitor, conversation = shop.asks("Anybody there?")
    world.visitors_device(visitor)
    answer = {"client_id": client_id(), "text": "Yes"}
    shop.arta.post(f"/api/conversations/{conversation}/messages", answer)
    return shop, visitor
