"""ROUTES: every operation and every frame, asked by one person about what they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from silkroad.http.operations import Operation
from silkroad.parts import FRAMES, OPERATIONS
from tests.attacks.asking import asked, sample
from tests.attacks.enterprise import as_before
from tests.attacks.listening import answers
from tests.attacks.test_permissions import TAKES_AWAY
from tests.harness.people import Json, Line, Person


class Told(NamedTuple):
    """What somebody was told at one door: all of it, headers included."""

    door: str
    status: int
    said: str


def routes(person: Person, ids: dict[str, str]) -> list[Told]:
    """Let somebody ask every operation, with good requests about these things.

    ``ids`` names one thing of each kind, as ``Enterprise.ids`` does. What takes something away is
    asked last, so that nobody is a stranger at the doors before.
    """
    return list(_routes(person, ids))


def _routes(person: Person, ids: dict[str, str]) -> Iterator[Told]:
    for operation in sorted(OPERATIONS, key=_last_things_last):
        with as_before(person):
            answer = asked(operation, ids).by(person)
        yield Told(operation.name, answer.status_code, f"{answer.text}\n{answer.headers}")


def _last_things_last(operation: Operation) -> tuple[bool, bool]:
    return operation.name in TAKES_AWAY, operation.name == "account.sign_out"


def frames(line: Line, ids: dict[str, str]) -> dict[str, list[Json]]:
    """Let somebody say every frame about these things; return what each was answered."""
    return {
        operation.frame.__name__: answers(line, sample(operation.frame, ids))
        for operation in FRAMES
    }
