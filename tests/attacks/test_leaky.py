"""The matrix on a server with holes: each of its oracles can say no. See leaky.py."""

from __future__ import annotations

import json

import pytest

from .enterprise import Street
from .leaky import HOLES
from .listening import Ears
from .matrix import Trial, cells
from .timing import apart

pytestmark = pytest.mark.sqlite
"""On PostgreSQL the guard closes the holes: the next command of the sound product takes away the
policies that they need, and what reaches across workspaces then finds nothing."""

SOUND = "conversations.mark_read"  # has no hole, so that not everything is found guilty


def test_every_hole_is_found_by_its_oracle(leaky: Street) -> None:
    suspects = {*HOLES, SOUND}
    chosen = [cell for cell in cells(leaky.theirs.ids) if cell.place.split()[0] in suspects]
    found = Trial(leaky).run(chosen)
    at_cells = {(f.cell.place.split()[0], f.oracle) for f in found if f.cell}
    assert ("conversations.read", "canary") in at_cells
    assert ("conversations.messages", "missing") in at_cells
    assert {name for name, _ in at_cells} == {"conversations.read", "conversations.messages"}
    elsewhere = {(f.oracle, f.what) for f in found if not f.cell}
    for oracle, what in (
        ("state", "changed ('conversations'"),
        ("state", "they heard {'t': 'changed'"),
        ("canary", f"{leaky.server.errors} holds"),
        ("canary", f"{leaky.server.data}/planted holds"),
    ):
        assert any(o == oracle and what in text for o, text in elsewhere), what


def test_a_job_that_works_next_door_is_found(leaky: Street) -> None:
    theirs, ours = leaky.theirs, leaky.ours
    taken = {"member_id": theirs.admin.member_id}
    theirs.agent.put(f"/api/conversations/{theirs.ids['conversation']}/assignee", taken)
    ears = Ears(leaky)
    job = json.dumps({"conversation_id": theirs.ids["conversation"]}, separators=(",", ":"))
    leaky.server.queue(ours.ids["workspace"], "WakeSnoozed", job)
    leaky.server.rest()
    assert any(oracle == "state" for oracle, _ in ears.finish())


@pytest.mark.prove
def test_a_door_that_does_more_for_what_exists_is_found(leaky: Street) -> None:
    assert "invitations.withdraw" in HOLES
    assert apart(leaky, "invitations.withdraw", "invitation", pairs=150)
