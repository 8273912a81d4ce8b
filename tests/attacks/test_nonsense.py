"""Nonsense in every field of every operation and frame: a clear no, never a broken server. S6."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from urllib.parse import quote

import pytest
from msgspec.structs import fields

from silkroad.http.operations import Operation
from silkroad.kit.permissions import Permission
from silkroad.live.frames import FrameOperation
from silkroad.parts import FRAMES, OPERATIONS
from tests.depth import by_depth
from tests.harness.people import Json, Line, Person

from .asking import Ask, asked, levels, placed, sample
from .enterprise import Street, as_before

WORDS = (
    "",
    "\0",
    "a\0b",
    "\u202e\ufeff",
    "\ud800",
    "x" * 5000,
    "9" * 400,
    "-1",
    "../../etc/passwd",
    "' OR 1=1 --",
    "%s{0}${0}",
    "\r\nSet-Cookie: a=b",
    "\u0301" * 300,
)
OTHERS: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    1e308,
    [],
    {},
    [[]],
    [None],
    [{}],
    ["\0"],
    ["x"] * 5,
)


def cursor(*parts: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


EACH = by_depth(3, 1, 1)  # at every change each operation hears its share
QUESTIONS = (
    *WORDS,
    "nan",
    "1e3",
    "9007199254740993",
    "%%%",
    "é=",
    cursor(2**70, "x"),
    cursor(-(2**63) - 1, "x"),
    cursor(0, "\0"),
    cursor(1e300, "x"),
    cursor(0, "\ud800"),
    cursor({}, []),
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_no_nonsense_breaks_an_operation(street: Street, operation: Operation) -> None:
    person, broken = who_may(street, operation), []
    every = nonsense(asked(operation, street.ours.ids), street.ours.ids)
    for place, ask in islice(every, OPERATIONS.index(operation) % EACH, None, EACH):
        with as_before(person):
            answer = ask.by(person)
        if answer.status_code >= 500:
            broken.append((place, answer.text))
    if operation.name == "age_gate.set":  # a true one is no nonsense, and keeps visitors out
        assert asked(operation, street.ours.ids).by(person).status_code == 200
    assert broken == []


def who_may(street: Street, operation: Operation) -> Person:
    if operation.policy.permission is Permission.OPERATE:
        return street.operator
    return street.ours.visitor if operation.door == "widget" else street.ours.admin


def nonsense(ask: Ask, ids: dict[str, str]) -> Iterator[tuple[object, Ask]]:
    """Yield the request with each kind of nonsense in each of its places, one at a time."""
    for name in ask.operation.path_names:
        for word in WORDS[1:]:
            with suppress(UnicodeEncodeError):
                yield (name, word), replace(ask, names={**ask.names, name: quote(word, safe="")})
    for field in fields(ask.operation.query) if ask.operation.query else ():
        for word in QUESTIONS:
            with suppress(UnicodeEncodeError):
                word.encode()  # half a letter has no place in an address
                yield (field.name, word), replace(ask, query={field.name: word})
    for level in levels(ask.operation.body, ids) if ask.operation.body else ():
        for name in sorted(
            level.declared - {"password"}
        ):  # each would be hashed, which takes its time
            for value in (*WORDS, *OTHERS):
                body = placed(level.body, (*level.way, name), value)
                yield (*level.way, name, value), replace(ask, body=body)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.frame.__name__)
def test_no_nonsense_breaks_a_line(street: Street, frame: FrameOperation) -> None:
    ours = street.ours
    street.world.let_pass(120)  # each line takes a ticket, and there are so many in a time
    for opens in (ours.admin.socket, ours.visitor.line):
        line, broken = opens(), 0
        for field in fields(frame.frame):
            for value in (*WORDS, *OTHERS):
                codes = answered(line, {**sample(frame.frame, ours.ids), field.name: value})
                assert "internal" not in codes, (field.name, value)
                broken += "unknown_frame" in codes or "malformed" in codes
                if broken == 4:  # five broken frames end a line
                    line.close()
                    line, broken = opens(), 0
        line.close()


def answered(line: Line, frame: Json) -> list[str]:
    """Say a frame and return the codes of all errors that come back before a mark's."""
    line.say(**frame)
    line.say(t="send", id="mark-mark-mark", conversation="nothing", text="mark")
    codes = []
    while (heard := line.hear("error"))["id"] != "mark-mark-mark":
        codes.append(heard["code"])
    return codes
