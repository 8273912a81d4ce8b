"""The bench itself: briefly, the floor against itself. Ratios only; how fast a machine is, is not
for a test to say.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bench.cells import QUICK, ten_pairs
from bench.desk_work import THINGS
from bench.filling import Task
from bench.grown_up import Shared, TwoNodes
from bench.growth import born, fill
from bench.job import Job, People, Sender
from bench.machine import cpu_seconds
from bench.peer import Ejabberd, missing
from bench.report import EJABBERD, FLOOR, LOADED, SILKROAD, lines
from bench.servers import BareFloor, Candidate, Server, hello

NAMES = {
    "durable_messages_per_s.pairs_1",
    "durable_messages_per_s.pairs_10",
    "durable_messages_per_s.pairs_100",
    "delivery_ms.p50_at_200",
    "delivery_ms.p99_at_200",
    "server_cpu_s_per_1000_messages.pairs_100",
    "memory_kib_per_idle_socket",
    "idle_memory_mib",
    "cold_start_s",
}
"""Product and floor both have these; privacy tax and hostile senders only the product has."""

BRIEF = replace(QUICK, seconds=0.3, warm_up=0.1)
SAID = "SELECT body FROM messages WHERE conversation_id = ? AND kind = 'text'"
HARDLY_NOISY = ("memory_kib_per_idle_socket", "idle_memory_mib")


class Ran(NamedTuple):
    said: str
    figures: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run(tmp_path_factory.mktemp("bench") / "bench.json", "--null")


def run(into: Path, which: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", which, "--into", str(into)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Ran(done.stdout, {one["name"]: one for one in json.loads(into.read_text())})


@pytest.mark.prove
def test_every_figure_stands_beside_the_floor(ran: Ran) -> None:
    assert set(ran.figures) == NAMES
    for figure in ran.figures.values():
        assert set(figure) == {"name", "unit", "value", "floor", "ratio"}
        assert figure["value"] > 0
        assert figure["floor"] > 0
        assert figure["ratio"] == pytest.approx(figure["value"] / figure["floor"], rel=0.01)


@pytest.mark.prove
def test_the_floor_is_as_good_as_itself(ran: Ran) -> None:
    for name in HARDLY_NOISY:
        assert ran.figures[name]["ratio"] == pytest.approx(1.0, abs=0.3)
    assert 0.3 < ran.figures["server_cpu_s_per_1000_messages.pairs_100"]["ratio"] < 3


@pytest.mark.prove
def test_the_table_names_the_machine_the_noise_and_the_syncs(ran: Ran) -> None:
    for word in ("SQLite", "Python", "others used", "durability:", "cold_start_s"):
        assert word in ran.said


@pytest.mark.prove
def test_the_gates_are_measured_beside_none(tmp_path: Path) -> None:
    ran = run(tmp_path / "gates.json", "--gates")
    assert {name.partition(".")[0] for name in ran.figures} == {"over_ungated"}
    assert all(figure["value"] > 0 for figure in ran.figures.values())


def test_a_server_that_refuses_ends_the_measurement(tmp_path: Path) -> None:
    """An error is never counted as speed: the floor does not know the failing visitor's frame."""
    server = Server(BareFloor(), tmp_path / "floor")
    stranger = Job(server.port, server.pids, People([Sender("not a hello")], []), seconds=0.1)
    try:
        with pytest.raises(subprocess.CalledProcessError):
            server.load(stranger)
    finally:
        server.stop()


def test_a_message_that_reaches_nobody_ends_the_measurement(tmp_path: Path) -> None:
    server = Server(BareFloor(), tmp_path / "floor")
    alone = Job(
        server.port, server.pids, People([Sender(hello("lonely/visitor"))], []), seconds=0.1
    )
    alone.patience = 0.5
    try:
        with pytest.raises(subprocess.CalledProcessError):
            server.load(alone)
    finally:
        server.stop()


@pytest.fixture(scope="module")
def shared() -> Iterator[Shared]:
    with ExitStack() as until:
        yield Shared(until)


@pytest.mark.prove
def test_two_nodes_do_it_and_their_database_is_counted(shared: Shared, tmp_path: Path) -> None:
    """The load generator ends with an error when a message does not arrive, or twice."""
    with started(TwoNodes(shared), tmp_path / "nodes") as server:
        before = cpu_seconds(server.candidate.stores)
        assert server.candidate.invite(server, 1, 0).receivers_port not in {None, server.port}
        assert ten_pairs(server, BRIEF)["durable_messages_per_s.pairs_10"] > 0
        assert cpu_seconds(server.candidate.stores) > before
        assert set(server.pids) == {server.pid, *server.candidate.stores}


@pytest.mark.prove
@pytest.mark.parametrize("archive", ["postgresql", "sqlite"])
def test_the_peer_does_the_same_job(archive: str, shared: Shared, tmp_path: Path) -> None:
    """It is no part of Silkroad: where it is not installed, `--peer` says what to install."""
    if missing():
        with pytest.raises(AssertionError, match="apt-get install"):
            run(tmp_path / "bench.json", "--peer")
        return
    candidate = Ejabberd(shared if archive == "postgresql" else None)
    with started(candidate, tmp_path / "peer") as server:
        assert ten_pairs(server, BRIEF)["durable_messages_per_s.pairs_10"] > 0


@pytest.mark.prove
@pytest.mark.timeout(300)
def test_work_in_a_grown_installation_stands_beside_that_in_a_small_one(tmp_path: Path) -> None:
    figures = run(tmp_path / "growth.json", "--growth").figures
    assert figures.keys() == {
        f"growth.{engine}.{thing}_ms.{axis}"
        for engine in ("sqlite", "postgresql")
        for thing in THINGS
        for axis in ("messages_8", "workspaces_2")
    }
    assert all(one["value"] > 0 and one["floor"] > 0 for one in figures.values())


@pytest.mark.prove
def test_a_store_is_filled_by_what_the_product_does(tmp_path: Path) -> None:
    """Messages are sealed: what was said is nowhere in the file."""
    folder, _cookies = born(tmp_path / "house")
    (talk,) = fill(folder, Task(talks=1, messages=6))
    with closing(sqlite3.connect(folder / "silkroad.db")) as file:
        bodies = file.execute(SAID, (talk,)).fetchall()
    assert len(bodies) == 6
    assert not [body for (body,) in bodies if b"kettle" in body]


def test_who_was_not_measured_has_no_line() -> None:
    figures = dict.fromkeys(NAMES, 2.0)
    alone = {line.name for line in lines([{FLOOR: figures, SILKROAD: figures}])}
    assert alone == NAMES
    with_peer = {
        line.name: line.ratio
        for line in lines([{FLOOR: figures, SILKROAD: figures, EJABBERD: slower(figures)}])
    }
    assert with_peer.keys() - alone == {f"over_ejabberd_on_postgresql.{one}" for one in LOADED}
    assert with_peer["over_ejabberd_on_postgresql.durable_messages_per_s.pairs_100"] == 4


def slower(figures: dict[str, float]) -> dict[str, float]:
    return {name: value / 4 for name, value in figures.items()}


@contextmanager
def started(candidate: Candidate, folder: Path) -> Iterator[Server]:
    server = Server(candidate, folder)
    try:
        yield server
    finally:
        server.stop()
