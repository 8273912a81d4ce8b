"""Guessing with a thousand hands: a limit counts what is judged, wherever it comes from. S12."""

from __future__ import annotations

import pyotp
import pytest

from tests.cast import Member, any_phone, policy_hash, sign_up
from tests.depth import by_depth
from tests.harness.people import Json, Person
from tests.harness.server import Server

from .crowd import at_once

GOOD = "linden blossom in June"
MINUTE = 60_000
HOUR = 60 * MINUTE
GUESSES = by_depth(200, 2_000, 20_000)
HANDS = 20


@pytest.fixture
def roland(own_server: Server) -> Member:
    """The owner, with a password, on a browser of their own."""
    owner = sign_up(own_server, "Rival Ltd", "Roland")
    owner.put("/api/me/password", {"password": GOOD})
    return owner


def guesses(server: Server, path: str, body: Json) -> list[str]:
    """Let many guess side by side, each time from another address; returns what they hear."""
    people = [Person(server, f"Guesser {number}") for number in range(HANDS)]

    def guess(hand: int) -> list[str]:
        heard = []
        for number in range(GUESSES // HANDS):
            address = {"X-Forwarded-For": f"198.51.{hand}.{number % 250}"}
            answer = people[hand].ask("POST", path, body, headers=address)
            heard.append("in" if answer.status_code == 200 else str(answer.json()["code"]))
        return heard

    return [code for heard in at_once(guess, HANDS) for code in heard]


def test_five_passwords_in_half_an_hour_and_the_owner_still_comes_in(
    own_server: Server, roland: Member
) -> None:
    body = {"phone": roland.phone, "password": "linden blossom in May"}
    heard = guesses(own_server, "/api/sign-in/password", body)
    assert heard.count("wrong_credentials") == 5
    assert set(heard) == {"wrong_credentials", "throttled"}
    roland.post("/api/sign-in/password", {"phone": roland.phone, "password": GOOD})
    own_server.move_clock(31 * MINUTE)
    assert guesses(own_server, "/api/sign-in/password", body).count("wrong_credentials") == 5


def test_nobodys_phone_is_limited_just_like_somebodys(own_server: Server) -> None:
    body = {"phone": any_phone(), "password": "linden blossom in May"}
    heard = guesses(own_server, "/api/sign-in/password", body)
    assert heard.count("wrong_credentials") == 5
    assert set(heard) == {"wrong_credentials", "throttled"}


def test_who_has_the_password_does_not_guess_the_second_factor(
    own_server: Server, roland: Member
) -> None:
    secret = roland.post("/api/me/totp")["secret"]
    roland.put("/api/me/totp", {"code": pyotp.TOTP(secret).now()})
    body = {"phone": roland.phone, "password": GOOD, "totp": "000000"}
    heard = guesses(own_server, "/api/sign-in/password", body)
    assert heard.count("wrong_credentials") == 5
    assert set(heard) == {"wrong_credentials", "throttled"}


def test_twenty_five_guesses_at_a_phones_codes_in_an_hour(
    own_server: Server, roland: Member
) -> None:
    """Five codes, five tries each: one in 40,000 that a stranger gets in, whatever they spend."""
    own_server.move_clock(HOUR)
    judged, challenges = 0, 0
    for minute in range(60):
        if minute:
            own_server.move_clock(MINUTE)
        asked = Person(own_server, "Thief").ask(
            "POST", "/api/codes", {"phone": roland.phone, "purpose": "sign_in"}
        )
        if asked.status_code != 200:
            continue
        challenges += 1
        wrong = f"{(int(own_server.code(roland.phone)) + 1) % 1_000_000:06}"
        body = {"challenge_id": asked.json()["challenge_id"], "code": wrong}
        thief = Person(own_server, "Thief")
        for _ in range(8):
            answer = thief.ask("POST", "/api/sign-in/code", body)
            judged += answer.json()["code"] == "wrong_code"
    assert (challenges, judged) == (5, 25)


@pytest.mark.parametrize("purpose", ["sign_in", "accept_invitation"])
def test_the_answer_does_not_tell_who_has_an_account(
    own_server: Server, roland: Member, purpose: str
) -> None:
    """Length, headers and form of the answer are the same, and so is every later one."""
    told, read = [], policy_hash(roland)
    for phone in (roland.phone, any_phone()):
        own_server.move_clock(2 * MINUTE)
        asked = Person(own_server, "Curious").ask(
            "POST", "/api/codes", {"phone": phone, "purpose": purpose, "notice_hash": read}
        )
        challenge = asked.json()["challenge_id"]
        tries = [
            Person(own_server, "Curious").ask(
                "POST", "/api/sign-in/code", {"challenge_id": challenge, "code": "000000"}
            )
            for _ in range(7)
        ]
        headers = {k: v for k, v in asked.headers.items() if k != "date"}
        told.append((asked.status_code, len(asked.content), headers, [t.content for t in tries]))
    assert told[0] == told[1]
