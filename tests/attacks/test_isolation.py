"""Two enterprises on one server: nobody of one learns or changes anything of the other. S2.

Every operation and frame that takes an id is tried with one of each kind of the neighbours'
objects, by everybody from a passer-by to the operator. Three things must hold: no word or id of
theirs comes back, their rows stay as they are, and what is theirs looks like what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import httpx2
import pytest

from silkroad.app import FRAMES, OPERATIONS, SERVER_FRAMES
from silkroad.http import Empty, visitor_cookie
from silkroad.http.operations import Operation
from silkroad.live.frames import FrameOperation
from tests.harness.people import Json, Line, Person

from . import stored
from .asking import OBJECTS, Leaf, Slot, asked, leaves, missing, said, sample, slots, untold
from .enterprise import Enterprise, Street, as_before, founded

BY_ID = [operation for operation in OPERATIONS if slots(operation)]
MARK = "mark-of-our-own"
EVERYTHING = {str(kind.__struct_config__.tag) for kind in SERVER_FRAMES}
NEWS = EVERYTHING - {"presence"}  # who comes and goes is told at its own time
PLAIN = [operation for operation in OPERATIONS if not slots(operation)]


class Finding(NamedTuple):
    """What went wrong, where."""

    operation: str
    who: str
    slot: str
    kind: str
    what: str


def people(street: Street) -> dict[str, Person]:
    """Return everybody who might try; our visitor also claims to be one of theirs."""
    ours, theirs = street.ours, street.theirs
    token = ours.visitor.cookies[visitor_cookie(ours.ids["inbox"])]
    ours.visitor.cookies[visitor_cookie(theirs.ids["inbox"])] = token
    return {
        "anonymous": Person(street.server, "anonymous"),
        "visitor": ours.visitor,
        "agent": ours.agent,
        "admin": ours.admin,
        "operator": street.operator,
    }


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_field_of_every_operation_has_a_meaning(operation: Operation) -> None:
    assert untold(operation) == [], "say in asking.py whether it names an object, and of which kind"


@pytest.mark.usefixtures("_untouched")
def test_no_operation_tells_or_changes_anything_of_the_neighbours(street: Street) -> None:
    found = [
        finding
        for operation in BY_ID
        for slot in slots(operation)
        for who, person in people(street).items()
        for finding in tried(street, operation, slot, who, person)
    ]
    assert found == []


@pytest.fixture
def _untouched(street: Street) -> Iterator[None]:
    """What the neighbours have, and what they hear, stays as it was."""
    before = stored.rows_about(street.server.data, street.theirs.private)
    ears = [street.theirs.admin.socket(), street.theirs.visitor.line()]
    yield
    assert stored.rows_about(street.server.data, street.theirs.private) == before
    assert all(ear.hears_nothing(*NEWS) for ear in ears)


def tried(
    street: Street, operation: Operation, slot: Slot, who: str, person: Person
) -> Iterator[Finding]:
    """Try one place of one operation with each of their objects."""
    ask = asked(operation, street.ours.ids)
    for kind, name in street.theirs.ids.items():
        with as_before(person):
            foreign = ask.at(slot, name).by(person)
        with as_before(person):
            nothing = ask.at(slot, missing(name)).by(person)
        where = (operation.name, who, ".".join(slot.way), kind)
        for leak in leaks(foreign, street.theirs, shown=operation.door == "widget"):
            yield Finding(*where, f"told {leak}")
        if foreign.status_code >= 500:
            yield Finding(*where, f"broke: {foreign.status_code}")
        if operation.door == "widget" and kind == slot.kind == "inbox":
            continue  # an inbox is what every passer-by on its website knows
        if said(foreign) != said(nothing):
            yield Finding(*where, f"{said(foreign)} differs from {said(nothing)}")


def leaks(answer: httpx2.Response, theirs: Enterprise, *, shown: bool) -> list[str]:
    """Return which of their words and ids an answer holds; ``shown``: those of their widget may."""
    text = answer.text + str(answer.headers)
    public = theirs.words.shown | {theirs.ids["inbox"]} if shown else set()
    return sorted(
        word for word in theirs.private | theirs.words.shown if word in text and word not in public
    )


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


@pytest.mark.usefixtures("_untouched")
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.frame.__name__)
def test_no_frame_tells_or_changes_anything_of_the_neighbours(
    street: Street, frame: FrameOperation
) -> None:
    ours, theirs = street.ours, street.theirs
    for line in (ours.admin.socket(), ours.agent.socket(), ours.visitor.line()):
        for leaf in (leaf for leaf in leaves(frame.frame) if leaf.way[-1] in OBJECTS):
            for kind, name in theirs.ids.items():
                foreign, nothing = (
                    answers(line, {**sample(frame.frame, ours.ids), **named(leaf, n)})
                    for n in (name, missing(name))
                )
                assert foreign == nothing, (leaf.way, kind)
                assert not any(word in str(foreign) for word in theirs.private)


def named(leaf: Leaf, name: str) -> Json:
    note = {"note": True} if leaf.way == ("mentions",) else {}
    return {leaf.way[0]: [name] if leaf.many else name, **note}


def answers(line: Line, frame: Json, kinds: set[str] = NEWS) -> list[Json]:
    """Say a frame and return all that comes back, up to the answer to a mark behind it."""
    line.say(**frame)
    line.say(t="send", id=MARK, conversation="nothing", text="mark")
    heard: list[Json] = []
    while (back := line.hear(*kinds)).get("id") != MARK:
        heard.append({key: value for key, value in back.items() if value != frame.get("id")})
    return heard


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
