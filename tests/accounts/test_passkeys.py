"""Passkeys: made on a device, good for this site only, and for each challenge once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.accounts.authenticator import Device
from tests.cast import Member, Shop
from tests.harness.people import Person, Refused
from tests.harness.server import Server

Json = Any


def add_passkey(member: Member, device: Device, name: str = "Roland's phone") -> Json:
    asked = member.post("/api/me/passkeys/options")
    return member.post(
        "/api/me/passkeys",
        {
            "challenge_id": asked["challenge_id"],
            "credential": device.register(asked["options"]),
            "name": name,
        },
    )


def answered(person: Person, device: Device) -> Json:
    """Ask for a challenge and let the device answer it."""
    asked = person.post("/api/sign-in/passkey/options")
    credential = device.answer(asked["options"])
    return {"challenge_id": asked["challenge_id"], "credential": credential}


def sign_in(server: Server, device: Device) -> Person:
    person = Person(server, "Roland")
    person.post("/api/sign-in/passkey", answered(person, device))
    return person


def test_a_passkey_signs_its_owner_in(server: Server, stranger: Member) -> None:
    device = Device(server.origin)
    added = add_passkey(stranger, device)
    assert stranger.get("/api/me/passkeys")["items"] == [added]
    assert stranger.get("/api/me")["account"]["passkeys"] == 1
    me = sign_in(server, device).get("/api/me")
    assert me["account"]["phone"] == stranger.phone


def test_adding_one_ends_the_other_sessions(server: Server, stranger: Member) -> None:
    device = Device(server.origin)
    add_passkey(stranger, device)
    elsewhere = sign_in(server, device)
    add_passkey(stranger, Device(server.origin), "Second")
    assert elsewhere.ask("GET", "/api/me").status_code == 401
    assert stranger.get("/api/me")["account"]["passkeys"] == 2


def test_an_answer_is_taken_once(server: Server, stranger: Member) -> None:
    device = Device(server.origin)
    add_passkey(stranger, device)
    person = Person(server, "Roland")
    answer = answered(person, device)
    person.post("/api/sign-in/passkey", answer)
    with pytest.raises(Refused, match="code_expired"):
        Person(server, "Thief").post("/api/sign-in/passkey", answer)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:1"]
)
def test_an_answer_made_on_another_site_is_refused(
    server: Server, stranger: Member, origin: str
) -> None:
    device = Device(server.origin)
    add_passkey(stranger, device)
    device.origin = origin
    with pytest.raises(Refused, match="wrong_credentials"):
        sign_in(server, device)


def test_a_copied_passkey_is_noticed_by_its_count(server: Server, stranger: Member) -> None:
    device = Device(server.origin)
    add_passkey(stranger, device)
    sign_in(server, device)
    device.count = 0
    with pytest.raises(Refused, match="wrong_credentials"):
        sign_in(server, device)


def test_an_unknown_device_and_a_broken_answer_are_refused_alike(server: Server) -> None:
    person = Person(server, "Guesser")
    unknown = answered(person, Device(server.origin))
    for credential in (unknown["credential"], {}, {"id": "%%"}, "text", None, [1]):
        asked = person.post("/api/sign-in/passkey/options")
        body = {"challenge_id": asked["challenge_id"], "credential": credential}
        answer = person.ask("POST", "/api/sign-in/passkey", body)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")


def test_nobody_answers_for_somebody_else(server: Server, shop: Shop, stranger: Member) -> None:
    asked = stranger.post("/api/me/passkeys/options")
    body = {
        "challenge_id": asked["challenge_id"],
        "credential": Device(server.origin).register(asked["options"]),
    }
    with pytest.raises(Refused, match="code_expired"):
        shop.arta.post("/api/me/passkeys", body)
    added = add_passkey(stranger, Device(server.origin))
    with pytest.raises(Refused, match="not_found"):
        shop.arta.delete(f"/api/me/passkeys/{added['id']}")
    assert stranger.get("/api/me/passkeys")["items"] == [added]


def test_a_removed_passkey_opens_nothing(server: Server, stranger: Member) -> None:
    device = Device(server.origin)
    added = add_passkey(stranger, device)
    stranger.delete(f"/api/me/passkeys/{added['id']}")
    with pytest.raises(Refused, match="wrong_credentials"):
        sign_in(server, device)
