"""What a cluster loses when a node, or every hint, is lost: nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cast import Shop, open_shop, set_up
from tests.harness.nats import Nats
from tests.harness.people import Line

from .cluster import Cluster, Shared, after_the_greeting

WITHOUT_HINTS = 5.0  # seconds


@pytest.fixture
def own_nats() -> Iterator[Nats]:
    with Nats() as running:
        yield running


@pytest.fixture
def fragile(tmp_path: Path, shared: Shared, own_nats: Nats) -> Iterator[Cluster]:
    """A cluster that one test may break."""
    with Cluster(tmp_path / "nodes", replace(shared, nats=own_nats)) as running:
        set_up(running.nodes[-1])
        yield running


@pytest.fixture
def shop(fragile: Cluster) -> Shop:
    shop = open_shop(fragile.nodes[0])
    shop.wei.goes_to(fragile.nodes[1])
    return shop


def test_without_a_bus_a_message_arrives_within_five_seconds(own_nats: Nats, shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    wei, line = shop.wei.socket(), mira.line()
    own_nats.kill()
    for number in range(3):
        began = time.monotonic()
        assert line.send(conversation, f"line {number}")["t"] == "ack"
        assert after_the_greeting(wei, WITHOUT_HINTS)["message"]["text"] == f"line {number}"
        assert time.monotonic() - began < WITHOUT_HINTS


@pytest.mark.prove
def test_hints_come_again_when_the_bus_does(own_nats: Nats, shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    wei, line = shop.wei.socket(), mira.line()
    own_nats.kill()
    assert line.send(conversation, "while it was away")["t"] == "ack"
    after_the_greeting(wei, WITHOUT_HINTS)
    own_nats.start()
    somebody_is_seen_writing(line, conversation, wei)


@pytest.mark.prove
def test_nodes_that_start_without_a_bus_find_it_when_it_comes(
    tmp_path: Path, own_nats: Nats, shared: Shared
) -> None:
    own_nats.kill()
    with Cluster(tmp_path / "nodes", replace(shared, nats=own_nats)) as cluster:
        set_up(cluster.nodes[-1])
        shop = open_shop(cluster.nodes[0])
        mira, conversation = shop.asks("Hello")
        wei, line = shop.wei.goes_to(cluster.nodes[1]).socket(), mira.line()
        own_nats.start()
        somebody_is_seen_writing(line, conversation, wei)


def test_access_ends_at_the_other_node_within_five_seconds_without_a_bus(
    own_nats: Nats, shop: Shop
) -> None:
    wei = shop.wei.socket()
    own_nats.kill()
    began = time.monotonic()
    shop.admin.delete(f"/api/members/{shop.wei.member_id}")
    assert wei.closes_with() == 4403
    assert time.monotonic() - began < WITHOUT_HINTS


def test_whoever_loses_their_node_goes_on_at_another_and_misses_nothing(
    fragile: Cluster, shop: Shop
) -> None:
    mira, conversation = shop.asks("Hello")
    first, second = fragile.nodes
    line, wei = mira.line(), shop.wei.socket()
    assert line.send(conversation, "before")["t"] == "ack"
    feed = after_the_greeting(wei)["feed"]
    second.kill()
    for number in range(5):
        assert line.send(conversation, f"meanwhile {number}")["t"] == "ack"
    wei = shop.wei.goes_to(first).socket()
    wei.say(t="resume", feed=feed)
    heard = [wei.hear("message")["message"]["text"] for _ in range(5)]
    assert heard == [f"meanwhile {number}" for number in range(5)]
    second.start()
    assert shop.wei.goes_to(second).get("/api/me")["member"]["name"] == "Wei"


@pytest.mark.prove
def test_nodes_are_rolled_one_after_the_other_under_a_conversation(
    fragile: Cluster, shop: Shop
) -> None:
    mira, conversation = shop.asks("Hello")
    for node in fragile.nodes:
        other = next(n for n in fragile.nodes if n is not node)
        line = mira.goes_to(node).line()
        assert line.send(conversation, "before the roll")["t"] == "ack"
        assert node.stop() == 0
        assert line.closes_with() == 1012
        assert mira.goes_to(other).line().send(conversation, "at the other")["t"] == "ack"
        node.start()
    items = mira.get(mira.path("/messages"))["items"]
    assert [item["seq"] for item in items] == [1, 2, 3, 4, 5]


@pytest.mark.prove
def test_colleagues_of_a_dead_node_are_not_shown_as_here_for_long(
    fragile: Cluster, shop: Shop
) -> None:
    arta, _wei = shop.arta.socket(), shop.wei.socket()
    assert arta.hear("presence")["presence"] == "online"
    fragile.nodes[1].kill()
    told = arta.hear("presence", within=20)
    assert told == {"t": "presence", "member": shop.wei.member_id, "presence": "offline"}


def somebody_is_seen_writing(line: Line, conversation: str, ear: Line) -> None:
    """Typing is told by the bus alone, so whoever sees it has a bus."""
    give_up = time.monotonic() + 10
    while True:
        line.say(t="typing", conversation=conversation, on=True)
        if not ear.hears_nothing("typing"):
            return
        assert time.monotonic() < give_up, "the bus is not used"
