"""Passwords and authenticators: what is taken, how often one may try, and what a change ends."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyotp
import pytest

from tests.cast import Member, new_phone, set_up, sign_up
from tests.harness.people import Person, Refused
from tests.harness.server import Server

MINUTE = 60_000
HOUR = 60 * MINUTE
GOOD = "linden blossom in June"


def sign_in(server: Server, phone: str, password: str, totp: str | None = None) -> Person:
    person = Person(server, "Anybody")
    body = {"phone": phone, "password": password, "totp": totp}
    person.post("/api/sign-in/password", body)
    return person


def refusal(server: Server, phone: str, password: str, totp: str | None = None) -> str:
    try:
        sign_in(server, phone, password, totp)
    except Refused as refused:
        return refused.code
    return "in"


def code_of(secret: str, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(time.time()) + ahead)


def test_a_password_lets_its_owner_in(server: Server, stranger: Member) -> None:
    me = stranger.put("/api/me/password", {"password": GOOD})
    assert me["account"]["has_password"] is True
    assert sign_in(server, stranger.phone, GOOD).get("/api/me")["member"]["name"] == "Roland"
    stranger.delete("/api/me/password")
    assert refusal(server, stranger.phone, GOOD) == "wrong_credentials"


def test_a_wrong_password_and_an_unknown_phone_get_the_same_answer(
    server: Server, stranger: Member
) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    answers = [
        Person(server, "Guesser").ask(
            "POST", "/api/sign-in/password", {"phone": phone, "password": "not the password"}
        )
        for phone in (stranger.phone, new_phone())
    ]
    assert answers[0].status_code == answers[1].status_code == 401
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_short"),
        ("password123", "password_common"),
        ("Qwertyuiop1!", "password_common"),
        ("1234567890", "password_common"),
        ("abababababab", "password_common"),
        ("my name is roland", "password_personal"),
    ],
)
def test_what_guessers_try_first_is_refused(stranger: Member, password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        stranger.put("/api/me/password", {"password": password})
    assert refused.value.problem["fields"][0]["code"] == code
    assert stranger.get("/api/me")["account"]["has_password"] is False


def test_ones_own_number_is_no_password(stranger: Member) -> None:
    with pytest.raises(Refused):
        stranger.put("/api/me/password", {"password": f"call {stranger.phone[-7:]} now"})


def test_five_guesses_in_half_an_hour_even_side_by_side(server: Server, stranger: Member) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    with ThreadPoolExecutor(16) as crowd:
        guess = lambda _: refusal(server, stranger.phone, "wrong guess")  # noqa: E731 - one line
        outcomes = list(crowd.map(guess, range(30)))
    assert outcomes.count("wrong_credentials") == 5
    assert outcomes.count("throttled") == 25
    assert refusal(server, stranger.phone, GOOD) == "throttled"


def test_those_who_share_an_address_do_not_use_it_up(server: Server, stranger: Member) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    colleague = Person(server, "Behind the same router")
    body = {"phone": stranger.phone, "password": GOOD}
    for _ in range(55):
        colleague.post("/api/sign-in/password", body)


def test_one_address_does_not_guess_at_everybody(server: Server) -> None:
    spray = Person(server, "Sprayer")
    bodies = [{"phone": new_phone(), "password": "linden2026!"} for _ in range(52)]
    answers = [spray.ask("POST", "/api/sign-in/password", body).status_code for body in bodies]
    assert answers == [401] * 50 + [429] * 2


def test_the_owners_own_browser_is_not_locked_out_by_strangers(own_server: Server) -> None:
    roland = sign_up(own_server, "Rival Ltd", "Roland")
    roland.put("/api/me/password", {"password": GOOD})
    own_server.move_clock(13 * HOUR)
    assert roland.ask("GET", "/api/me").status_code == 401, "the session was to be at rest"
    for _ in range(5):
        assert refusal(own_server, roland.phone, "wrong guess") == "wrong_credentials"
    assert refusal(own_server, roland.phone, GOOD) == "throttled"
    roland.post("/api/sign-in/password", {"phone": roland.phone, "password": GOOD})
    assert roland.get("/api/me")["member"]["name"] == "Roland"


def test_a_change_ends_every_other_session_and_its_sockets(
    server: Server, stranger: Member
) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    elsewhere = sign_in(server, stranger.phone, GOOD)
    line, own_line = elsewhere.socket(), stranger.socket()
    stranger.put("/api/me/password", {"password": GOOD + ", again"})
    assert line.closes_with() == 4403
    assert elsewhere.ask("GET", "/api/me").status_code == 401
    assert stranger.get("/api/me")["account"]["has_password"] is True
    assert own_line.hears_nothing("error")
    assert refusal(server, stranger.phone, GOOD) == "wrong_credentials"


def test_how_to_sign_in_is_changed_only_soon_after_signing_in(own_server: Server) -> None:
    roland = sign_up(own_server, "Rival Ltd", "Roland")
    roland.put("/api/me/password", {"password": GOOD})
    own_server.move_clock(11 * MINUTE)
    for method, path, body in (
        ("PUT", "/api/me/password", {"password": GOOD + "!"}),
        ("DELETE", "/api/me/password", None),
        ("POST", "/api/me/totp", {}),
        ("PUT", "/api/me/totp", {"code": "123456"}),
        ("DELETE", "/api/me/totp", None),
        ("POST", "/api/me/passkeys/options", {}),
        ("DELETE", "/api/me/passkeys/pky_none", None),
    ):
        answer = roland.ask(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (401, "fresh_sign_in_required"), path
    before = roland.cookies.copy()
    roland.post("/api/sign-in/password", {"phone": roland.phone, "password": GOOD})
    assert roland.cookies != before, "a sign-in must rotate the token"
    roland.put("/api/me/password", {"password": GOOD + "!"})


def test_an_authenticator_is_asked_for_after_the_right_password_only(
    server: Server, stranger: Member
) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    secret = stranger.post("/api/me/totp")["secret"]
    assert refusal(server, stranger.phone, GOOD) == "in", "it counts before it was confirmed"
    with pytest.raises(Refused, match="wrong_code"):
        stranger.put("/api/me/totp", {"code": "000000"})
    me = stranger.put("/api/me/totp", {"code": code_of(secret, -30)})
    assert me["account"]["has_totp"] is True
    assert refusal(server, stranger.phone, "not the password") == "wrong_credentials"
    assert refusal(server, stranger.phone, GOOD) == "totp_required"
    code = code_of(secret)
    assert refusal(server, stranger.phone, GOOD, code) == "in"
    assert refusal(server, stranger.phone, GOOD, code) == "wrong_credentials", "a replay"
    stranger.delete("/api/me/totp")
    assert refusal(server, stranger.phone, GOOD) == "in"


def test_an_authenticators_secret_is_not_given_out_again(stranger: Member) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    secret = stranger.post("/api/me/totp")["secret"]
    stranger.put("/api/me/totp", {"code": code_of(secret)})
    with pytest.raises(Refused, match="already_exists"):
        stranger.post("/api/me/totp")


def test_where_no_code_can_be_sent_the_last_way_in_stays(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", phone=False)
    dafina = set_up(server)
    dafina.put("/api/me/password", {"password": GOOD})
    with pytest.raises(Refused, match="last_credential"):
        dafina.delete("/api/me/password")
    assert sign_in(server, dafina.phone, GOOD).get("/api/me")["account"]["has_password"]
    server.stop()
