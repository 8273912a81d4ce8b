"""One installation of two nodes for the tests in this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Shop, open_shop, set_up
from tests.fakes.s3 import S3
from tests.harness.nats import Nats
from tests.harness.postgres import Postgres

from .cluster import Cluster, Shared


@pytest.fixture(scope="session")
def shared(postgres: Postgres, nats: Nats, s3: S3) -> Shared:
    return Shared(postgres, nats, s3)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, shared: Shared) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster") / "nodes", shared) as running:
        set_up(running.nodes[-1])  # the newest link is the one that works
        yield running


@pytest.fixture
def shop(cluster: Cluster) -> Shop:
    """A shop whose administrator and Arta are at the first node, and Wei at the second."""
    shop = open_shop(cluster.nodes[0])
    shop.wei.goes_to(cluster.nodes[1])
    return shop
