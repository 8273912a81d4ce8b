"""A street with two neighbours and an operator, shared by the tests that change nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.cast import set_up
from tests.depth import deep_enough
from tests.fakes.push_service import PushService
from tests.harness.engines import Engine
from tests.harness.people import everybody_leaves, present
from tests.harness.server import Server
from tests.installation.operator import operator
from tests.push.world import Time, World

from . import stored
from .enterprise import Street

Opens = Callable[..., Server]
"""Opens a server: ``(data, **settings)``, as ``Server`` does."""

ENGINES = ("sqlite", "postgresql")
"""The databases that all of it is tried on when it counts; at every change it is the first."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say on which databases a test's street stands."""
    if "engine_server" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("sqlite") is not None
        kinds = ENGINES if deep_enough("prove") and not only else ENGINES[:1]
        metafunc.parametrize("engine_server", kinds, indirect=True, scope="package")


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    """Send home whom a test has brought; the street's own people stay."""
    here = present()
    yield
    everybody_leaves(but=here)


@pytest.fixture(scope="package")
def engine_server(request: pytest.FixtureRequest) -> Opens:
    """Return what opens a server on the database that is tried."""
    kind: str = request.param
    postgres = request.getfixturevalue("postgres") if kind == "postgresql" else None
    return partial(Server, on=Engine(kind, postgres))


@pytest.fixture(scope="package")
def street(engine_server: Opens, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with a_street(engine_server, tmp_path_factory.mktemp("street") / "data") as founded:
        yield founded


@pytest.fixture
def _unchanged(street: Street) -> Iterator[None]:
    """What we have stays as it was."""
    before = stored.rows_about(street.server, street.ours.private)
    yield
    after = stored.rows_about(street.server, street.ours.private)
    assert stored.changes(before, after) == []


@pytest.fixture(scope="module")
def leaky(engine_server: Opens, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A street on a server with holes in it, see leaky.py."""
    program = ("tests.attacks.leaky",)
    data = tmp_path_factory.mktemp("leaky") / "data"
    with a_street(engine_server, data, program=program) as founded:
        yield founded


@contextmanager
def a_street(opens: Opens, data: Path, **settings: object) -> Iterator[Street]:
    """Open a server, a push service beside it, and both enterprises."""
    here, time = present(), Time()
    with PushService(time) as service:
        server = opens(data, private_targets=service.origin, **settings)
        set_up(server)
        yield Street(World(server, service, time), operator(server))
        everybody_leaves(but=here)
        assert server.stop() == 0
