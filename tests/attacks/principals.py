"""The eight who may come to a door, and as whom the product knows each of them.

Whoever does not exist yet stands here with the reason, so that the matrix is complete on paper
too; a new role or a new kind of door fails the tests until it has its row.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

from silkroad.kit.permissions import Role
from tests.harness.people import Line, Person

from .enterprise import Street


class Principal(NamedTuple):
    """One of the eight: their role, or why there is nobody of that kind."""

    role: Role | None
    why_not: str = ""


PRINCIPALS = {
    "anonymous": Principal("anonymous"),
    "visitor": Principal("visitor"),
    "end user": Principal("visitor"),  # a visitor for whom the website vouches
    "agent": Principal("agent"),
    "supervisor": Principal(None, "members are agents or administrators, and nothing between"),
    "admin": Principal("admin"),
    "API key": Principal(None, "programs have no keys, and none of the doors takes one"),
    "operator": Principal("operator"),
}

AT_NO_DOOR: dict[Role, str] = {
    "system": "the product itself at work: its jobs are tried in test_jobs.py",
}

DOORS = {"console", "widget", "public"}
"""All kinds of doors; a door for programs would let an API key in."""

THERE = [name for name, principal in PRINCIPALS.items() if principal.role]


def roles_told() -> set[str]:
    """Return every role that somebody here has, or that is excused."""
    return {p.role for p in PRINCIPALS.values() if p.role} | set(AT_NO_DOOR)


def roles_there_are() -> set[str]:
    return set(get_args(Role))


def people(street: Street) -> dict[str, Person]:
    """Return everybody of our own enterprise who might try something."""
    ours = street.ours
    return {
        "anonymous": Person(street.server, "anonymous"),
        "visitor": ours.guest,
        "end user": ours.visitor,
        "agent": ours.agent,
        "admin": ours.admin,
        "operator": street.operator,
    }


def lines(street: Street) -> dict[str, Line]:
    """Return an open socket of everybody who may have one."""
    ours = street.ours
    return {
        "visitor": ours.guest.line(),
        "end user": ours.visitor.line(),
        "agent": ours.agent.socket(),
        "admin": ours.admin.socket(),
    }
