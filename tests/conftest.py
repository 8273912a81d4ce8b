"""Fixtures: one real server for most tests, a shop of one's own for each that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import silkroad.beyond
import silkroad.parts
from silkroad.engines.database import learn
from silkroad.privacy import consent, holdings, policy
from tests.cast import Member, Shop, open_shop, set_up, sign_up
from tests.depth import DEPTHS, deep_enough
from tests.fakes.s3 import S3
from tests.harness.engines import Engine, names
from tests.harness.memory import InMemory
from tests.harness.nats import Nats
from tests.harness.people import everybody_leaves, present
from tests.harness.postgres import Postgres
from tests.harness.server import Server
from tests.outcomes import Outcomes

LONG = {
    "test_clause_proofs",
    "test_contact_pages",
    "test_devices",
    "test_door",
    "test_guardian_pages",
    "test_invitations",
    "test_isolation",
    "test_kill",
    "test_openapi",
    "test_page",
    "test_power",
    "test_privacy_contact",
    "test_push_apart",
    "test_push_services",
    "test_questions",
    "test_releases",
    "test_timing",
    "test_two_nodes",
    "test_xss",
}
"""What is begun first, so that nobody waits for one of them at last."""

LATER = {
    "test_bad_input",
    "test_consent",
    "test_every_note_is_on_some_page_however_many_there_are",
    "test_exceptions",
    "test_isolation",
    "test_kill",
    "test_privacy_contact",
    "test_publishing",
    "test_two_windows",
}
"""What takes long on one database is run on the second one when it counts."""


def pytest_configure(config: pytest.Config) -> None:
    """Let one process of a run write down what came of the tests, and say where they write."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes(config))
        if not deep_enough("prove"):
            config.pluginmanager.register(InMemory())


learn(  # for tests that run actions without a server
    silkroad.parts.DECLARATIONS, silkroad.beyond.held_in("audit", silkroad.beyond.BEYOND)
)
holdings.learn(silkroad.parts.DECLARATIONS)
policy.learn(silkroad.parts.DECLARATIONS, silkroad.beyond.DECLARATIONS)
consent.learn(silkroad.parts.DECLARATIONS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for a greater depth than was asked for; begin with what takes longest."""
    deeper = [
        item
        for item in items
        if any(item.get_closest_marker(mark) and not deep_enough(mark) for mark in DEPTHS[1:])
        or (is_later(item) and not deep_enough("prove"))
    ]
    config.hook.pytest_deselected(items=deeper)
    items[:] = [item for item in items if item not in deeper]
    items.sort(key=lambda item: item.path.stem not in LONG)


def is_later(item: pytest.Item) -> bool:
    """Whether this is the second database of a test that takes long, or of a file of them."""
    names = {item.path.stem, item.name.partition("[")[0]}
    return "postgresql" in item.name and bool(names & LATER)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for all tests that need one; each asks it for a fresh database."""
    with Postgres() as running:
        yield running


@pytest.fixture(scope="session")
def nats() -> Iterator[Nats]:
    """A nats-server for all tests that need one."""
    with Nats() as running:
        yield running


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """A store of files for all tests that need one; each asks it for an empty bucket."""
    with S3() as running:
        yield running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that needs a server on the databases that it has to hold on."""
    if "engine" in metafunc.fixturenames:
        kinds = names(metafunc.definition, deep=deep_enough("prove"))
        metafunc.parametrize("engine", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """The database that this run of a test is on."""
    kind: str = request.param
    on_postgres = kind == "postgresql"
    return Engine(kind, request.getfixturevalue("postgres") if on_postgres else None)


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    """Send home whom a test has brought; those of a fixture that lasts longer stay."""
    here = present()
    yield
    everybody_leaves(but=here)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Server]:
    """A server that is set up; every test makes its own workspace on it."""
    with Server(tmp_path_factory.mktemp("server") / "data", on=engine) as running:
        set_up(running)
        yield running
        assert running.stop() == 0


@pytest.fixture(scope="session")
def in_china(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Server]:
    """The same, on a server that says it stands in China."""
    data = tmp_path_factory.mktemp("china") / "data"
    with Server(data, on=engine, region="cn") as running:
        set_up(running, "cn")
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
def own_server(tmp_path: Path, engine: Engine) -> Iterator[Server]:
    """A server that one test has for itself, to kill it or to move its clock."""
    with Server(tmp_path / "data", on=engine) as running:
        set_up(running)
        yield running


@pytest.fixture
def own_slow(tmp_path: Path) -> Iterator[Shop]:
    """A shop on a server with the ordinary limit of frames."""
    with Server(tmp_path / "data", frames_per_second="20") as running:
        set_up(running)
        yield open_shop(running)
