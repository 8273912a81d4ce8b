"""A node that is cut off from the database or the bus, one way or both: nothing lost, soon healed.

Nodes never speak to each other, so a partition between them is one of a node from what they share.
Proxies stand before the PostgreSQL and the NATS of one of three nodes, and go bad under writers at
all of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from tests.cast import Shop, VisitorOf, open_shop, set_up
from tests.depth import by_depth
from tests.fakes.faults import OF_BYTES, OF_MESSAGES, Fault
from tests.fakes.nats_messages import Messages
from tests.fakes.proxy import Proxy
from tests.faults.history import History
from tests.faults.reckoning import everything
from tests.faults.trades import Writer
from tests.harness.people import Refused

from .cluster import Cluster, Shared

FOR_SECONDS = by_depth(1.0, 10.0, 30.0)
HEALED_WITHIN = 10.0
LONG = 8.0  # seconds of silence after which somebody has to be told
TYPED = {"storage_failed", "unavailable", "internal"}


class Apart:
    """A cluster whose last node has its database and its bus behind proxies."""

    def __init__(self, cluster: Cluster, shop: Shop, database: Proxy, bus: Proxy) -> None:
        self.cluster, self.shop, self.database, self.bus = cluster, shop, database, bus
        self.alone = cluster.nodes[-1]


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory, shared: Shared) -> Iterator[Apart]:
    with (
        Cluster(tmp_path_factory.mktemp("apart") / "nodes", shared) as cluster,
        Proxy("127.0.0.1", shared.postgres.port) as database,
        Proxy("127.0.0.1", shared.nats.port, Messages) as bus,
    ):
        node = cluster.add_node(
            database_url=cluster.by_way_of(database.port, "database_url"),
            keyring_url=cluster.by_way_of(database.port, "keyring_url"),
            database_owner_url="",
            bus_url=f"nats://127.0.0.1:{bus.port}",
        )
        set_up(node)
        yield Apart(cluster, open_shop(cluster.nodes[0]), database, bus)
        database.heal()
        bus.heal()


Talk = tuple[VisitorOf, str]
KINDS = [("database", fault) for fault in OF_BYTES]
KINDS += [("bus", fault) for fault in OF_BYTES + OF_MESSAGES]
AT_EVERY_CHANGE = {("database", "reset"), ("bus", "hears_nothing")}
CASES = [
    pytest.param(
        which,
        fault,
        id=f"{which}-{fault.__name__}",
        marks=[] if (which, fault.__name__) in AT_EVERY_CHANGE else pytest.mark.prove,
    )
    for which, fault in KINDS
]


@pytest.mark.parametrize(("which", "fault"), CASES)
def test_nothing_is_lost_or_doubled_and_all_is_healed_soon(
    apart: Apart, which: str, fault: Fault
) -> None:
    history = History()
    writers: list[Talk] = []
    for node in apart.cluster.nodes:
        visitor, conversation = apart.shop.asks("first", f"writer{len(writers)}")
        history.try_to_send(conversation, "first-words")
        visitor.goes_to(node)
        writers.append((visitor, conversation))
    proxy: Proxy = getattr(apart, which)
    healed = asyncio.run(under_fault(proxy, fault, writers, history))
    assert healed <= HEALED_WITHIN
    for visitor, conversation in writers:
        visitor.goes_to(apart.cluster.nodes[0])
        stored = everything(visitor, visitor.path("/messages"))
        assert history.faults(conversation, stored) == []
        assert len(stored) > 1, "nobody wrote: this proves nothing"


async def under_fault(proxy: Proxy, fault: Fault, writers: list[Talk], history: History) -> float:
    """Let them write while a proxy is bad; return how long its node took to be well again."""
    enough = asyncio.Event()
    writing = [
        asyncio.create_task(Writer([visitor], history, conversation).work_until(enough))
        for visitor, conversation in writers
    ]
    await asyncio.sleep(0.3)
    await asyncio.to_thread(fault, proxy)
    await asyncio.sleep(FOR_SECONDS)
    await asyncio.to_thread(proxy.heal)
    began, alone = time.monotonic(), writers[-1][1]
    before = len(history.acknowledged.get(alone, {}))
    while len(history.acknowledged.get(alone, {})) == before:
        assert time.monotonic() - began < 3 * HEALED_WITHIN, "it is not well again"
        await asyncio.sleep(0.02)
    healed = time.monotonic() - began
    enough.set()
    await asyncio.gather(*writing)
    return healed


@pytest.mark.prove
def test_who_writes_into_silence_is_told_so(apart: Apart) -> None:
    visitor, _conversation = apart.shop.asks("first", "patient")
    visitor.goes_to(apart.alone)
    apart.database.black_hole()
    began = time.monotonic()
    with pytest.raises(Refused) as no:
        visitor.post(visitor.path("/messages"), {"client_id": "into-silence", "text": "?"})
    assert no.value.code in TYPED
    assert time.monotonic() - began < 2 * LONG
    apart.database.heal()
