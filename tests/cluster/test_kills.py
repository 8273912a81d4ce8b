"""Two nodes under fifty clients: who loses one goes on at the other, and nothing is lost."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import set_up
from tests.faults import below
from tests.faults.company import FIFTY, idle, neighbours
from tests.faults.fire import ANY, at, under_fire
from tests.faults.reckoning import faults

from .cluster import Cluster, Shared

KILLS = 40
SUDDEN = [at("before_commit"), at("after_commit")] * 5


@pytest.fixture
def own_cluster(tmp_path: Path, shared: Shared) -> Iterator[Cluster]:
    with Cluster(tmp_path / "nodes", shared) as running:
        set_up(running.nodes[-1])
        yield running


@pytest.mark.prove
@pytest.mark.timeout(1500)
def test_kills_of_nodes_lose_nothing_and_double_nothing(own_cluster: Cluster) -> None:
    companies = neighbours(own_cluster.nodes, *FIFTY)
    assert sum(len(company.clients) for company in companies) == 50
    kills = [ANY] * (KILLS - 1) + SUDDEN
    random.Random(5).shuffle(kills)
    ready = under_fire(companies, [ANY, *kills])
    print(f"ready again after {statistics.median(ready):.2f} s")
    assert idle(companies) == set(), "this proves nothing"
    for company in companies:
        assert faults(company, own_cluster.nodes[0]) == []
    assert below.faults(own_cluster.nodes[0]) == []
