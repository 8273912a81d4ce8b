"""Who asks when the OpenAPI document is put to the proof: administrator, visitor, operator.

Each has what the document says they need. Some questions cost whoever asks their access, such as to
sign out; the next one is then asked by somebody new. What everybody needs cannot be deleted: the
one inbox, and the administrator who invites.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from schemathesis import Case as AnyCase

from silkroad.http.operations import Operation
from silkroad.kit.permissions import Permission
from silkroad.parts import OPERATIONS
from tests.attacks.asking import OBJECTS, SAMPLES, missing
from tests.attacks.enterprise import Enterprise, founded
from tests.cast import Member, VisitorOf, invite
from tests.harness.people import Person
from tests.installation.operator import operator
from tests.push.world import World

BY_NAME = {operation.name: operation for operation in OPERATIONS}
NEEDED = {"inboxes.archive": "inbox", "members.remove": "admin", "members.update": "admin"}
"""Operations that would take something away which the others need, and what."""

Case = AnyCase[Any]
_addresses = itertools.count()


@dataclass
class Callers:
    """Everybody who asks, and how many questions they asked about each operation."""

    world: World
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.operator: Person = operator(self.world.server)
        self.ours: Enterprise = founded(self.world)
        self.needed = {"inbox": self.ours.ids["inbox"], "admin": self.ours.admin.member_id}
        self.admin: Member = self._another_admin()
        self.visitor: VisitorOf = self.ours.visitor

    def who(self, operation: Operation) -> Person:
        """Return who may ask this."""
        if operation.policy.permission is Permission.OPERATE:
            return self.operator
        return self.visitor if operation.door == "widget" else self.admin

    def ready(self, case: Case) -> None:
        """Let a question come from an address of its own, so that no throttle answers it."""
        number, operation = next(_addresses), named(case)
        case.headers["X-Forwarded-For"] = f"198.19.{number // 250 % 250}.{number % 250 + 1}"
        self.asked[operation.name] += 1
        needed = self.needed.get(NEEDED.get(operation.name, ""))
        for name, value in case.path_parameters.items():
            if value == needed:
                case.path_parameters[name] = missing(value)

    def heard(self, operation: Operation, status: int) -> None:
        """Send somebody new when whoever asks has lost their access."""
        if status not in {200, 401, 403}:
            return
        if operation.door == "widget":
            if not well(self.visitor, self.visitor.path("/messages")):
                self.visitor = self._another_visitor()
        elif not well(self.admin, "/api/invitations"):  # or no administrator any more
            self.admin = self._another_admin()

    def _another_admin(self) -> Member:
        return invite(self.ours.admin, "Another", [self.ours.ids["inbox"]], role="admin")

    def _another_visitor(self) -> VisitorOf:
        person = VisitorOf(self.world.server, "Another")
        person.inbox_id = self.ours.ids["inbox"]
        person.accept_notice()
        return person

    def known(self, operation: Operation) -> dict[str, str]:
        """Return the objects that exist, for the names in an operation's path."""
        return {
            name: self.ours.ids[OBJECTS[name]] if name in OBJECTS else SAMPLES[name]
            for name in operation.path_names
        }


def well(person: Person, path: str) -> bool:
    return person.ask("GET", path).status_code < 400


def named(case: Case) -> Operation:
    return BY_NAME[case.operation.definition.raw["operationId"]]
