"""Fifty who use the same secret at the same moment: one gets in, whichever it is. S13."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from websockets.exceptions import ConnectionClosed

from tests.accounts.authenticator import Device
from tests.cast import Shop, attested, new_phone, policy_hash, yes_to
from tests.harness.people import Json, Line, Person
from tests.harness.server import Server
from tests.installation.operator import operator_token

from .asking import POINT
from .crowd import MANY, at_once

Knocks = Callable[[int], str]
Race = tuple[set[str], Knocks]
"""What those hear who come late, and how the one with this number tries."""


def asks(person: Person, method: str, path: str, body: Json) -> str:
    """Return ``in``, or the code of the refusal."""
    answer = person.ask(method, path, body)
    return "in" if answer.status_code == 200 else str(answer.json()["code"])


def crowd(server: Server) -> list[Person]:
    return [Person(server, f"Number {number}") for number in range(MANY)]


def invitation(shop: Shop) -> Race:
    phone = new_phone()
    draft = {"name": "Lena", "phone": phone, "role": "agent", "inbox_ids": []}
    made = shop.admin.post("/api/invitations", draft | attested(shop.admin))
    token = made["url"].partition("#")[2]
    read = policy_hash(shop.admin)
    challenge = Person(shop.server, "Lena").post(
        "/api/codes", {"phone": phone, "purpose": "accept_invitation", "notice_hash": read}
    )
    body = {
        "token": token,
        "name": "Lena",
        "phone": phone,
        "language": "en",
        "notice_hash": read,
        "challenge_id": challenge["challenge_id"],
        "code": shop.server.code(phone),
    }
    people = crowd(shop.server)
    return {"code_expired", "invitation_used"}, lambda n: asks(
        people[n], "POST", "/api/invitations/accept", body
    )


def code(shop: Shop) -> Race:
    phone, people = shop.arta.phone, crowd(shop.server)
    made = people[0].post("/api/codes", {"phone": phone, "purpose": "sign_in"})
    body = {"challenge_id": made["challenge_id"], "code": shop.server.code(phone)}
    return {"code_expired"}, lambda n: asks(people[n], "POST", "/api/sign-in/code", body)


def operators_link(shop: Shop) -> Race:
    body, people = {"token": operator_token(shop.server)}, crowd(shop.server)
    return {"link_used"}, lambda n: asks(people[n], "POST", "/api/operator/enter", body)


def hand_over(shop: Shop) -> Race:
    visitor, _ = shop.asks("Hello")
    token = visitor.post(visitor.path("/handover"))["token"]
    people, yes = crowd(shop.server), yes_to(visitor)

    def subscribe(number: int) -> str:
        endpoint = f"https://fcm.googleapis.com/fcm/send/{number}-{token}"
        keys = {"p256dh": POINT, "auth": "A" * 22}
        body = {
            "token": token,
            "subscription": {"endpoint": endpoint, "keys": keys},
            "page": None,
            "consent": yes,
        }
        return asks(people[number], "PUT", visitor.path("/push"), body)

    return {"not_found"}, subscribe


def ticket(shop: Shop) -> Race:
    ticket = shop.arta.post("/api/live/ticket")["ticket"]
    return {"void"}, lambda _: opens(shop.server, ticket)


def visitors_ticket(shop: Shop) -> Race:
    visitor, _ = shop.asks("Hello")
    ticket = visitor.post(visitor.path("/ticket"))["ticket"]
    return {"void"}, lambda _: opens(shop.server, ticket)


def opens(server: Server, ticket: str) -> str:
    try:
        Line(server, ticket)
    except ConnectionClosed:
        return "void"
    return "in"


def passkey(shop: Shop) -> Race:
    device = Device(shop.server.origin)
    asked = shop.arta.post("/api/me/passkeys/options")
    key = {
        "challenge_id": asked["challenge_id"],
        "credential": device.register(asked["options"]),
        "name": "Key",
    }
    shop.arta.post("/api/me/passkeys", key)
    people = crowd(shop.server)
    again = people[0].post("/api/sign-in/passkey/options")
    body = {
        "challenge_id": again["challenge_id"],
        "credential": device.answer(again["options"]),
    }
    return {"code_expired"}, lambda n: asks(people[n], "POST", "/api/sign-in/passkey", body)


@pytest.mark.parametrize(
    "secret",
    [invitation, code, operators_link, hand_over, ticket, visitors_ticket, passkey],
    ids=lambda secret: secret.__name__,
)
def test_one_of_fifty_gets_in(shop: Shop, secret: Callable[[Shop], Race]) -> None:
    late, knocks = secret(shop)
    outcomes = at_once(knocks)
    assert outcomes.count("in") == 1
    assert set(outcomes) <= {"in"} | late
