"""A node that is cut off from the store of files: told in time, never half a file, and people talk.

A proxy stands before the S3 store of one of three nodes and goes bad while somebody there writes,
sends files and opens one.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from silkroad.engines.blobs.s3 import ALL_WITHIN
from tests.attacks.stored import all_of
from tests.cast import Shop, VisitorOf, open_shop, set_up
from tests.fakes.faults import OF_BYTES, Fault, refused, said_twice, trickling
from tests.fakes.http_messages import Requests
from tests.fakes.proxy import Proxy
from tests.faults.history import History
from tests.faults.reckoning import everything
from tests.faults.trades import Writer
from tests.harness.people import Refused, client_id
from tests.harness.server import Server

from .cluster import Cluster, Shared
from .test_partitions import HEALED_WITHIN

IN_TIME = ALL_WITHIN + 4.0  # seconds; a busy machine may take a little longer to say so
SIZE = 40_000
TEXTS = 3
_numbers = itertools.count(1)

AT_EVERY_CHANGE = {"hears_nothing"}
CASES = [
    pytest.param(
        fault,
        id=fault.__name__,
        marks=[] if fault.__name__ in AT_EVERY_CHANGE else pytest.mark.prove,
    )
    for fault in [*OF_BYTES, trickling, said_twice]
]
PASSES = {"reset", "late", "said_twice"}  # a try of its own gets through
AT_ONCE = {*PASSES, "refused"}  # known without waiting


class Apart(NamedTuple):
    """A cluster whose last node has its files behind a proxy."""

    cluster: Cluster
    shop: Shop
    files: Proxy

    @property
    def alone(self) -> Server:
        return self.cluster.nodes[-1]


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory, shared: Shared) -> Iterator[Apart]:
    with (
        Cluster(tmp_path_factory.mktemp("files") / "nodes", shared) as cluster,
        Proxy("127.0.0.1", shared.s3.port, Requests) as files,
    ):
        set_up(cluster.add_node(blobs_url=cluster.files_by_way_of(files.port)))
        yield Apart(cluster, open_shop(cluster.nodes[0]), files)
        files.heal()


class Outcome(NamedTuple):
    """What became of one try: the file or the reason, and after how many seconds."""

    file: str
    code: str
    seconds: float


class Talk:
    """Somebody at the node that is cut off, who has sent one file before."""

    def __init__(self, apart: Apart) -> None:
        self.visitor, self.conversation = apart.shop.asks("first", f"Mira {next(_numbers)}")
        self.visitor.goes_to(apart.alone)
        self.kept: dict[str, bytes] = {}
        self.known = self.sends().file

    def sends(self) -> Outcome:
        """Send a file in a message, which is kept in mind if it came through."""
        content = f"line {next(_numbers)},".encode().ljust(SIZE, b"x")
        tried = timed(lambda: str(self.visitor.upload(self._path(), "f.txt", content)["id"]))
        if tried.file:
            message = {"client_id": client_id(), "text": "", "file_ids": [tried.file]}
            self.visitor.post(self.visitor.path("/messages"), message)
            self.kept[tried.file] = content
        return tried

    def opens(self) -> Outcome:
        """Open the file of before: it is whole, or there is a reason."""
        return timed(self._opened)

    def _opened(self) -> str:
        answer = self.visitor.ask("GET", self._path(self.known))
        if answer.status_code != 200:
            raise Refused(answer)
        assert answer.content == self.kept[self.known], "half a file"
        return self.known

    def _path(self, file: str = "") -> str:
        return self.visitor.path(f"/files/{file}" if file else "/files")


def timed(attempt: Callable[[], str]) -> Outcome:
    began = time.monotonic()
    try:
        file, code = attempt(), ""
    except Refused as no:
        file, code = "", no.code
    return Outcome(file, code, time.monotonic() - began)


@pytest.mark.parametrize("fault", CASES)
def test_files_are_whole_or_refused_in_time_and_texts_go_on(apart: Apart, fault: Fault) -> None:
    talk, history = Talk(apart), History()
    writer, conversation = apart.shop.asks("first", f"writer{next(_numbers)}")
    history.try_to_send(conversation, "first-words")
    writer.goes_to(apart.alone)
    tries, wrote = asyncio.run(meanwhile(apart, fault, talk, (writer, conversation), history))
    for tried in tries:
        assert tried.seconds < IN_TIME
        assert tried.code == ("" if fault.__name__ in PASSES else "storage_failed")
        assert fault.__name__ in AT_ONCE or wrote < tried.seconds, "who waits holds up nobody"
    assert history.faults(conversation, everything(writer, writer.path("/messages"))) == []
    every_file_is_whole(apart, talk)


async def meanwhile(
    apart: Apart, fault: Fault, talk: Talk, who: tuple[VisitorOf, str], history: History
) -> tuple[tuple[Outcome, ...], float]:
    """Send and open a file under a fault; return what became of it, and how soon texts came."""
    enough = asyncio.Event()
    visitor, conversation = who
    writer = Writer([visitor], history, conversation)
    writing = asyncio.create_task(writer.work_until(enough))
    await asyncio.to_thread(fault, apart.files)
    began, before = time.monotonic(), history.count()
    tries = asyncio.gather(asyncio.to_thread(talk.sends), asyncio.to_thread(talk.opens))
    while history.count() < before + TEXTS:
        assert time.monotonic() - began < 2 * IN_TIME, "nobody can write while the files are away"
        await asyncio.sleep(0.02)
    wrote = time.monotonic() - began
    done = await tries
    await asyncio.to_thread(apart.files.heal)
    await asyncio.to_thread(is_well_again, talk)
    enough.set()
    await writing
    return done, wrote


def is_well_again(talk: Talk) -> None:
    began = time.monotonic()
    while not (talk.sends().file and talk.opens().file):
        assert time.monotonic() - began < HEALED_WITHIN, "it is not well again"


def every_file_is_whole(apart: Apart, talk: Talk) -> None:
    """Whatever the database knows lies in the store, and each node gives it out as it came in."""
    keys = asyncio.run(listed(apart.cluster))
    for row in all_of(apart.alone, "files"):
        assert f"{row['workspace_id']}/{row['id']}" in keys, "a file without a content"
    for node in apart.cluster.nodes:
        talk.visitor.goes_to(node)
        for file, content in talk.kept.items():
            got = talk.visitor.ask("GET", talk.visitor.path(f"/files/{file}"))
            assert (got.status_code, got.content) == (200, content)


async def listed(cluster: Cluster) -> set[str]:
    return {blob.key async for blob in cluster.bucket().stored()}


@pytest.mark.prove
def test_a_file_that_is_torn_off_midway_is_whole_or_refused(apart: Apart) -> None:
    talk = Talk(apart)
    for way, attempt in ((apart.files.to_client, talk.opens), (apart.files.to_server, talk.sends)):
        way.bytes_per_second = SIZE // 4
        with ThreadPoolExecutor(1) as pool:
            trying = pool.submit(attempt)
            time.sleep(1.5)  # a quarter of the file is through, another one on its way
            assert not trying.done()
            apart.files.reset()
            apart.files.heal()
            assert trying.result().code in {"", "storage_failed"}
    every_file_is_whole(apart, talk)


def test_what_fails_fills_nobodys_day(apart: Apart) -> None:
    talk = Talk(apart)
    before = len(all_of(apart.alone, "files"))
    refused(apart.files)
    with ThreadPoolExecutor(3) as pool:
        tries = [pool.submit(talk.sends) for _ in range(3)]
        assert {tried.result().code for tried in tries} == {"storage_failed"}
    apart.files.heal()
    assert len(all_of(apart.alone, "files")) == before


@pytest.mark.prove
def test_what_arrives_after_nobody_waited_is_deleted(tmp_path: Path, shared: Shared) -> None:
    """The store took it, and its answer was lost: nothing knows of it, and so it has to go."""
    with (
        Cluster(tmp_path / "nodes", shared, nodes=0) as cluster,
        Proxy("127.0.0.1", shared.s3.port, Requests) as files,
    ):
        node = cluster.add_node(blobs_url=cluster.files_by_way_of(files.port))
        set_up(node)
        talk = Talk(Apart(cluster, open_shop(node), files))
        files.to_client.silent = True
        assert talk.sends().code == "storage_failed"
        files.heal()
        assert len(asyncio.run(listed(cluster))) == 2
        node.let_pass(61_000)
        node.rest()
        (kept,) = asyncio.run(listed(cluster))
        assert kept.endswith(talk.known)
