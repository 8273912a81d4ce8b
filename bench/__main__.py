"""`make bench`: Silkroad beside the bare floor, in rounds, into a table and `build/bench.json`.

python -m bench            the whole measurement, up to twenty minutes
python -m bench --peer     the same, but not without the peer
python -m bench --growth   the same things in small and large installations, up to twelve minutes
python -m bench --quick    every cell once and briefly: does the bench itself work?
python -m bench --gates    itself without its questions of purpose: what do they cost a message?
python -m bench --null     the floor against itself: how much of a ratio is noise?
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import growth
from bench.cells import CLOSED_LOOPS, COMPARED, LOADED, QUICK, Sizes, hostile
from bench.grown_up import GrownUp, Shared, TwoNodes
from bench.machine import describe_machine
from bench.peer import Ejabberd, missing
from bench.product import Silkroad
from bench.report import (
    EJABBERD,
    EJABBERD_ON_SQLITE,
    FLOOR,
    GROWN_UP,
    SILKROAD,
    TWO_NODES,
    UNGATED,
    UNGUARDED,
    describe_durability,
    describe_noise,
    lines,
    table,
    write,
)
from bench.rounds import Entry, Round, run_round
from bench.servers import BareFloor


def main() -> None:
    asked = arguments()
    sizes = QUICK if asked.quick else Sizes()
    print(describe_machine(), flush=True)
    if asked.growth:
        grown(asked)
        return
    if missing() and not (asked.null or asked.gates):
        print(missing(), "so there is no peer in this run", sep="; ", flush=True)
    with ExitStack() as shared:
        entries = those_asked_for(asked, shared)
        rounds = in_turns(entries, sizes)
    found = list(lines(rounds))
    write(found, asked.into or Path("build/bench.json"))
    print(describe_durability(rounds), table(found), sep="\n\n")


def grown(asked: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="silkroad-bench-") as folder:
        found = list(growth.measure(growth.QUICK if asked.quick else growth.Growth(), Path(folder)))
    write(found, asked.into or Path("build/growth.json"))
    print(table(found))


def in_turns(entries: list[Entry], sizes: Sizes) -> list[Round]:
    rounds = []
    for number in range(sizes.rounds):
        with tempfile.TemporaryDirectory(prefix="silkroad-bench-") as folder:
            rounds.append(run_round(entries, sizes, Path(folder)))
        print(f"round {number + 1} of {sizes.rounds}: {describe_noise(rounds[-1])}", flush=True)
        entries.reverse()
    return rounds


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="briefly, to test the bench itself")
    parser.add_argument("--null", action="store_true", help="the floor against itself")
    parser.add_argument("--gates", action="store_true", help="what questions of purpose cost")
    parser.add_argument("--growth", action="store_true", help="does work become dearer?")
    parser.add_argument("--peer", action="store_true", help="stop when the peer is not installed")
    parser.add_argument("--into", type=Path, metavar="FILE")
    asked = parser.parse_args()
    if asked.peer and missing():
        parser.error(missing())
    return asked


def those_asked_for(asked: argparse.Namespace, until: ExitStack) -> list[Entry]:
    if asked.null:
        return the_floor_twice()
    return with_and_without_gates() if asked.gates else everybody(until)


def with_and_without_gates() -> list[Entry]:
    return [
        Entry(SILKROAD, Silkroad(), CLOSED_LOOPS),
        Entry(UNGATED, Silkroad("ungated"), CLOSED_LOOPS),
    ]


def everybody(until: ExitStack) -> list[Entry]:
    shared = Shared(until)
    return [
        Entry(FLOOR, BareFloor(), COMPARED),
        Entry(SILKROAD, Silkroad(), COMPARED | {hostile}),
        Entry(UNGUARDED, Silkroad("unguarded"), CLOSED_LOOPS),
        Entry(GROWN_UP, GrownUp(shared), LOADED),
        Entry(TWO_NODES, TwoNodes(shared), LOADED),
        *([] if missing() else the_peer(shared)),
    ]


def the_peer(shared: Shared) -> list[Entry]:
    return [
        Entry(EJABBERD, Ejabberd(shared), LOADED),
        Entry(EJABBERD_ON_SQLITE, Ejabberd(), LOADED),
    ]


def the_floor_twice() -> list[Entry]:
    return [Entry(FLOOR, BareFloor(), COMPARED), Entry(SILKROAD, BareFloor(), COMPARED)]


if __name__ == "__main__":
    main()
