"""Two nodes write in the same workspaces at once: in order, without gaps, and to an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor, wait
from random import Random
from typing import Any

import psycopg
import pytest

from silkroad.engines.database import Database, Fact, Transaction, World, outbox
from silkroad.engines.database.committer import Committer, Order
from silkroad.engines.database.postgres import PostgresStore
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.scope import system
from tests.depth import by_depth
from tests.harness.postgres import Urls

WORKSPACES = ("wsp_a", "wsp_b", "wsp_c")
ACTIONS = by_depth(merge=200, prove=2_000, soak=20_000)  # on each node
PEOPLE = 16
WITHIN = by_depth(merge=60, prove=300, soak=3_000)


class Counted(Fact, frozen=True):
    """Somebody counted one up."""

    who: str


@pytest.fixture(autouse=True)
def _known() -> None:
    outbox.decode.learn(Counted)


def count_up(tx: Transaction, *, refused: bool = False) -> int:
    """Read a number, and write it down one higher: where two do so at once, an update is lost."""
    tx.emit(Counted(tx.scope.workspace_id))
    found = outbox.unseen(tx, "counter", 0).position
    outbox.move_to(tx, "counter", found + 1)
    if refused:
        raise refuse("forbidden")
    return found + 1


def count_up_in_both(tx: Transaction, other: str, *, refused: bool = False) -> None:
    count_up(tx)
    with tx.within(other):
        count_up(tx, refused=refused)


def count_up_elsewhere_first(tx: Transaction, other: str) -> None:
    with tx.within(other):
        count_up(tx)
    count_up(tx)


def tell_elsewhere(tx: Transaction, other: str) -> None:
    """Touch the other workspace only in what is written down at the end."""
    with tx.within(other):
        tx.audit("bell.rung", other)


def count_up_there_quietly(tx: Transaction, other: str) -> None:
    """Count where no fact's number would notice that two did so at once: only the lock does."""
    with tx.within(other):
        outbox.move_to(tx, "quiet", outbox.position(tx, "quiet") + 1)


@pytest.fixture
async def nodes(urls: Urls, world: World) -> AsyncIterator[list[Database]]:
    """Two servers' databases, on one PostgreSQL."""
    both = [Database(PostgresStore(urls.app), world) for _ in range(2)]
    yield both
    for node in both:
        await node.close()
    world.keyring.close()


async def _one_by_one(tries: list[Coroutine[Any, Any, object]]) -> set[str]:
    """Do one after the other, so that there are many commits, and return the refusals."""
    codes = set()
    for one in tries:
        try:
            await one
        except Refusal as no:
            codes.add(no.code)
    return codes


@pytest.mark.anyio
async def test_two_nodes_lose_no_update_and_leave_no_gap(nodes: list[Database], urls: Urls) -> None:
    expected, quiet = dict.fromkeys(WORKSPACES, 0), dict.fromkeys(WORKSPACES, 0)
    rng = Random(7)
    tries: list[Coroutine[Any, Any, object]] = []
    for node in nodes:
        for _ in range(ACTIONS):
            here, there = rng.sample(WORKSPACES, 2)
            scope, refused = system(here), rng.random() < 0.2
            match rng.randrange(5):
                case 0:
                    tries.append(node.write(scope, count_up, refused=refused))
                    expected[here] += not refused
                case 1:
                    tries.append(node.write(scope, count_up_in_both, there, refused=refused))
                    expected[here] += not refused
                    expected[there] += not refused
                case 2:
                    tries.append(node.write(scope, count_up_elsewhere_first, there))
                    expected[here] += 1
                    expected[there] += 1
                case 3:
                    tries.append(node.write(scope, count_up_there_quietly, there))
                    quiet[there] += 1
                case _:
                    tries.append(node.write(scope, tell_elsewhere, there))
    async with asyncio.timeout(WITHIN):
        said = await asyncio.gather(*(_one_by_one(tries[n::PEOPLE]) for n in range(PEOPLE)))
    assert set().union(*said) == {"forbidden"}
    assert counted(urls) == expected
    assert counted(urls, "quiet") == quiet
    assert numbered(urls) == {w: list(range(1, n + 1)) for w, n in expected.items()}
    assert last(urls) == expected


def test_a_refused_visit_leaves_the_others_feed_as_another_node_moved_it(
    urls: Urls, world: World
) -> None:
    """The visit is undone, and its lock with it; what it had seen there is old by the commit."""
    store = PostgresStore(urls.app)
    left, right = (store.open(writes=True) for _ in range(2))
    elsewhere = Committer(right, world)

    def visit(tx: Transaction) -> None:
        count_up_in_both(tx, "wsp_b", refused=True)

    def let_the_other_node_write(tx: Transaction) -> None:
        count_up(tx)
        (outcome,) = elsewhere.commit([_order("wsp_b", count_up)]).outcomes
        assert outcome.failure is None

    batch = Committer(left, world).commit(
        [_order("wsp_a", visit), _order("wsp_a", let_the_other_node_write)]
    )
    refused, done = (outcome.failure for outcome in batch.outcomes)
    assert isinstance(refused, Refusal)
    assert done is None
    assert last(urls) == {"wsp_a": 1, "wsp_b": 1}
    assert elsewhere.commit([_order("wsp_b", count_up)]).outcomes[0].result == 2
    assert numbered(urls)["wsp_b"] == [1, 2]
    left.close()
    right.close()


def test_who_visits_where_another_node_writes_waits_and_sees_what_it_left(
    urls: Urls, world: World
) -> None:
    store = PostgresStore(urls.app)
    here, there = (store.open(writes=True) for _ in range(2))
    there.begin({"wsp_b"})
    visit = Order(system("wsp_a"), count_up_there_quietly, ("wsp_b",), {}, None)
    with ThreadPoolExecutor(1) as pool:
        visited = pool.submit(Committer(here, world).commit, [visit])
        assert wait({visited}, 0.5).not_done, "it did not wait for the one who was there first"
        there.execute("INSERT INTO consumers VALUES ('wsp_b', 'quiet', 5)", (), "wsp_b")
        there.commit()
        (outcome,) = visited.result(5).outcomes
    assert outcome.failure is None
    assert counted(urls, "quiet") == {"wsp_b": 6}
    here.close()
    there.close()


def test_an_action_gets_every_workspace_that_it_asks_for_though_each_is_busy(
    urls: Urls, world: World
) -> None:
    """As one that tells something to all companies: busy ones are waited for, however many."""
    store, many = PostgresStore(urls.app), [f"wsp_{n}" for n in range(12)]
    here, busy = store.open(writes=True), [store.open(writes=True) for _ in many]
    for other, workspace_id in zip(busy, many, strict=True):
        other.begin({workspace_id})

    def everywhere(tx: Transaction) -> None:
        for workspace_id in many:
            count_up_there_quietly(tx, workspace_id)

    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(Committer(here, world).commit, [_order("wsp_a", everywhere)])
        for other in busy:
            assert wait({told}, 0.1).not_done
            other.roll_back()
        (outcome,) = told.result(10).outcomes
    assert outcome.failure is None
    assert counted(urls, "quiet") == dict.fromkeys(many, 1)
    for connection in (here, *busy):
        connection.close()


def _order(workspace_id: str, action: Callable[..., Any]) -> Order:
    return Order(system(workspace_id), action, (), {}, None)


def counted(urls: Urls, consumer: str = "counter") -> dict[str, int]:
    found = _ask(urls, "SELECT workspace_id, consumer, position FROM consumers")
    return {workspace_id: number for workspace_id, who, number in found if who == consumer}


def last(urls: Urls) -> dict[str, int]:
    return dict(_ask(urls, "SELECT workspace_id, last FROM feeds"))


def numbered(urls: Urls) -> dict[str, list[int]]:
    """Return the numbers of each feed in the order in which they were written."""
    written = "SELECT workspace_id, array_agg(number ORDER BY row) FROM facts GROUP BY 1"
    return dict(_ask(urls, written))


def _ask(urls: Urls, sql: str) -> list[Any]:
    with psycopg.connect(urls.superuser) as connection:
        return connection.execute(sql).fetchall()
