"""From the figures of all rounds to one table and `build/bench.json`."""

import statistics
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.cells import GENERATOR, OTHERS, SYNCS
from bench.rounds import Round

FLOOR, SILKROAD, UNGUARDED, UNGATED = "floor", "silkroad", "unguarded", "ungated"
GROWN_UP, TWO_NODES = "postgresql", "two_nodes"
EJABBERD, EJABBERD_ON_SQLITE = "ejabberd_on_postgresql", "ejabberd_on_sqlite"

UNITS = {
    "durable_messages_per_s.pairs_1": "messages/s",
    "durable_messages_per_s.pairs_10": "messages/s",
    "durable_messages_per_s.pairs_100": "messages/s",
    "delivery_ms.p50_at_200": "ms",
    "delivery_ms.p99_at_200": "ms",
    "server_cpu_s_per_1000_messages.pairs_100": "s",
    "memory_kib_per_idle_socket": "KiB",
    "idle_memory_mib": "MiB",
    "cold_start_s": "s",
}
CPU = "server_cpu_s_per_1000_messages.pairs_100"
SPEED = "durable_messages_per_s.pairs_100"
HOSTILE = f"hostile.{SPEED}_10pct_failing"

LOADED = (
    "durable_messages_per_s.pairs_1",
    "durable_messages_per_s.pairs_10",
    SPEED,
    "delivery_ms.p50_at_200",
    "delivery_ms.p99_at_200",
    CPU,
)
"""What is measured of those who stand on a database or a bus of their own, or are not ours."""

THROUGH = tuple(name for name in LOADED if not name.startswith("delivery"))
"""What is measured in closed loops alone."""

COMPARISONS = (
    ("", SILKROAD, FLOOR, tuple(UNITS)),
    ("over_ungated.", SILKROAD, UNGATED, THROUGH),
    ("postgresql.", GROWN_UP, FLOOR, LOADED),
    ("two_nodes.", TWO_NODES, FLOOR, LOADED),
    ("over_ejabberd_on_postgresql.", SILKROAD, EJABBERD, LOADED),
    ("over_ejabberd_on_sqlite.", SILKROAD, EJABBERD_ON_SQLITE, LOADED),
    ("postgresql.over_ejabberd_on_postgresql.", GROWN_UP, EJABBERD, LOADED),
)
"""How the names begin, who is measured, and beside whom."""

KEPT = ("name", "unit", "value", "floor", "ratio")


class Line(msgspec.Struct):
    """One measured thing. The ratio is taken inside each round; here is its median."""

    name: str
    unit: str
    value: float
    floor: float
    """What it stands beside: the bare floor, a peer, or itself when smaller."""
    ratio: float
    lowest: float
    highest: float


def lines(rounds: list[Round]) -> Iterator[Line]:
    """Everything that these rounds can say; who did not take part has no line."""
    present = set.intersection(*(set(one) for one in rounds))
    for begins, place, beside, names in COMPARISONS:
        if {place, beside} <= present:
            for name in names:
                both = [(one[place][name], one[beside][name]) for one in rounds]
                yield line(begins + name, UNITS[name], both)
    if {SILKROAD, UNGUARDED} <= present:
        taxes = [one[SILKROAD][CPU] / one[UNGUARDED][CPU] for one in rounds]
        yield line("privacy_tax_cpu_ratio", "x", [(tax, 1.0) for tax in taxes])
    if all(HOSTILE in one.get(SILKROAD, {}) for one in rounds):
        both = [(one[SILKROAD][HOSTILE], one[SILKROAD][SPEED]) for one in rounds]
        yield line(HOSTILE, "messages/s", both)


def line(name: str, unit: str, both: list[tuple[float, float]]) -> Line:
    ratios = [value / floor for value, floor in both]
    return Line(
        name,
        unit,
        value=rounded(statistics.median(value for value, _ in both)),
        floor=rounded(statistics.median(floor for _, floor in both)),
        ratio=rounded(statistics.median(ratios)),
        lowest=rounded(min(ratios)),
        highest=rounded(max(ratios)),
    )


def rounded(figure: float) -> float:
    return float(f"{figure:.4g}")


def table(found: list[Line]) -> str:
    wide = max(len(one.name) for one in found)
    head = f"{'name':<{wide}}  {'unit':<10}  {'value':>8}  {'beside':>8}  ratio [lowest - highest]"
    return "\n".join(
        [
            head,
            *(
                f"{one.name:<{wide}}  {one.unit:<10}  {one.value:>8g}  {one.floor:>8g}  "
                f"{one.ratio:.2f} [{one.lowest:.2f} - {one.highest:.2f}]"
                for one in found
            ),
        ]
    )


def describe_noise(one: Round) -> str:
    """Who else used the machine, and whether the load generator was fast enough."""
    shares = {
        kind: [
            v for figures in one.values() for name, v in figures.items() if name.startswith(kind)
        ]
        for kind in (OTHERS, GENERATOR)
    }
    return (
        f"others used {statistics.mean(shares[OTHERS]):.2f} cores on average, "
        f"{max(shares[OTHERS]):.2f} at most; "
        f"the load generator {max(shares[GENERATOR]):.2f} at most"
    )


def describe_durability(rounds: list[Round]) -> str:
    fewest = {
        place: min(one[place][SYNCS] for one in rounds)
        for place, figures in rounds[0].items()
        if SYNCS in figures
    }
    if not fewest:
        return "durability: not counted, because there is no strace that may attach"
    counted = ", ".join(f"{place} {syncs:.2f}" for place, syncs in fewest.items())
    return (
        f"durability: syncs per acknowledged message, counted by strace: {counted}\n"
        "(one message after the other; 1 or more means that each had its own before its answer)"
    )


def write(found: list[Line], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [{name: getattr(one, name) for name in KEPT} for one in found]
    path.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
