"""A server whose operator vouches for a push service on loopback, and time that can be let pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.server import Server
from tests.push.world import World, a_world


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
