"""Access that ends at one node is gone at the other within five seconds, with every hint lost. S5.

The trials are those of one node, see tests/attacks. The node that has to notice has its bus behind
a proxy: with ``hints`` it hears of what happens, with ``no-hints`` every word to it is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.attacks import test_revocation as on_one_node
from tests.attacks.endings import (
    ENDS_A_SESSION,
    archived,
    forgotten,
    out_by_the_inbox,
    out_by_the_member,
    taken_over,
)
from tests.attacks.revocation import Nodes
from tests.attacks.test_wakes_in_flight import nobody_is_woken_without_access
from tests.cast import Shop, VisitorOf, open_shop, set_up
from tests.depth import deep_enough
from tests.fakes.faults import dropped
from tests.fakes.nats_messages import Messages
from tests.fakes.proxy import Proxy
from tests.fakes.push_service import PushService
from tests.push.world import Time, World

from .cluster import Cluster, Shared

WITHIN = 5.0  # seconds
AT_EVERY_CHANGE = {"signed_out", "removed", "out_by_the_inbox", "forgotten", "archived"}


class ClusterWorld(World):
    """A world in which time passes at every node."""

    cluster: Cluster

    def let_pass(self, seconds: float) -> None:
        for node in self.cluster.nodes[1:]:
            node.let_pass(round(seconds * 1000))
        super().let_pass(seconds)


@pytest.fixture(scope="module")
def bus(shared: Shared) -> Iterator[Proxy]:
    with Proxy("127.0.0.1", shared.nats.port, Messages) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, shared: Shared, bus: Proxy
) -> Iterator[ClusterWorld]:
    time, folder = Time(), tmp_path_factory.mktemp("revocation") / "nodes"
    with PushService(time) as service, Cluster(folder, shared, nodes=0) as cluster:
        cluster.add_node(private_targets=service.origin)
        set_up(
            cluster.add_node(private_targets=service.origin, bus_url=f"nats://127.0.0.1:{bus.port}")
        )
        world = ClusterWorld(cluster.nodes[0], service, time)
        world.cluster = cluster
        yield world


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """At every change the harder case: nothing is told to the node that has to notice."""
    if "hints" in metafunc.fixturenames:
        ways = [True, False] if deep_enough("prove") else [False]
        metafunc.parametrize("hints", ways, ids=lambda hints: "hints" if hints else "no-hints")


@pytest.fixture
def nodes(world: ClusterWorld, bus: Proxy, hints: bool) -> Iterator[Nodes]:
    if not hints:
        dropped(bus)
    acts, sees = world.cluster.nodes
    yield Nodes(acts, sees, WITHIN)
    bus.heal()


@pytest.fixture
def shop(world: ClusterWorld) -> Shop:
    return open_shop(world.server)


def some(every: Iterable[Callable[..., None]]) -> pytest.MarkDecorator:
    """Parametrize a test with endings: with these few at every change, and with all to prove."""
    return pytest.mark.parametrize(
        "ends",
        [
            pytest.param(
                ends,
                id=ends.__name__,
                marks=[] if ends.__name__ in AT_EVERY_CHANGE else pytest.mark.prove,
            )
            for ends in every
        ],
    )


@some(ENDS_A_SESSION)
def test_all_that_a_session_opened_is_shut(
    shop: Shop, nodes: Nodes, ends: Callable[[Shop], None]
) -> None:
    on_one_node.test_all_that_a_session_opened_is_shut(shop, nodes, ends)


@some([out_by_the_member, out_by_the_inbox])
def test_what_an_inbox_held_is_shut_with_it(
    shop: Shop, nodes: Nodes, ends: Callable[[Shop], None]
) -> None:
    on_one_node.test_what_an_inbox_held_is_shut_with_it(shop, nodes, ends)


@pytest.mark.prove
def test_who_is_an_administrator_no_more_manages_nothing(shop: Shop, nodes: Nodes) -> None:
    on_one_node.test_who_is_an_administrator_no_more_manages_nothing(shop, nodes)


@some([forgotten, archived, taken_over])
def test_what_a_visitor_had_is_shut(
    shop: Shop, nodes: Nodes, ends: Callable[[Shop, VisitorOf], None]
) -> None:
    on_one_node.test_what_a_visitor_had_is_shut(shop, nodes, ends)


def test_what_is_not_ended_stays(shop: Shop, nodes: Nodes) -> None:
    on_one_node.test_what_is_not_ended_stays(shop, nodes)


def test_what_was_agreed_to_ends_with_the_consent(shop: Shop, nodes: Nodes) -> None:
    on_one_node.test_what_was_agreed_to_ends_with_the_consent(shop, nodes)


def test_a_download_that_has_begun_may_end_and_no_other_begins(shop: Shop, nodes: Nodes) -> None:
    on_one_node.test_a_download_that_has_begun_may_end_and_no_other_begins(shop, nodes)


@pytest.mark.prove
@pytest.mark.usefixtures("nodes")
def test_who_lost_access_is_not_woken_any_more(world: ClusterWorld) -> None:
    """Whichever node takes up the wake."""
    nobody_is_woken_without_access(world)
