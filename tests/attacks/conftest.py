"""A street with two neighbours and an operator, shared by the tests that change nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import set_up
from tests.fakes.push_service import PushService
from tests.harness.people import everybody_leaves, present
from tests.harness.server import Server
from tests.installation.operator import operator
from tests.push.world import Time, World

from .enterprise import Street


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    """Send home whom a test has brought; the street's own people stay."""
    here = present()
    yield
    everybody_leaves(but=here)


@pytest.fixture(scope="package")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    here = present()
    time = Time()
    with PushService(time) as service:
        server = Server(tmp_path_factory.mktemp("street") / "data", private_targets=service.origin)
        set_up(server)
        yield Street(World(server, service, time), operator(server))
        everybody_leaves(but=here)
        assert server.stop() == 0
