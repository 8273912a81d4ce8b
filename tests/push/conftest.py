"""A server whose operator vouches for a push service on loopback, and time that can be let pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import set_up
from tests.fakes.push_service import PushService
from tests.harness.server import Server
from tests.push.world import Time, World


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for most tests; each has shops of its own in it."""
    yield from a_world(tmp_path_factory.mktemp("push") / "data")


@pytest.fixture
def own_world(tmp_path: Path) -> Iterator[World]:
    """A world that one test has for itself: to plan what the push service says, or to kill it."""
    yield from a_world(tmp_path / "data")


@pytest.fixture
def server(world: World) -> Server:
    """The server on which shops open."""
    return world.server


def a_world(data: Path) -> Iterator[World]:
    time = Time()
    with PushService(time) as service:
        server = Server(data, private_targets=service.origin)
        set_up(server)
        yield World(server, service, time)
        if server.process.poll() is None:
            assert server.stop() == 0
