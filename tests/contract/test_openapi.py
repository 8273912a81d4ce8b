"""What the OpenAPI document promises, the server keeps. S6."""

from __future__ import annotations

import os
from copy import deepcopy
from time import monotonic

import pytest

from tests.depth import by_depth

from .callers import BY_NAME, Callers
from .proof import prove

HOUR = 3600

# hypothesis says so of its own bookkeeping when a body is long
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@pytest.mark.timeout(0)
def test_the_server_keeps_what_the_document_promises(callers: Callers) -> None:
    document = callers.operator.get("/openapi.json")
    names = list(BY_NAME)[:: by_depth(3, 1, 1)]
    thorough = by_depth(False, True, True)
    report = prove(callers, document, by_depth(2, 40, 1000), only=names, thorough=thorough)
    print(sum(callers.asked.values()), "questions;", dict(report.statuses))
    assert report.broken == []
    assert report.found == {}
    assert callers.asked.keys() == set(names)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_it_keeps_it_for_as_long_as_it_is_told(callers: Callers) -> None:
    until = monotonic() + 60 * float(os.environ.get("SOAK_MINUTES", "60"))
    document, seed = callers.operator.get("/openapi.json"), 0
    while monotonic() < until:
        seed += 1
        report = prove(callers, document, 1000, seed=seed)
        assert (report.broken, report.found) == ([], {}), f"seed {seed}"


LIES = {
    "a field that is not there": ("me.read", "missing_field"),
    "a body that is not taken": ("me.presence", "wrong_words"),
    "a door without a lock": ("setup.read", "locked"),
}


@pytest.mark.parametrize(("name", "lie"), LIES.values(), ids=LIES)
def test_a_document_that_lies_is_found_out(callers: Callers, name: str, lie: str) -> None:
    """The test itself can tell."""
    document = deepcopy(callers.operator.get("/openapi.json"))
    schemas, operation = document["components"]["schemas"], BY_NAME[name]
    told = document["paths"][operation.path][operation.method.lower()]
    if lie == "missing_field":
        schemas["Me"]["required"].append("shoe_size")
    elif lie == "wrong_words":
        schemas["PresenceChange"]["properties"]["presence"] = {"enum": ["asleep"]}
    else:
        told["security"] = [{"console": []}]
    assert prove(callers, document, 5, only=[name], thorough=False).found
