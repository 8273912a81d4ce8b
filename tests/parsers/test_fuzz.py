"""No parser of what comes from outside breaks, is slow, or grows, whatever it is fed. S7, S15."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depth import by_depth

from .mutants import mutants
from .parsers import Parser, parsers

PARSERS = parsers()
RUNS = by_depth(600, 60_000, 60_000)
SLOWEST = 1.0
"""Seconds for one input."""

MOST_MEMORY = 64 * 1024 * 1024


class Broke(AssertionError):
    """A parser raised what it may not, or took too long."""


def fed(parser: Parser, data: bytes, slowest: float = SLOWEST) -> bool:
    """Feed it; whether it took the input. Raises Broke."""
    began = time.perf_counter()
    try:
        parser.feed(data)
        taken = True
    except parser.no:
        taken = False
    except (Exception, RecursionError) as mistake:
        raise Broke(f"{type(mistake).__name__}: {mistake} for {data[:200]!r}") from mistake
    if time.perf_counter() - began > slowest and process_time_of(parser, data) > slowest:
        raise Broke(f"too slow: {data[:200]!r}")
    return taken


def process_time_of(parser: Parser, data: bytes) -> float:
    """Return the seconds of this processor alone, so that a busy machine is nobody's fault."""
    began = time.process_time()
    with suppress(*parser.no):
        parser.feed(data)
    return time.process_time() - began


@pytest.mark.parametrize("name", PARSERS)
def test_mutants_of_good_inputs_are_taken_or_refused(name: str) -> None:
    parser = PARSERS[name]
    taken = [fed(parser, data) for data in mutants(parser.seeds, RUNS, seed=1)]
    assert any(fed(parser, data) for data in parser.seeds), "the good ones are good"
    assert parser.no == () or not all(taken), "and some of the bad ones are bad"


@pytest.mark.parametrize("name", PARSERS)
@settings(
    max_examples=by_depth(50, 2_000, 2_000),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_anything_at_all_is_taken_or_refused(name: str, data: bytes) -> None:
    fed(PARSERS[name], data)


@pytest.mark.parametrize("name", PARSERS)
def test_a_large_hostile_input_costs_neither_memory_nor_time(name: str) -> None:
    parser = PARSERS[name]
    tracemalloc.start()
    try:
        for data in large(parser):
            fed(parser, data)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def large(parser: Parser) -> list[bytes]:
    """Return inputs of 100 kB and more: nested, repeated, and almost right."""
    good = parser.seeds[0]
    size = 100_000
    shapes = [b"[" * size, b'{"a":' * (size // 5), b'"' + b"\\" * size, b"a" * size, b" " * size]
    shapes += [b"0" * size, b"." * size, b"%" * size, b"@" * size, b"a@" * size, b"," * size]
    shapes += [good * (size // max(1, len(good))), good + b"\n" * size, b"\xcc\x81" * size]
    return [*shapes, good[:-1] + b"a" * size + good[-1:]]


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_no_mutant_is_found_for_as_long_as_it_is_told() -> None:
    until = time.monotonic() + 60 * float(os.environ.get("SOAK_MINUTES", "60"))
    seed = 1
    while time.monotonic() < until:
        seed += 1
        for parser in PARSERS.values():
            for data in mutants(parser.seeds, 2_000, seed):
                fed(parser, data)


PLANTED: dict[str, Callable[[bytes], object]] = {
    "an index beyond the end": lambda data: data[data.find(b"limit=") + 7],
    "a number that is none": lambda data: int(data.rpartition(b"limit=")[2] or b"0"),
    "a letter that is none": lambda data: data.decode(),
    "a nest without a bottom": lambda data: nested(data, 0),
    "a square": lambda data: sum(range(data.count(b"a") ** 2 // 500)),
}


def nested(data: bytes, depth: int) -> int:
    return nested(data[1:], depth + 1) if data[:1] in {b"[", b"&", b"\xcc"} else depth


@pytest.mark.parametrize("feed", PLANTED.values(), ids=PLANTED)
def test_the_fuzzer_finds_a_planted_mistake(feed: Callable[[bytes], object]) -> None:
    """The test itself can tell."""
    parser = Parser(feed, [b"filter=all&limit=3"], ())
    with pytest.raises(Broke):
        for data in [*mutants(parser.seeds, RUNS, seed=1), *large(parser)]:
            fed(parser, data, slowest=0.1)
