"""A town that has lived through two months, which takes a while: once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from silkroad.privacy.anonymous import DEFAULT
from tests.cast import set_up
from tests.harness.engines import Engine
from tests.harness.server import Server

from .town import Town, live


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Town]:
    with Server(tmp_path_factory.mktemp("town") / "data", on=engine) as running:
        set_up(running)
        yield live(running)
        assert running.stop() == 0


@pytest.fixture
def town(lived: Town) -> Iterator[Town]:
    """The town as nobody has asked for anything yet, but for months that were given out."""
    yield lived
    for record in lived.admin.get("/api/exceptions")["items"]:
        if record["state"] in {"proposed", "active"}:
            lived.admin.delete(f"/api/exceptions/{record['id']}")
    lived.admin.put("/api/research", {"k": DEFAULT})


@pytest.fixture
def own_town(own_server: Server) -> Town:
    return live(own_server, 6)
