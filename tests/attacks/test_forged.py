"""Requests that say more than they may: keys that nobody declared. S4.

Made from the registry: every body at every depth, every question, every frame.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec.structs import fields

from silkroad.http.operations import Operation
from silkroad.kit.permissions import Permission
from silkroad.live.frames import FrameOperation
from silkroad.parts import DECLARATIONS, FRAMES, OPERATIONS
from tests.depth import by_depth
from tests.harness.people import Person

from .asking import asked, levels, placed, sample
from .enterprise import Street, as_before


def keys() -> set[str]:
    """Return every name that means something somewhere: all columns, all fields of all bodies."""
    columns = {column for tables in DECLARATIONS for table in tables.values() for column in table}
    bodies = [o.body for o in OPERATIONS if o.body] + [o.result for o in OPERATIONS]
    return columns | {name for body in bodies for name in getattr(body, "__struct_fields__", ())}


KEYS = sorted(keys())
DANGEROUS = {"workspace_id", "account_id", "member_id", "role", "region"}
EACH = by_depth(15, 1, 1)  # how many take turns: at every change each is tried with its share


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_no_body_takes_a_key_that_it_does_not_declare(street: Street, operation: Operation) -> None:
    ours, taken = street.ours, []
    person = who_may(street, operation)
    for level in levels(operation.body, ours.ids) if operation.body else ():
        for key in sorted(share(operation) - level.declared):
            body = placed(level.body, (*level.way, key), "admin")
            with as_before(person):
                answer = replace(asked(operation, ours.ids), body=body).by(person)
            if answer.status_code != 422 or f"unknown field `{key}`" not in answer.text:
                taken.append((*level.way, key, answer.text))
    assert taken == []


def share(operation: Operation) -> set[str]:
    """Return the keys that an operation is tried with this time."""
    return DANGEROUS | set(KEYS[OPERATIONS.index(operation) % EACH :: EACH])


def who_may(street: Street, operation: Operation) -> Person:
    if operation.policy.permission is Permission.OPERATE:
        return street.operator
    return street.ours.visitor if operation.door == "widget" else street.ours.admin


def test_no_question_takes_a_key_that_it_does_not_declare(street: Street) -> None:
    for operation, query in ((o, o.query) for o in OPERATIONS if o.query):
        for key in share(operation) - {field.encode_name for field in fields(query)}:
            ask = replace(asked(operation, street.ours.ids), query={key: "admin"})
            assert ask.by(who_may(street, operation)).status_code == 422, (operation.name, key)


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.frame.__name__)
def test_no_frame_takes_a_key_that_it_does_not_declare(
    street: Street, frame: FrameOperation
) -> None:
    street.world.let_pass(120)  # each line takes a ticket, and there are so many in a time
    undeclared = sorted(set(KEYS) - {field.encode_name for field in fields(frame.frame)})
    for at_once in (undeclared[at : at + 4] for at in range(0, len(undeclared), 4)):
        line = street.ours.admin.socket()
        for key in at_once:
            line.say(**sample(frame.frame, street.ours.ids), **{key: "admin"})
            heard = line.hear("error", "ack", "message", "typing", "read", "resumed")
            assert heard.get("code") == "unknown_frame", key
            assert f"`{key}`" in heard["detail"]
        line.close()


@pytest.mark.usefixtures("_unchanged")
def test_looking_changes_nothing(street: Street) -> None:
    for operation in (o for o in OPERATIONS if o.method == "GET"):
        for person in (street.ours.admin, street.ours.agent, street.ours.visitor):
            asked(operation, street.ours.ids).by(person)
