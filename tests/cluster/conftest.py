"""One installation of two nodes for the tests in this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Shop, open_shop, set_up
from tests.harness.engines import Engine
from tests.harness.nats import Nats
from tests.harness.postgres import Postgres

from .cluster import Cluster


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, nats: Nats
) -> Iterator[Cluster]:
    data = tmp_path_factory.mktemp("cluster") / "data"
    with Cluster(data, Engine("postgresql", postgres), nats.url) as running:
        set_up(running.nodes[-1])  # the newest link is the one that works
        yield running


@pytest.fixture
def shop(cluster: Cluster) -> Shop:
    """A shop whose administrator and Arta are at the first node, and Wei at the second."""
    shop = open_shop(cluster.nodes[0])
    shop.wei.goes_to(cluster.nodes[1])
    return shop
