"""A board that decides on exceptions to consent, and what each of its people can do about one.

Whether something may be done without consent is asked of the running server as a gate would ask.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.attacks import stored
from tests.cast import Member, Shop, VisitorOf, in_days, invite
from tests.harness.people import Json, Refused
from tests.harness.server import Server

GOOD = "linden blossom in June"
GROUNDS: dict[str, dict[str, Json]] = {
    "EX01": {"statute": "Accounting Act, article 9"},
    "EX02": {"instrument": "Order 12 of 2026-11-01"},
    "EX03": {"instrument": "Health order 4"},
    "EX04": {"case_id": "2026/117"},
    "EX06": {"source": "https://mira.example/about", "source_date": "2026-01-02"},
    "EX07": {"fields": ["visitors.email"]},
    "EX08": {"source": "https://register.example/7", "source_date": "2026-01-02"},
}

RESEARCH: Json = {
    "purpose": "research",
    "data": ["CON", "MSG"],
    "subjects": [],
    "everybody": True,
}


class Board(NamedTuple):
    """A company with four administrators, and two visitors who wrote to it."""

    shop: Shop
    first: Member
    second: Member
    third: Member
    mira: VisitorOf
    noor: VisitorOf

    @property
    def server(self) -> Server:
        return self.shop.server

    def covered(self, visitor: VisitorOf, data: str = "CON", field: str = "") -> str:
        """Ask whether this person's data may be touched without their consent."""
        place = self.shop.admin.workspace_id
        return self.server.cover(place, person(visitor), "conversation", data, field)


def person(visitor: VisitorOf) -> str:
    return str(visitor.get(visitor.path())["visitor"]["visitor"]["id"])


def meet(shop: Shop) -> Board:
    names = ("Besa", "Driton", "Luan")
    first, second, third = (invite(shop.admin, name, [], role="admin") for name in names)
    mira, noor = shop.visitor("Mira"), shop.visitor("Noor")
    for visitor in (mira, noor):
        visitor.accept_notice()
    return Board(shop, first, second, third, mira, noor)


def draft(code: str, visitor: VisitorOf, days: float = 0.9, **changes: Json) -> Json:
    """What somebody asks for who has everything that is needed."""
    return {
        "code": code,
        "grounds": {"reason": "The auditor asks for it", **GROUNDS.get(code, {})},
        "purpose": "conversation",
        "data": ["CON"],
        "subjects": [person(visitor)],
        "expires_at": in_days(days),
        **(RESEARCH if code == "EX11" else {}),
        **changes,
    }


def propose(by: Member, body: Json) -> Json:
    return by.post("/api/exceptions", body)


def approve(by: Member, record: Json) -> Json:
    return by.post(f"/api/exceptions/{record['id']}/approvals")


def begin(board: Board, body: Json) -> Json:
    """Let somebody ask and as many others agree as it takes."""
    record = propose(board.shop.admin, body)
    for member in (board.first, board.second)[: record["approvals_needed"]]:
        record = approve(member, record)
    assert record["state"] == "active"
    return record


def refusal(by: Member, body: Json) -> str:
    """Ask for what is refused, and return the code with the place if there is one."""
    before = rows(by)
    with pytest.raises(Refused) as no:
        propose(by, body)
    assert rows(by) == before, "something was stored"
    places = [field["path"] for field in no.value.problem.get("fields", [])]
    return " ".join([str(no.value.status), no.value.code, *places])


def rows(member: Member) -> int:
    tables = ("exceptions", "exception_subjects", "exception_uses")
    return sum(len(stored.all_of(member.server, table)) for table in tables)


def report(member: Member) -> list[Json]:
    items: list[Json] = member.get("/api/exceptions/report")["items"]
    return items


def listed(member: Member) -> set[str]:
    return {record["id"] for record in member.get("/api/exceptions")["items"]}


def told(visitor: VisitorOf) -> list[Json]:
    """Wait until the worker has told a person something, and return it."""
    for _ in range(500):
        if about(visitor)["notices"]:
            break
    notices: list[Json] = about(visitor)["notices"]
    return notices


def about(visitor: VisitorOf) -> Json:
    return visitor.get(visitor.path("/exceptions"))


def say(visitor: VisitorOf, code: str, *, no: bool) -> None:
    visitor.put(visitor.path("/exceptions/refusals"), {"code": code, "refused": no})
