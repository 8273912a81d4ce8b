"""A company in a town where some people are like nobody else, and its figures.

Two months go by. In the first, hundreds write; among them the only one who speaks Albanian, the
only one at three at night, the one who never stops, and the one who waits for days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.attacks import stored
from tests.cast import Member, Shop, VisitorOf, invite, open_shop
from tests.clauses.persons import until
from tests.harness.people import Json, client_id
from tests.harness.server import Server
from tests.privacy.letters import letter, opened, requests_of

from .linkage import Line

HOUR = 3_600_000
CANARY = "zq-canary-{n}-qz"
SLOTS = (9, 9, 10, 10, 11, 14, 14, 15)
AT_ONCE = 36


@dataclass
class Town:
    """The shop, three administrators, and everybody who wrote, by what they are known for."""

    shop: Shop
    boards: list[Member]
    now: datetime
    months: list[str] = field(default_factory=list)
    odd: dict[str, VisitorOf] = field(default_factory=dict)
    talks: dict[str, str] = field(default_factory=dict)
    written: int = 0

    @property
    def server(self) -> Server:
        return self.shop.server

    @property
    def admin(self) -> Member:
        return self.shop.admin

    def until(self, then: datetime) -> None:
        """Let time pass; the agent signs in again if that was too long."""
        while self.now < then:
            step = min(then - self.now, timedelta(hours=11))
            self.server.move_clock(round(step.total_seconds() * 1000))
            self.now += step
        if self.shop.arta.ask("GET", "/api/me").status_code == 401:
            self.signs_in(self.shop.arta)

    def comes(self, language: str = "en", identity: Json = None) -> VisitorOf:
        """Let somebody new write their first words."""
        visitor = self.shop.visitor(f"Somebody {self.written}")
        visitor.accept_notice(language, identity)
        self.writes(visitor)
        return visitor

    def writes(self, visitor: VisitorOf, times: int = 1) -> None:
        for _ in range(times):
            self.written += 1
            body = {"client_id": client_id(), "text": CANARY.format(n=self.written)}
            sent = visitor.post(visitor.path("/messages"), body)
            self.talks[visitor.name] = sent["conversation_id"]

    def answers(self, visitor: VisitorOf, *, close: bool = False) -> None:
        talk = self.talks[visitor.name]
        body = {"client_id": client_id(), "text": "We look into it"}
        self.shop.arta.post(f"/api/conversations/{talk}/messages", body)
        if close:
            self.shop.arta.put(f"/api/conversations/{talk}/state", {"state": "closed"})

    def signs_in(self, *members: Member) -> None:
        for member in members:
            asked = {"phone": member.phone, "purpose": "sign_in"}
            challenge = member.post("/api/codes", asked)["challenge_id"]
            code = self.server.code(member.phone)
            member.post("/api/sign-in/code", {"challenge_id": challenge, "code": code})


def live(server: Server, at_once: int = AT_ONCE) -> Town:
    """Live through two months, from the first of the next one on; so many people come at a time."""
    shop = open_shop(server, push=False)
    boards = [shop.admin, *(invite(shop.admin, n, [], role="admin") for n in ("Besa", "Luan"))]
    town = Town(shop, boards, datetime.now(UTC))
    first = next_month(town.now)
    second = next_month(first)
    town.until(first + timedelta(hours=8))
    _many_come(town, first, at_once)
    _odd_ones_come(town)
    crowd = list(shop.visitors)
    town.until(second + timedelta(hours=9))
    for visitor in crowd[: at_once + 4]:  # they go on, which is no new conversation
        town.writes(visitor)
    for _ in range(30):
        town.comes()
    town.until(next_month(second) + timedelta(hours=1))
    town.months = [f"{first:%Y-%m}", f"{second:%Y-%m}"]
    town.signs_in(*boards)
    return town


def _many_come(town: Town, first: datetime, at_once: int) -> None:
    """Let the crowd come, on working days and at ordinary hours."""
    chance = Random(4_311)
    workdays = [d for d in (first + timedelta(days=n) for n in range(14)) if d.weekday() < 5]
    for number, (day, hour) in enumerate(zip(workdays, SLOTS, strict=False)):
        town.until(day + timedelta(hours=hour))
        came = [town.comes(chance.choice(("en", "en", "zh-CN"))) for _ in range(at_once)]
        for minutes in (2, 20 + number):
            town.until(town.now + timedelta(minutes=minutes))
            for visitor in chance.sample(came, at_once // 2):
                town.answers(visitor, close=chance.random() < 0.7)
            for visitor in chance.sample(came, at_once // 3):
                town.writes(visitor, chance.choice((1, 3, 7)))


def _odd_ones_come(town: Town) -> None:
    sunday = town.now + timedelta(days=6 - town.now.weekday())
    town.until(sunday.replace(hour=3, minute=7))
    town.odd["night"] = town.comes()
    town.until(sunday.replace(hour=9) + timedelta(days=1))
    town.odd["albanian"] = town.comes("sq")
    town.odd["talker"] = town.comes()
    for _ in range(2):
        town.until(town.now + timedelta(minutes=1))
        town.writes(town.odd["talker"], 20)
    town.odd["patient"] = town.comes()
    town.until(town.now + timedelta(days=3))
    town.answers(town.odd["patient"], close=True)


def ask_to_erase(town: Town, visitor: VisitorOf) -> str:
    """Let somebody ask for it and the team press the button; return the id of the request."""
    before = {one["id"] for one in requests_of(town.admin)}
    letter(town.server, town.shop.inbox["id"], "Delete me", "erasure", visitor)
    (request_id,) = {one["id"] for one in requests_of(town.admin)} - before
    town.admin.post(f"/api/requests/{request_id}/erasure", {"sure": True})
    return str(request_id)


def erase(town: Town, visitor: VisitorOf) -> None:
    """Have somebody erased, and wait until nothing is left."""
    request_id = ask_to_erase(town, visitor)
    until(lambda: opened(town.admin, request_id)["erased_at"] is not None)


def next_month(at: datetime) -> datetime:
    """Return the first moment of the month after."""
    later = at.replace(day=1) + timedelta(days=32)
    return later.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def bounds(month: str) -> tuple[int, int]:
    """Return from when until when (ms) a month lasts."""
    first = datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
    return round(first.timestamp() * 1000), round(next_month(first).timestamp() * 1000)


def research(town: Town, days: float = 5, **changes: Json) -> Json:
    """What an administrator asks for who wants to have figures made."""
    return {
        "code": "EX11",
        "grounds": {"reason": "A university counts how long people wait"},
        "purpose": "research",
        "data": ["CON", "MSG"],
        "everybody": True,
        "expires_at": round((town.now.timestamp() + days * 86_400) * 1000),
        **changes,
    }


def allow(town: Town) -> Json:
    """Let one administrator ask and the other two approve."""
    first, *others = town.boards
    record = first.post("/api/exceptions", research(town))
    for other in others:
        record = other.post(f"/api/exceptions/{record['id']}/approvals")
    assert record["state"] == "active"
    return record


def ask_for(member: Member, month: str, form: str = "json") -> Any:
    """Ask for an extract, and return the raw response."""
    return member.ask("POST", "/api/research/extracts", {"month": month, "form": form})


def extract(member: Member, month: str) -> Json:
    response = ask_for(member, month)
    assert response.status_code == 200, response.text
    return response.json()


def lines_of(given: Json) -> list[Line]:
    return [(tuple(values), people) for values, people in given["lines"]]


def columns(server: Server) -> set[tuple[str, str]]:
    return {(table.name, column) for table in stored.tables(server) for column in table.columns}
