"""What is measured of one server in one turn. Each cell answers with figures by name."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.durability import syncs_per_message
from bench.job import Job, Measured
from bench.machine import resident_kib
from bench.servers import Server

Figures = dict[str, float]
GENERATOR_BOUND = 0.9
"""Above this share of its core the load generator would be what is measured."""
IDLE_AFTER_SECONDS = 2.0
OTHERS, GENERATOR, SYNCS = "others.", "generator.", "syncs_per_message"


@dataclass(frozen=True)
class Sizes:
    """How long and how large the cells are."""

    rounds: int = 3
    patience: float = 15.0
    """How long each round waits for others on the machine to be done."""
    seconds: float = 4.0
    warm_up: float = 1.0
    paced_seconds: float = 10.0
    idle_sockets: int = 1250
    """A fifth of them only fills what the server has in reserve; see `bench/load.py`."""


QUICK = Sizes(rounds=1, patience=0.0, seconds=1.0, warm_up=0.3, paced_seconds=2.0, idle_sockets=250)
"""For tests: every cell runs, no figure means much."""

Cell = Callable[[Server, Sizes], Figures]


def start(server: Server, _sizes: Sizes) -> Figures:
    """From nothing to a healthy answer, and what it occupies before anybody comes."""
    time.sleep(max(0.0, server.ready_at + IDLE_AFTER_SECONDS - time.perf_counter()))
    return {
        "cold_start_s": server.started_in,
        "idle_memory_mib": resident_kib(server.pid) / 1024,
    }


def one_pair(server: Server, sizes: Sizes) -> Figures:
    return closed_loop(server, sizes, pairs=1)


def ten_pairs(server: Server, sizes: Sizes) -> Figures:
    return closed_loop(server, sizes, pairs=10)


def hundred_pairs(server: Server, sizes: Sizes) -> Figures:
    return closed_loop(server, sizes, pairs=100)


def hostile(server: Server, sizes: Sizes) -> Figures:
    """Of a hundred visitors ten send nothing but messages whose action fails when it runs."""
    figures = closed_loop(server, sizes, pairs=100, failing=10)
    speed = "durable_messages_per_s.pairs_100"
    return {f"hostile.{speed}_10pct_failing": figures[speed]}


def closed_loop(server: Server, sizes: Sizes, pairs: int, failing: int = 0) -> Figures:
    """Each visitor writes when their last message is acknowledged and delivered."""
    people = server.candidate.invite(server, pairs, failing)
    measured = server.load(
        Job(server.port, server.pids, people, seconds=sizes.seconds, warm_up=sizes.warm_up)
    )
    cpu = measured.server_cpu / measured.messages * 1000
    return {
        f"durable_messages_per_s.pairs_{pairs}": per_second(measured),
        f"server_cpu_s_per_1000_messages.pairs_{pairs}": cpu,
        **noise(measured, f"pairs_{pairs}"),
    }


def per_second(measured: Measured) -> float:
    """Messages per second, or per second of server time when the generator is the bottleneck."""
    if measured.generator_cpu > GENERATOR_BOUND * measured.seconds:
        return measured.messages / measured.server_cpu
    return measured.messages / measured.seconds


def paced(server: Server, sizes: Sizes) -> Figures:
    """200 messages a second whatever happens, timed from the moment each was due."""
    people = server.candidate.invite(server, 100, 0)
    measured = server.load(
        Job(
            server.port,
            server.pids,
            people,
            seconds=sizes.paced_seconds,
            warm_up=sizes.warm_up,
            rate=200,
        )
    )
    return {
        "delivery_ms.p50_at_200": measured.delivery_ms_p50,
        "delivery_ms.p99_at_200": measured.delivery_ms_p99,
        **noise(measured, "paced"),
    }


def idle_sockets(server: Server, sizes: Sizes) -> Figures:
    tickets = server.candidate.invite_idle(server, sizes.idle_sockets)
    measured = server.load(Job(server.port, server.pids, idle=tickets))
    return {"memory_kib_per_idle_socket": measured.idle_kib}


def durability(server: Server, _sizes: Sizes) -> Figures:
    syncs = syncs_per_message(server)
    return {} if syncs is None else {SYNCS: syncs}


def noise(measured: Measured, where: str) -> Figures:
    return {
        OTHERS + where: measured.other_cpu / measured.seconds,
        GENERATOR + where: measured.generator_cpu / measured.seconds,
    }


ALL: tuple[Cell, ...] = (
    idle_sockets,
    durability,
    one_pair,
    ten_pairs,
    hundred_pairs,
    hostile,
    paced,
)
"""Every cell after `start`, in the order of a round."""

COMPARED = frozenset(ALL) - {hostile}
"""What product and floor both do."""

CLOSED_LOOPS: frozenset[Cell] = frozenset({one_pair, ten_pairs, hundred_pairs})
"""A store that is filled makes a message dearer, so these belong together."""

LOADED = CLOSED_LOOPS | {durability, paced}
"""Closed and open loop, and whether each message was synced."""
