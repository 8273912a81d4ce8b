"""Two nodes through many seeds of loss, delay, reordering and death: always the same promises.

Everything runs in one thread on virtual time, so a seed happens the same way every time.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from silkroad import worker
from silkroad.conversations import NewMessage, page_of_messages, send_first, standing
from silkroad.engines.database import World, outbox
from silkroad.engines.database.sqlite import SqliteConnection
from silkroad.kit.errors import Refusal
from silkroad.kit.randomness import SeededRandomness
from silkroad.kit.scope import Scope, system
from silkroad.live import feeds
from tests.depth import by_depth

from .ground import Ground, keyring_in, laid
from .nodes import Database, Dead, Node, VirtualClock, Wire
from .virtual import VirtualLoop

SEEDS = by_depth(40, 1_000, 20_000)
MESSAGES = 5
BAD_FOR = 30.0  # virtual seconds
WELL_WITHIN = 60.0  # virtual seconds after that


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ground]:
    folder = tmp_path_factory.mktemp("ground")
    return folder, laid(folder)


class Story:
    """What happens in one seed."""

    def __init__(self, seed: int, folder: Path, ground: Ground) -> None:
        self.chance = random.Random(seed)
        self.ground = ground
        self.connection = SqliteConnection(folder / "silkroad.db", writes=True)
        self.connection.script("PRAGMA synchronous = OFF")  # no power is cut here; see faults/disk
        self.random = SeededRandomness(seed)
        self.keyring = keyring_in(folder, self.random)
        self.wire = Wire(self.chance)
        self.nodes: list[Node] = []
        self.over: list[Node] = []
        self.acknowledged: dict[str, int] = {}
        self.trace = hashlib.blake2b()

    async def run(self) -> list[str]:
        """Let it happen and return what was promised and not kept."""
        for _ in range(2):
            self.nodes.append(await self.node())
        writing = [asyncio.create_task(self.write(who)) for who in self.ground.visitors]
        while asyncio.get_running_loop().time() < BAD_FOR:
            await asyncio.sleep(self.chance.uniform(0.5, 6))
            await self.replace(self.chance.randrange(2))
        await asyncio.gather(*writing)
        for who in self.ground.visitors:
            await self.send(who, MESSAGES)
        await asyncio.sleep(WELL_WITHIN)
        found = await self.faults()
        for node in self.nodes:
            await node.die()
        await asyncio.sleep(1)  # whoever was on the way finds that it is over
        return found

    async def node(self) -> Node:
        world = World(VirtualClock(), self.random, self.keyring)
        node = Node(Database(self.connection, world, self.chance), self.wire, self.workspace_id)
        await node.start()
        return node

    async def replace(self, place: int) -> None:
        """Let a node die, and start another after a while."""
        dying = self.nodes[place]
        await dying.die()
        self.over.append(dying)
        self.note("died", place)
        await asyncio.sleep(self.chance.uniform(0, 3))
        self.nodes[place] = await self.node()

    async def write(self, who: Scope) -> None:
        for number in range(MESSAGES):
            await self.send(who, number)

    async def send(self, who: Scope, number: int) -> None:
        """Send a message, at any node, until it is acknowledged."""
        client_id = f"{who.actor_id[-8:]}-{number:04}"
        new = NewMessage(client_id=client_id, text="hello")
        (inbox_id,) = who.inbox_ids or ("",)
        while client_id not in self.acknowledged:
            await asyncio.sleep(self.chance.uniform(0, 3))
            node = self.chance.choice(self.nodes)
            try:
                sent = await node.db.write(who, send_first, inbox_id, new)
            except (Dead, Refusal):
                continue
            self.acknowledged[client_id] = sent.seq
            self.note("ack", client_id, sent.seq)

    async def faults(self) -> list[str]:
        db = self.nodes[0].db
        found = []
        for who in self.ground.visitors:
            own = {k: v for k, v in self.acknowledged.items() if k.startswith(who.actor_id[-8:])}
            stored = await db.read(who, stored_of)
            if stored != own or sorted(own.values()) != list(range(1, MESSAGES + 2)):
                found.append(f"stored {stored}, acknowledged {own}")
        scope = system(self.workspace_id)
        last = await db.read(scope, outbox.last_number)
        found += [
            f"heard {node.heard}"
            for node in [*self.over, *self.nodes]
            if node.heard and node.heard != list(range(node.heard[0], node.heard[-1] + 1))
        ]
        found += [
            f"heard up to {node.heard[-1:]} of {last}"
            for node in self.nodes
            if node.heard[-1:] != [last]
        ]
        counted = await db.read(scope, outbox.position, "sum")
        if counted != last:
            found.append(f"counted {counted} facts of {last}")
        self.note("end", last, counted)
        return found

    def note(self, *what: Any) -> None:
        self.trace.update(repr((asyncio.get_running_loop().time(), *what)).encode())

    @property
    def workspace_id(self) -> str:
        return self.ground.workspace_id


def stored_of(tx: Any) -> dict[str, int]:
    """Return the calling visitor's messages by client id."""
    at = standing(tx, next(iter(tx.scope.inbox_ids)))
    if at.conversation_id is None:
        return {}
    page = page_of_messages(tx, at.conversation_id, 0, 0, 100)
    return {message.client_id or "": message.seq for message in page.items}


def told(seed: int, tmp_path: Path, ground: tuple[Path, Ground]) -> tuple[list[str], str]:
    """Run one seed on a copy of the ground; return its faults and the hash of its trace."""
    folder = tmp_path / "story"
    shutil.copytree(ground[0], folder)
    story = Story(seed, folder, ground[1])
    try:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(story.run()), story.trace.hexdigest()
    finally:
        story.connection.close()
        story.keyring.close()
        shutil.rmtree(folder)


@pytest.mark.timeout(by_depth(120, 900, 20_000))
def test_every_seed_keeps_the_promises(tmp_path: Path, ground: tuple[Path, Ground]) -> None:
    broken = {seed: faults for seed in range(SEEDS) if (faults := told(seed, tmp_path, ground)[0])}
    assert broken == {}


def test_a_seed_happens_the_same_way_every_time(
    tmp_path: Path, ground: tuple[Path, Ground]
) -> None:
    first, second = (told(7, tmp_path, ground)[1] for _ in range(2))
    assert first == second
    assert told(8, tmp_path, ground)[1] != first


def test_a_consumer_that_forgets_where_it_was_is_found(
    tmp_path: Path, ground: tuple[Path, Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(tx: Any, name: str, consumer: worker.Consumer, step: outbox.Step) -> None:
        consumer.consume(tx, step.facts)
        outbox.move_to(tx, name, step.position)

    monkeypatch.setattr(worker, "_consume", forgetful)
    found = str([told(seed, tmp_path, ground)[0] for seed in range(20)])
    counted = re.findall(r"counted (\d+) facts of (\d+)", found)
    assert any(int(sum_) > int(facts) for sum_, facts in counted), "some were counted twice"


def test_feeds_that_trust_the_bus_are_found(
    tmp_path: Path, ground: tuple[Path, Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "EVERY_SECONDS", 10_000.0)
    assert any("heard up to" in str(told(seed, tmp_path, ground)[0]) for seed in range(20))
