"""What separates people inside one enterprise, beside the table in permissions.csv. S3."""

from __future__ import annotations

from silkroad.kit.inventory import DataClass
from silkroad.kit.permissions import Permission, permissions_of
from silkroad.parts import FRAMES, OPERATIONS
from tests.cast import VisitorOf, invite, open_inbox

from .asking import asked, missing, said, slots
from .enterprise import Street
from .locks import LOCKS

ONES_OWN = {"conversation", "file", "unsent", "wake", "device", "session", "passkey"}


def test_every_door_has_the_lock_that_is_written_down() -> None:
    found: dict[Permission, set[str]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.policy.permission, set()).add(operation.name)
    assert found == LOCKS


def test_the_operator_runs_the_installation_and_reads_nothing_in_it() -> None:
    own = {Permission.OPERATE, Permission.HANDLE_REQUESTS}  # requests to the installation itself
    assert permissions_of("operator") == own | {Permission.KNOCK}
    shown = {
        data
        for operation in OPERATIONS
        if operation.policy.permission is Permission.OPERATE
        for data in operation.policy.returns
    }
    assert shown.isdisjoint({DataClass.MESSAGE, DataClass.FILE, DataClass.ACCOUNT})
    assert not any(frame.permissions & permissions_of("operator") for frame in FRAMES)


def test_an_agent_elsewhere_in_the_company_cannot_tell_what_exists(street: Street) -> None:
    """Neither the talks of an inbox that is not theirs, nor what is a colleague's own."""
    ours = street.ours
    elsewhere = open_inbox(ours.admin, "Elsewhere")["id"]
    outsider = invite(ours.admin, "Besa", [elsewhere])
    told = []
    for operation in (o for o in OPERATIONS if o.door == "console"):
        for slot in (s for s in slots(operation) if s.kind in ONES_OWN):
            for kind in ONES_OWN:
                ask, name = asked(operation, ours.ids), ours.ids[kind]
                answers = [ask.at(slot, n).by(outsider) for n in (name, missing(name))]
                if said(answers[0]) != said(answers[1]):
                    told.append((operation.name, slot.way, kind, answers[0].text))
    assert told == []
    by_inbox = f"/api/conversations?inbox_id={ours.ids['inbox']}"
    assert outsider.get(by_inbox) == {"items": [], "next": None}
    assert [inbox["id"] for inbox in outsider.get("/api/inboxes")["items"]] == [elsewhere]


def test_a_visitor_cannot_tell_what_another_visitor_has(street: Street) -> None:
    ours = street.ours
    nosy = VisitorOf(street.server, "Nosy")
    nosy.inbox_id = ours.ids["inbox"]
    nosy.accept_notice()
    told = []
    for operation in (o for o in OPERATIONS if o.door == "widget"):
        for slot in (s for s in slots(operation) if s.kind == "file"):
            for kind in ONES_OWN:
                ask, name = asked(operation, ours.ids), ours.ids[kind]
                answers = [ask.at(slot, n).by(nosy) for n in (name, missing(name))]
                if said(answers[0]) != said(answers[1]):
                    told.append((operation.name, slot.way, kind, answers[0].text))
    assert told == []
