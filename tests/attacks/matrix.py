"""The matrix: every place of every door where an id may stand, each kind of thing that there is,
and everybody who may come. S2.

A cell is tried with an id of the neighbours' and with one of nothing, side by side. Three oracles
judge: no word of the neighbours comes out anywhere, what they have stays as it is, and what is
theirs looks like what does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

import httpx2

from silkroad.http import CONSOLE, visitor_cookie
from silkroad.http.operations import Operation
from silkroad.live.frames import FrameOperation
from silkroad.parts import FRAMES, OPERATIONS
from tests.cast import any_phone
from tests.harness.people import Json, Person

from .asking import OBJECTS, Ask, Leaf, Slot, asked, leaves, missing, said, sample, slots
from .enterprise import Enterprise, Street, as_before
from .listening import Ears, answers
from .principals import THERE, lines, people

MADE_NOW = re.compile(rb"[\w-]{26,}|\b\d{13}\b")
HOME = {
    "visitor": "/api/widget/{inbox}/messages",
    "end user": "/api/widget/{inbox}/messages",
    "agent": "/api/me",
    "admin": "/api/me",
    "operator": "/api/operator",
}
"""A door that opens to each of them and to nobody else."""

Oracle = Literal["canary", "state", "missing", "broken"]


class AtDoor(NamedTuple):
    """A place in a request."""

    operation: Operation
    slot: Slot


class InCookie(NamedTuple):
    """The cookie that a door knows people by; whoever sends something else is nobody."""

    operation: Operation


class OnLine(NamedTuple):
    """A field of a frame."""

    frame: FrameOperation
    leaf: Leaf


class Cell(NamedTuple):
    """One trial: which place, which kind of the neighbours' things, and who tries."""

    place: str
    kind: str
    who: str


class Finding(NamedTuple):
    """What went wrong, where, and which oracle saw it."""

    cell: Cell | None
    oracle: Oracle
    what: str


def places() -> dict[str, AtDoor | InCookie | OnLine]:
    """Return every place, by its name."""
    doors: dict[str, AtDoor | InCookie | OnLine] = {
        f"{operation.name} {slot.where} {'.'.join(slot.way)}": AtDoor(operation, slot)
        for operation in OPERATIONS
        for slot in slots(operation)
    }
    cookies = {f"{operation.name} cookie": InCookie(operation) for operation in OPERATIONS}
    frames = {
        f"{frame.frame.__name__} {'.'.join(leaf.way)}": OnLine(frame, leaf)
        for frame in FRAMES
        for leaf in leaves(frame.frame)
        if leaf.way[-1] in OBJECTS
    }
    return doors | cookies | frames


PLACES = places()


def cells(kinds: Iterable[str]) -> list[Cell]:
    """Return the whole matrix."""
    return [
        Cell(place, kind, who)
        for place, at in PLACES.items()
        for who in (["anonymous"] if isinstance(at, InCookie) else THERE)
        for kind in kinds
    ]


def with_fewer_cookies(whole: list[Cell], each: int) -> list[Cell]:
    """Leave out false cookies: each operation is shown one for each ``each``-th kind of thing.

    Whom a cookie stands for is found out in one place, before anybody looks at the operation.
    """
    kinds = list(dict.fromkeys(cell.kind for cell in whole))
    turns = {name: n for n, name in enumerate(PLACES)}
    return [
        cell
        for cell in whole
        if not isinstance(PLACES[cell.place], InCookie)
        or (kinds.index(cell.kind) + turns[cell.place]) % each == 0
    ]


class Trial:
    """Somebody at work on a street: the people who try, and the ears that are open meanwhile."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._people = people(street)
        self._lines = lines(street)
        self._ears = Ears(street)
        self.tried = 0
        token = street.ours.visitor.cookies[visitor_cookie(street.ours.ids["inbox"])]
        for visitor in (street.ours.visitor, street.ours.guest):  # claim to be theirs as well
            visitor.cookies[visitor_cookie(street.theirs.ids["inbox"])] = token

    def run(self, chosen: Iterable[Cell]) -> list[Finding]:
        """Try these cells and return all that went wrong."""
        found: list[Finding] = []
        last = ""
        for cell in chosen:
            if cell.place != last:
                found += (Finding(None, o, f"{last}: {what}") for o, what in self._ears.listen())
                last = cell.place
            found += self._try(cell)
            self.tried += 1
        found += (Finding(None, oracle, what) for oracle, what in self._ears.finish())
        strangers = [who for who, door in HOME.items() if not self._at_home(who, door)]
        found += (Finding(None, "broken", f"{who} is nobody any more") for who in strangers)
        return found

    def _at_home(self, who: str, door: str) -> bool:
        """Whether somebody is still who they were, so that their refusals were not a stranger's."""
        path = door.format(inbox=self._street.ours.ids["inbox"])
        return self._people[who].ask("GET", path).status_code == 200

    def _try(self, cell: Cell) -> Iterator[Finding]:
        at, name = PLACES[cell.place], self._street.theirs.ids[cell.kind]
        match at:
            case AtDoor():
                yield from self._knock(cell, at, name)
            case InCookie():
                yield from self._show(cell, at, name)
            case OnLine() if cell.who in self._lines:
                yield from self._say(cell, at, name)
            case OnLine():
                refused = self._people[cell.who].ask("POST", "/api/live/ticket", {})
                if refused.status_code not in {401, 403}:
                    yield Finding(cell, "broken", "has a line after all")

    def _knock(self, cell: Cell, at: AtDoor, name: str) -> Iterator[Finding]:
        ask = asked(at.operation, self._street.ours.ids)
        person = self._people[cell.who]
        foreign = self._patiently(person, ask.at(at.slot, name))
        public = at.operation.door == "widget" and cell.kind == at.slot.kind == "inbox"
        if public:  # an inbox is what every passer-by on its website knows: no more than they see
            nothing = self._patiently(self._people["anonymous"], ask.at(at.slot, name))
        else:
            nothing = self._patiently(person, ask.at(at.slot, missing(name)))
        yield from self._judge(cell, foreign, nothing, shown=at.operation.door == "widget")

    def _show(self, cell: Cell, at: InCookie, name: str) -> Iterator[Finding]:
        ids = self._street.ours.ids
        cookie = visitor_cookie(ids["inbox"]) if at.operation.door == "widget" else CONSOLE
        somebody, answered = self._people["anonymous"], []
        for value in (name, missing(name)):
            with as_before(somebody):
                somebody.cookies[cookie] = value
                answered.append(self._patiently(somebody, afresh(asked(at.operation, ids))))
        foreign, nothing = answered
        yield from self._judge(cell, foreign, nothing, shown=at.operation.door == "widget")

    def _patiently(self, person: Person, ask: Ask) -> httpx2.Response:
        """Ask again when it is time: an answer of a throttle tells nothing about the door."""
        while True:
            with as_before(person):
                answer = ask.by(person)
            if answer.status_code != 429:
                return answer
            self._street.world.let_pass(float(answer.headers["retry-after"]))

    def _judge(
        self, cell: Cell, foreign: httpx2.Response, nothing: httpx2.Response, *, shown: bool
    ) -> Iterator[Finding]:
        for leak in leaks(foreign, self._street.theirs, shown=shown):
            yield Finding(cell, "canary", f"told {leak}")
        if foreign.status_code >= 500:
            yield Finding(cell, "broken", str(foreign.status_code))
        if told(foreign) != told(nothing):
            yield Finding(cell, "missing", f"{told(foreign)} differs from {told(nothing)}")

    def _say(self, cell: Cell, at: OnLine, name: str) -> Iterator[Finding]:
        line, ours = self._lines[cell.who], self._street.ours
        foreign, nothing = (
            answers(line, {**sample(at.frame.frame, ours.ids), **named(at.leaf, n)})
            for n in (name, missing(name))
        )
        if foreign != nothing:
            yield Finding(cell, "missing", f"{foreign} differs from {nothing}")
        for word in self._street.theirs.private:
            if word in str(foreign):
                yield Finding(cell, "canary", f"told {word}")


def afresh(ask: Ask) -> Ask:
    """Return the request about another phone, so that no limit of one phone answers it."""
    phone = {"phone": any_phone()} if ask.body and "phone" in ask.body else {}
    return replace(ask, body={**ask.body, **phone} if phone else ask.body)


def told(answer: httpx2.Response) -> object:
    """Return all that an answer tells; of a success without the challenges that are made for it."""
    status, content, headers = said(answer)
    return status, MADE_NOW.sub(b"*", content) if status == 200 else content, headers


def named(leaf: Leaf, name: str) -> Json:
    note = {"note": True} if leaf.way == ("mentions",) else {}
    return {leaf.way[0]: [name] if leaf.many else name, **note}


def leaks(answer: httpx2.Response, theirs: Enterprise, *, shown: bool) -> list[str]:
    """Return which of their words and ids an answer holds; ``shown``: those of their widget may."""
    text = answer.text + str(answer.headers)
    public = theirs.words.shown | {theirs.ids["inbox"]} if shown else set()
    return sorted(
        word for word in theirs.private | theirs.words.shown if word in text and word not in public
    )
