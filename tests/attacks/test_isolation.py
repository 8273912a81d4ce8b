"""Two enterprises on one server: nobody of one learns or changes anything of the other. S2.

Every place where an operation, a cookie or a frame takes an id is tried with each kind of the
neighbours' things, by everybody who exists; see matrix.py. At every change that is each two of the
three together, but for false cookies. Whoever does not exist yet is told of in principals.py.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from websockets.exceptions import ConnectionClosed

import silkroad
from silkroad.http import Empty
from silkroad.http.operations import Door, Operation
from silkroad.parts import OPERATIONS
from tests.depth import by_depth
from tests.harness.people import Line, Person

from . import principals
from .asking import Slot, asked, missing, slots, untold
from .enterprise import Enterprise, Street, as_before, founded
from .listening import EVERYTHING, answers
from .matrix import Cell, Trial, cells, leaks, with_fewer_cookies
from .pairwise import pairs, pairwise
from .principals import PRINCIPALS, THERE, people

BY_ID = [operation for operation in OPERATIONS if slots(operation)]
PLAIN = [operation for operation in OPERATIONS if not slots(operation)]
MADE_UP_BY_CLIENTS = {"cli"}
NAMED_AT_NO_DOOR = {
    *("eng", "trf"),  # what a company has agreed with a third party goes by the third party's name
    "crt",  # the operator's, and no company's
    *("gdn", "prf"),  # the keys of a guardian's words and of a proof, which stay with us
}
NO_TICKET = 4401


def test_everybody_who_may_come_is_told_of() -> None:
    assert principals.roles_told() == principals.roles_there_are(), "give the role its row"
    assert set(get_args(Door)) == principals.DOORS, "who comes by the new door?"
    assert len(PRINCIPALS) == 8
    assert all(bool(p.role) != bool(p.why_not) for p in PRINCIPALS.values())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_field_of_every_operation_has_a_meaning(operation: Operation) -> None:
    assert untold(operation) == [], "say in asking.py whether it names an object, and of which kind"


def test_one_of_each_kind_of_thing_is_tried(street: Street) -> None:
    source = "".join(path.read_text() for path in Path(silkroad.__path__[0]).rglob("*.py"))
    made = set(re.findall(r'new_id\(\s*"([a-z]{3})"', source))
    made -= MADE_UP_BY_CLIENTS | NAMED_AT_NO_DOOR
    assert made == {name[:3] for name in street.theirs.ids.values()} | {"try"}


@pytest.mark.timeout(by_depth(240, 900, 900))
def test_every_cell_of_the_matrix_is_closed(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of them; every pair of place, kind and person where there is no time for all.

    Then a false cookie is shown at each door with a share of the kinds.
    """
    whole = cells(street.theirs.ids)
    chosen = by_depth(pairwise(with_fewer_cookies(whole, 15)), whole, whole)
    trial = Trial(street)
    assert trial.run(chosen) == []
    assert trial.tried == len(chosen) == len(set(chosen))
    with capsys.disabled():
        print(f"{trial.tried} of {len(whole)} cells closed on {street.server.engine} ", end="")


def test_no_name_of_a_thing_opens_a_line(street: Street) -> None:
    for name in street.theirs.ids.values():
        for ticket in (name, missing(name)):
            with pytest.raises(ConnectionClosed) as closed:
                Line(street.server, ticket)
            assert closed.value.rcvd and closed.value.rcvd.code == NO_TICKET


def test_the_pairs_that_are_tried_at_every_change_are_all_there_are() -> None:
    """The reduced matrix leaves out trials and no pair."""
    whole = cells(["conversation", "file", "member", "session", "inbox", "wake", "device"])
    reduced = pairwise(whole)
    assert {pair for cell in whole for pair in pairs(cell)} == {
        pair for cell in reduced for pair in pairs(cell)
    }
    cookies = [cell for cell in whole if cell.place.endswith(" cookie")]
    fewer = [cell for cell in with_fewer_cookies(whole, 7) if cell in cookies]
    assert {cell.place for cell in fewer} == {cell.place for cell in cookies}
    assert {cell.kind for cell in fewer} == {cell.kind for cell in cookies}
    assert len(fewer) < len(cookies) / 6
    by_id = [cell for cell in whole if not cell.place.endswith(" cookie")]
    assert len(pairwise(by_id)) < len(by_id) / 3
    assert pairwise([Cell("door", "file", who) for who in THERE]) != []


def test_what_takes_no_id_tells_nothing_of_the_neighbours_either(street: Street) -> None:
    theirs = street.theirs
    for operation in (o for o in PLAIN if o.result is not Empty):
        for who, person in people(street).items():
            with as_before(person):
                answer = asked(operation, street.ours.ids).by(person)
            found = set(leaks(answer, theirs, shown=False))
            if operation.name.startswith("operator.") and who == "operator":
                found -= theirs.words.shown | {theirs.ids["workspace"]}  # which company, no more
            assert found == set(), (operation.name, who)
            assert answer.status_code < 500, (operation.name, who)


def test_neighbours_do_not_hear_each_other(street: Street) -> None:
    ours = street.ours
    lines = [ours.admin.socket(), ours.agent.socket(), ours.visitor.line()]
    founded(street.world)
    for line in lines:
        nothing = {"t": "read", "conversation": ours.ids["conversation"], "seq": 0}
        heard = answers(line, nothing, EVERYTHING)
        assert [frame for frame in heard if frame.get("member") not in ours.private] == []


def test_with_ones_own_ids_the_same_requests_succeed(street: Street) -> None:
    """So the refusals above are about whose objects these are, and about nothing else."""
    own = founded(street.world)
    refused = {}
    for operation in sorted(BY_ID, key=last_things_last):
        person = own.visitor if operation.door == "widget" else own.admin
        for slot in slots(operation):
            name = an_own(own, operation, slot, person)
            answer = asked(operation, own.ids).at(slot, name).by(person)
            if answer.status_code >= 400:
                refused[operation.name, slot.way[-1]] = answer.json()["code"]
    assert refused == {
        ("contact.send_to_company", "inbox_id"): "notice_required",  # the sample has no current one
        ("widget.ask_guardian", "inbox_id"): "notice_required",
        ("requests.unmask", "request_id"): "wrong_step",  # nothing was proved yet
        ("requests.decide", "request_id"): "wrong_step",
        ("requests.bind", "request_id"): "wrong_step",  # it is a question, and about nobody's data
        ("requests.bind", "visitor_id"): "wrong_step",
        ("requests.copy", "request_id"): "not_verified",  # nor is it known whose it is
        ("requests.erase", "request_id"): "not_verified",
        ("widget.consents_answer", "inbox_id"): "notice_required",  # the sample has read nothing
        ("widget.publish", "inbox_id"): "notice_required",
        ("widget.microphone", "inbox_id"): "consent_required",  # and agreed to nothing
        ("widget.camera", "inbox_id"): "consent_required",
        ("invitations.create", "inbox_ids"): "attestation_required",  # nor an attested text
        ("invitations.import", "inbox_ids"): "attestation_required",
        ("exceptions.propose", "subjects"): "invalid",  # nor a time to come
        ("exceptions.approve", "exception_id"): "own_proposal",
        ("exceptions.copies", "exception_id"): "wrong_step",  # it is no investigation
        ("widget.refuse_exception", "inbox_id"): "invalid",  # nor a kind that asks the person
        ("widget.start", "inbox_id"): "notice_required",  # the sample has no current notice
        ("widget.subscribe", "inbox_id"): "not_found",  # nor a token, which works once
        ("widget.wake", "inbox_id"): "not_found",  # nor the visitor's own wake, as below
    }


def last_things_last(operation: Operation) -> tuple[bool, bool, bool]:
    """Sort what takes something away behind what needs it."""
    moves = operation.name == "me.switch"  # the session goes on as another one, without devices
    return moves, operation.method == "DELETE", operation.name == "inboxes.archive"


def an_own(own: Enterprise, operation: Operation, slot: Slot, person: Person) -> str:
    """Return an own object for a place; a message takes only files that were never sent."""
    if slot.kind == "wake" and operation.door == "widget":
        return own.ids["visitor_wake"]
    if slot.kind != "file" or slot.where != "body":
        return own.ids[slot.kind]
    talk = f"/api/conversations/{own.ids['conversation']}"
    door = own.visitor.path() if operation.door == "widget" else talk
    return str(person.upload(f"{door}/files", "words.txt", b"words\n")["id"])
