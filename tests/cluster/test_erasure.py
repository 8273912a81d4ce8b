"""Somebody who is erased at one node is gone at the other. 7b."""

from __future__ import annotations

import pytest

from tests.cast import Shop
from tests.clauses.persons import LETTERS, child_of, left_of, until
from tests.harness.people import Person, Refused
from tests.privacy.letters import seen

from .cluster import Cluster


def test_a_child_who_is_erased_at_one_node_is_gone_at_the_other(
    cluster: Cluster, shop: Shop
) -> None:
    here, there = cluster.nodes[:2]
    shop.admin.put("/api/age-gate", {"asks": True})
    child, token = child_of(shop)
    talk = f"/api/conversations/{child.conversation}"
    assert len(shop.wei.get(f"{talk}/messages")["items"]) >= 3, "that node has the keys at hand"
    line, console = child.visitor.goes_to(there).line(), shop.wei.socket()
    Person(here, "Shpresa").post("/api/contact/erase", {"token": token, "sure": True})
    assert line.closes_with() in {4401, 4403, 4410}
    while console.hear("changed")["what"] != "conversations":
        pass
    for path in (talk, f"{talk}/messages", f"/api/files/{child.file}"):
        with pytest.raises(Refused, match="not_found"):
            shop.wei.get(path)
    assert shop.wei.get("/api/conversations?limit=50")["items"] == []
    until(lambda: left_of(shop, child) == LETTERS)
    assert seen(there, token)["erased_at"]
