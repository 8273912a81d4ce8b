"""Servers whose people were told another record until now, and what becomes of the campaign."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.cast import Shop, VisitorOf
from tests.faults.below import below
from tests.harness.people import Json, Person, client_id
from tests.harness.server import Server

Edit = Callable[[dict[str, Any]], object]


def updated(server: Server, edit: Edit) -> None:
    """Restart a server as if what it declares had been told without this until now."""
    assert server.stop() == 0
    ((text,),) = below(server, "SELECT record FROM told_records")
    record = json.loads(text)
    edit(record)
    other = json.dumps(record).encode(), "0" * 32
    below(server, "UPDATE told_records SET record = ?, hash = ?", *other)
    server.start()


def line_of(record: dict[str, Any], purpose: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in record["activities"] if one["purpose"] == purpose)
    return found


def no_grants(record: dict[str, Any]) -> None:
    """Before, a microphone's grants were not noted: a new kind of data for that purpose."""
    line_of(record, "microphone")["data"] = []


def no_contacts(record: dict[str, Any]) -> None:
    """Before, a conversation needed no contact details: a new kind of data for that purpose."""
    line = line_of(record, "conversation")
    line["data"].remove("CON")
    line["columns"] = [name for name in line["columns"] if not name.startswith("visitors.")]


def fewer_columns(record: dict[str, Any]) -> None:
    line_of(record, "conversation")["columns"].pop()


def without(*columns: str) -> Edit:
    """Before, these details were not stored at all."""

    def edit(record: dict[str, Any]) -> None:
        for line in record["activities"]:
            line["columns"] = [name for name in line["columns"] if name not in columns]
        record["details"] = [one for one in record["details"] if one["name"] not in columns]

    return edit


def at(person: Person, rest: str = "") -> str:
    door = person.path("/campaigns") if isinstance(person, VisitorOf) else "/api/me/campaigns"
    return f"{door}{rest}"


def news(person: Person, language: str = "en") -> list[Json]:
    """Return what somebody has not read yet."""
    items: list[Json] = person.get(f"{at(person)}?language={language}")["items"]
    return items


def mark(person: Person, campaign: Json, state: str) -> None:
    person.put(at(person, f"/{campaign['text']['id']}"), {"state": state})


def hears_of_it(person: Person) -> None:
    """Let somebody have on the screen what has changed."""
    for told in news(person):
        mark(person, told, "told")


def writes(visitor: VisitorOf, text: str = "And the green one?") -> tuple[int, str]:
    """Let a visitor write; return the answer's status and code."""
    body = {"client_id": client_id(), "text": text}
    answer = visitor.ask("POST", visitor.path("/messages"), body)
    return answer.status_code, answer.json().get("code", "")


def reach(shop: Shop) -> Json:
    """Return what an administrator sees of the newest campaign."""
    return shop.admin.get("/api/campaigns")["items"][0]


def may_speak(person: Person, device: str = "microphone") -> int:
    rest = f"/media/{device}"
    path = person.path(rest) if isinstance(person, VisitorOf) else f"/api/me{rest}"
    return person.ask("POST", path, {}).status_code
