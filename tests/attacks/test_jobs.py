"""Queued work with the neighbours' ids in it: a job works in its own workspace only. S2.

Nobody outside can queue such a job. If a mistake ever does, it has to find nothing.
"""

from __future__ import annotations

import json

from silkroad import app  # noqa: F401 - every kind of job is known once the product is assembled
from silkroad.engines.database import Job
from tests.depth import by_depth
from tests.harness.people import Json

from . import stored
from .asking import OBJECTS, SAMPLES, Leaf, leaves, missing, sample
from .enterprise import Street
from .listening import Ears

JOBS = sorted(Job.__subclasses__(), key=lambda kind: kind.__name__)
OURS = {
    "SendWake": {"wakes", "jobs"},  # our own wakes go their way
    "DestroyKey": {"facts", "feeds"},  # our own nodes forget a key, whether there is one or not
}
"""What a job may change in its own workspace, whatever is named to it."""

BY_ID = [(kind, leaf) for kind in JOBS for leaf in leaves(kind) if leaf.way[-1] in OBJECTS]


def test_every_field_of_every_job_has_a_meaning() -> None:
    assert {leaf.way[-1] for kind in JOBS for leaf in leaves(kind)} <= (
        OBJECTS.keys() | SAMPLES.keys()
    )
    assert len(JOBS) >= 5


def test_a_job_with_the_neighbours_ids_finds_nothing(street: Street) -> None:
    ears, log = Ears(street), street.server.errors
    after = stored.rows_about(street.server, street.ours.private)
    for kind, leaf in BY_ID:
        start, before, theirs = log.stat().st_size, after, tried(street, leaf)
        for names in (theirs, [missing(name) for name in theirs]):
            do(street, kind, *({leaf.way[0]: name} for name in names))
        said = [without_time(line) for line in log.read_text()[start:].splitlines()]
        assert said == [], f"{kind}: what is not there is no trouble, and is not tried again"
        after = stored.rows_about(street.server, street.ours.private)
        changed = {row[0] for row in stored.changes(before, after)}
        assert changed <= OURS.get(kind.__name__, set()), f"{kind}: what is ours, and no more"
    assert list(ears.finish()) == []


def tried(street: Street, leaf: Leaf) -> list[str]:
    """Return the neighbours' thing of the kind that is named there, and a share of their others."""
    kind = OBJECTS[leaf.way[-1]]
    others = [name for other, name in street.theirs.ids.items() if other != kind]
    return [street.theirs.ids[kind], *others[:: by_depth(4, 1, 1)]]


def test_a_job_of_ours_leaves_the_neighbours_in_peace(street: Street) -> None:
    ears = Ears(street)
    for kind in JOBS:
        do(street, kind, {})
    assert list(ears.finish()) == []


def do(street: Street, kind: type[Job], *bodies: Json) -> None:
    """Queue jobs in our workspace and wait until they have been done."""
    server, ours = street.server, street.ours.ids
    for changes in bodies:
        written = json.dumps({**sample(kind, ours), **changes}, separators=(",", ":"))
        server.queue(ours["workspace"], kind.__name__, written)
    server.rest()


def without_time(line: str) -> Json:
    return {key: value for key, value in json.loads(line).items() if key != "timestamp"}
