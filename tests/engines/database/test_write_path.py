"""The write path: one commit for many, one refusal for one, facts in order and without gaps."""

from __future__ import annotations

import asyncio
import re
from typing import ClassVar

import pytest

from silkroad.engines.database import Committed, Database, Fact, Job, Transaction, outbox, queue
from silkroad.engines.keyring import KeyName
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system

A, B = system("wsp_a"), system("wsp_b")
pytestmark = pytest.mark.anyio


class Rang(Fact, frozen=True):
    """The bell rang."""

    who: str


class RingLater(Job, frozen=True):
    """Ring the bell."""

    purpose: ClassVar[Purpose] = Purpose.TEAMWORK

    who: str


@pytest.fixture(autouse=True)
def _known() -> None:
    outbox.decode.learn(Rang)


def ring(tx: Transaction, who: str, *, refused: bool = False, broken: bool = False) -> int:
    number = tx.emit(Rang(who))
    tx.audit("bell.rung", who)
    tx.enqueue(RingLater(who))
    if refused:
        raise refuse("forbidden")
    if broken:
        raise ZeroDivisionError
    return number


async def test_concurrent_actions_share_commits(db: Database) -> None:
    numbers = await asyncio.gather(*(db.write(A, ring, str(n)) for n in range(500)))
    assert sorted(numbers) == list(range(1, 501))
    assert db.counts.commits < 50


async def test_a_refusal_undoes_only_itself_and_leaves_no_gap(db: Database) -> None:
    told: list[Committed] = []
    db.on_commit = told.extend
    results = await asyncio.gather(
        *(db.write(A, ring, str(n), refused=n % 10 == 3, broken=n % 10 == 7) for n in range(200)),
        return_exceptions=True,
    )
    assert sum(isinstance(r, Refusal) for r in results) == 20
    assert sum(isinstance(r, ZeroDivisionError) for r in results) == 20
    stored = await db.read(A, outbox.facts_after, 0, 1000)
    assert [fact.number for fact in stored] == list(range(1, 161))
    assert [fact.number for fact in told] == list(range(1, 161))
    assert {r for r in results if isinstance(r, int)} == set(range(1, 161))


async def test_each_workspace_counts_for_itself(db: Database) -> None:
    assert [await db.write(A, ring, "a") for _ in range(3)] == [1, 2, 3]
    assert await db.write(B, ring, "b") == 1
    assert [f.fact for f in await db.read(B, outbox.facts_after, 0, 10)] == [Rang("b")]


async def test_a_refused_action_leaves_no_job_and_no_audit_entry(db: Database) -> None:
    with pytest.raises(Refusal):
        await db.write(A, ring, "nobody", refused=True)
    assert await db.write(system(), queue.lease, 10) == []


async def test_a_job_runs_once_and_again_only_when_its_lease_ends(db: Database) -> None:
    await db.write(A, ring, "later")
    (leased,) = await db.write(system(), queue.lease, 10)
    assert leased.job(RingLater) == RingLater("later")
    assert await db.write(system(), queue.lease, 10) == []
    await db.write(A, queue.done, leased.id)
    assert await db.read(system(), queue.next_run) is None


async def test_a_key_that_is_not_in_memory_is_loaded_and_the_action_runs_again(
    db: Database, keyring: SqliteKeyring
) -> None:
    def make(tx: Transaction) -> None:
        tx.mint("vis_new", "wsp_a")

    await db.write(A, make)
    keyring._memory.clear()
    tries = 0

    def use(tx: Transaction) -> bytes:
        nonlocal tries
        tries += 1
        number = tx.emit(Rang("with key"))
        assert number == 1
        return tx.key("vis_new").material

    assert await db.write(A, use) == keyring.load(KeyName("wsp_a", "vis_new")).material
    assert tries > 1


async def test_a_key_of_a_refused_action_is_never_stored(
    db: Database, keyring: SqliteKeyring
) -> None:
    def make(tx: Transaction) -> None:
        tx.mint("vis_never", "wsp_a")
        raise refuse("forbidden")

    with pytest.raises(Refusal):
        await db.write(A, make)
    with pytest.raises(Refusal) as no:
        keyring.load(KeyName("wsp_a", "vis_never"))
    assert no.value.code == "erased"


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(Refusal) as no:
        await db.read(A, queue.done, "job_x")
    assert re.search("readonly|25006", str(no.value.__cause__))  # SQLite's word, PostgreSQL's code


async def test_after_closing_nothing_is_taken(db: Database) -> None:
    last = db.write(Scope("wsp_a", "system", "system", "system"), ring, "last")
    task = asyncio.ensure_future(last)
    await asyncio.sleep(0)
    await db.close()
    assert await task == 1
    with pytest.raises(Refusal) as no:
        await db.write(A, ring, "too late")
    assert no.value.code == "stopping"
