"""A server of its own for the proof of the document, since everything on it may be deleted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import set_up
from tests.fakes.push_service import PushService
from tests.harness.people import everybody_leaves, present
from tests.harness.server import Server
from tests.push.world import Time, World

from .callers import Callers


@pytest.fixture(autouse=True)
def _nobody_stays() -> None:
    """Let the callers stay between the tests."""


@pytest.fixture(scope="module")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    here, time = present(), Time()
    data = tmp_path_factory.mktemp("contract") / "data"
    with PushService(time) as service, Server(data, private_targets=service.origin) as server:
        set_up(server)
        yield Callers(World(server, service, time))
        everybody_leaves(but=here)
        assert server.stop() == 0
