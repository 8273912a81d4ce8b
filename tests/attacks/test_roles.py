"""Who may do what in one enterprise: every role at every door, as the permission table says. S3.

A door is knocked at with nothing useful in hand, so that nobody changes anything: whoever may come
in hears that the request is not right, and whoever may not never gets as far.
"""

from __future__ import annotations

from typing import get_args

import pytest

from silkroad.app import FRAMES, OPERATIONS
from silkroad.http.operations import Door, Operation
from silkroad.kit.inventory import DataClass
from silkroad.kit.permissions import Permission, Role, permissions_of
from silkroad.live.frames import FrameOperation
from tests.cast import VisitorOf, invite, open_inbox, open_shop
from tests.harness.people import Person

from .asking import Ask, asked, missing, said, sample, slots
from .enterprise import Street, as_before
from .locks import LOCKS

AT_THE_DOOR: dict[Door, dict[Role, Role]] = {
    "console": {"agent": "agent", "admin": "admin", "operator": "operator"},
    "widget": {"visitor": "visitor"},
    "public": {},
}
"""As whom each door knows people; a cookie for another door is no cookie."""

BARE = {
    "sessions.revoke_others",
    "me.leave",
    "password.remove",
    "totp.remove",
    "widget.forget",
    "widget.unsubscribe",
}
"""What acts without a body or an object of its own: only throw-away people try it."""

ONES_OWN = {"conversation", "file", "unsent", "wake", "device", "session", "passkey"}


def test_every_door_has_the_lock_that_is_written_down() -> None:
    found: dict[Permission, set[str]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.policy.permission, set()).add(operation.name)
    assert found == LOCKS


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_role_gets_as_far_as_the_table_says(street: Street, operation: Operation) -> None:
    people = throw_away(street) if operation.name in BARE else company(street)
    assert people.keys() == set(get_args(Role)) - {"system"}
    for role, person in people.items():
        with as_before(person):
            answer = useless(operation, street, person).by(person)
        code = answer.json().get("code") if answer.status_code >= 400 else None
        known_as = AT_THE_DOOR[operation.door].get(role, "anonymous")
        if operation.policy.permission in permissions_of(known_as):
            assert code not in {"signed_out", "forbidden"}, role
        elif known_as == "anonymous":
            assert (answer.status_code, code) == (401, "signed_out"), role
        else:
            assert (answer.status_code, code) == (403, "forbidden"), role


def company(street: Street) -> dict[Role, Person]:
    ours = street.ours
    return {
        "anonymous": Person(street.server, "anybody"),
        "visitor": ours.visitor,
        "agent": ours.agent,
        "admin": ours.admin,
        "operator": street.operator,
    }


def throw_away(street: Street) -> dict[Role, Person]:
    shop = open_shop(street.server)
    visitor, _ = shop.asks("Hello")
    return {**company(street), "visitor": visitor, "agent": shop.arta, "admin": shop.admin}


def useless(operation: Operation, street: Street, person: Person) -> Ask:
    """Return a request that does nothing: about nobody, or with a body that is none."""
    nobody = {kind: missing(name) for kind, name in street.ours.ids.items()}
    if operation.door == "widget":
        own = person.inbox_id if isinstance(person, VisitorOf) else street.ours.ids["inbox"]
        nobody["inbox"] = own
    ask = asked(operation, nobody)
    return Ask(operation, ask.names, {}, []) if operation.body else ask


def test_what_acts_by_itself_is_tried_by_throw_away_people_only() -> None:
    by_itself = {
        o.name
        for o in OPERATIONS
        if o.method != "GET" and not (o.body or o.raw) and set(o.path_names) <= {"inbox_id"}
        if not (o.door == "console" and o.path_names)
    }
    assert by_itself == BARE


def test_the_operator_runs_the_installation_and_reads_nothing_in_it() -> None:
    assert permissions_of("operator") == {Permission.OPERATE, Permission.KNOCK}
    shown = {
        data
        for operation in OPERATIONS
        if operation.policy.permission is Permission.OPERATE
        for data in operation.policy.returns
    }
    assert shown.isdisjoint({DataClass.MESSAGE, DataClass.FILE, DataClass.ACCOUNT})
    assert not any(frame.permissions & permissions_of("operator") for frame in FRAMES)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.frame.__name__)
def test_each_role_may_say_what_the_table_says(street: Street, frame: FrameOperation) -> None:
    ours = street.ours
    lines = {"visitor": ours.visitor.line(), "agent": ours.agent.socket()}
    for role, line in {**lines, "admin": ours.admin.socket()}.items():
        nobody = {kind: missing(name) for kind, name in ours.ids.items()}
        line.say(**sample(frame.frame, nobody))
        line.say(t="send", id="and-no-more", conversation="nothing", text="no more")
        heard = line.hear("error", "resumed", "gap")
        may = not frame.permissions.isdisjoint(permissions_of(role))
        assert (heard.get("code") != "forbidden") == may, role


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
