"""Fixtures: one real server for most tests, a shop of one's own for each that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Member, Shop, open_shop, set_up, sign_up
from tests.harness.people import everybody_leaves
from tests.harness.server import Server


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    yield
    everybody_leaves()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is set up; every test makes its own workspace on it."""
    with Server(tmp_path_factory.mktemp("server") / "data") as running:
        set_up(running)
        yield running
        assert running.stop() == 0


@pytest.fixture
def shop(server: Server) -> Shop:
    """A shop with an administrator and two agents."""
    return open_shop(server)


@pytest.fixture
def stranger(server: Server) -> Member:
    """The administrator of another enterprise."""
    return sign_up(server, "Rival Ltd", "Roland")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that one test has for itself, to kill it or to move its clock."""
    with Server(tmp_path / "data") as running:
        set_up(running)
        yield running


@pytest.fixture
def own_slow(tmp_path: Path) -> Iterator[Shop]:
    """A shop on a server with the ordinary limit of frames."""
    with Server(tmp_path / "data", frames_per_second="20") as running:
        set_up(running)
        yield open_shop(running)
