"""One-time codes: six digits, five tries, ten minutes, and no way to learn who has an account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from tests.cast import (
    Member,
    Shop,
    ask_to_sign_up,
    new_phone,
    policy_hash,
    set_up,
    sign_up,
)
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server

MINUTE = 60_000
HOUR = 60 * MINUTE
NO_MOBILES = ["0691234567", "+1234", "+35542222222", "call me", "+1 900 555 0100"]


def ask_for_code(server: Server, phone: str, purpose: str = "sign_in") -> str:
    """Let somebody at a new address ask for a code; returns the challenge."""
    person = Person(server, "Anybody")
    if purpose == "sign_up":
        return str(ask_to_sign_up(person, phone)["challenge_id"])
    read = policy_hash(person)
    sent = person.post("/api/codes", {"phone": phone, "purpose": purpose, "notice_hash": read})
    return str(sent["challenge_id"])


def redeem(server: Server, challenge_id: str, code: str) -> Person:
    person = Person(server, "Anybody")
    person.post("/api/sign-in/code", {"challenge_id": challenge_id, "code": code})
    return person


def outcome(server: Server, challenge_id: str, code: str) -> str:
    try:
        redeem(server, challenge_id, code)
    except Refused as refused:
        return refused.code
    return "in"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_signs_its_owner_in_and_is_used_up(server: Server, stranger: Member) -> None:
    challenge = ask_for_code(server, stranger.phone)
    code = server.code(stranger.phone)
    me = redeem(server, challenge, code).get("/api/me")
    assert me["account"]["phone"] == stranger.phone
    assert outcome(server, challenge, code) == "code_expired"


def test_nobody_learns_from_the_answer_whether_a_phone_is_known(
    server: Server, stranger: Member
) -> None:
    nobody = new_phone()
    answers = [
        Person(server, "Curious").ask("POST", "/api/codes", {"phone": phone, "purpose": "sign_in"})
        for phone in (nobody, stranger.phone)
    ]
    unknown, known = (answer.json() for answer in answers)
    assert answers[0].status_code == answers[1].status_code == 200
    assert unknown.keys() == known.keys()
    assert set(answers[0].headers) == set(answers[1].headers)
    server.code(stranger.phone)
    assert not any(nobody in line for line in server.heard), "a stranger's phone got a message"
    for challenge in (unknown["challenge_id"], known["challenge_id"]):
        assert outcome(server, challenge, "000000") in {"wrong_code", "in"}


def test_an_invitation_code_goes_to_nobody_who_is_not_invited(server: Server) -> None:
    nobody, company = new_phone(), new_phone()
    ask_for_code(server, nobody, "accept_invitation")
    ask_for_code(server, company, "sign_up")
    server.code(company)
    assert not any(nobody in line for line in server.heard)


def test_five_wrong_tries_void_a_code_even_side_by_side(server: Server, stranger: Member) -> None:
    challenge = ask_for_code(server, stranger.phone)
    code = server.code(stranger.phone)
    with ThreadPoolExecutor(16) as crowd:
        outcomes = list(crowd.map(lambda _: outcome(server, challenge, wrong(code)), range(50)))
    assert outcomes.count("wrong_code") == 5
    assert outcomes.count("code_expired") == 45
    assert outcome(server, challenge, code) == "code_expired"


def test_of_many_who_redeem_one_code_at_once_one_gets_in(server: Server, stranger: Member) -> None:
    challenge = ask_for_code(server, stranger.phone)
    code = server.code(stranger.phone)
    with ThreadPoolExecutor(16) as crowd:
        outcomes = list(crowd.map(lambda _: outcome(server, challenge, code), range(50)))
    assert outcomes.count("in") == 1
    assert set(outcomes) == {"in", "code_expired"}


def test_a_code_is_good_for_its_own_purpose_only(server: Server, stranger: Member) -> None:
    challenge = ask_for_code(server, stranger.phone, "sign_in")
    code = server.code(stranger.phone)
    with pytest.raises(Refused) as refused:
        Person(server, "Sly").post("/api/sign-up", company(server, challenge, code))
    assert refused.value.code == "code_expired"


@pytest.mark.parametrize("phone", NO_MOBILES)
def test_what_is_no_mobile_number_is_refused(server: Server, phone: str) -> None:
    with pytest.raises(Refused) as refused:
        ask_for_code(server, phone, "sign_up")
    assert refused.value.problem["fields"][0]["path"] == "$.phone"


def test_the_same_person_signs_up_a_further_company(shop: Shop) -> None:
    challenge = ask_for_code(shop.server, shop.arta.phone, "sign_up")
    again = Person(shop.server, "Arta")
    code = shop.server.code(shop.arta.phone)
    me = again.post("/api/sign-up", company(shop.server, challenge, code))
    assert me["account"]["id"] == shop.arta.get("/api/me")["account"]["id"]
    roles = {place["name"]: place["role"] for place in me["workspaces"]}
    assert roles == {"Linden Tea": "agent", "Second Ltd": "admin"}


@pytest.mark.parametrize("missing", ["company_name", "name", "region", "language"])
def test_without_the_creators_details_nothing_is_founded(server: Server, missing: str) -> None:
    phone = new_phone()
    challenge = ask_for_code(server, phone, "sign_up")
    body = company(server, challenge, server.code(phone))
    del body[missing]
    person = Person(server, "Forgetful")
    with pytest.raises(Refused) as refused:
        person.post("/api/sign-up", body)
    assert refused.value.status == 422
    assert not person.cookies
    me = person.post("/api/sign-up", company(server, challenge, body["code"]))
    assert [place["name"] for place in me["workspaces"]] == ["Second Ltd"], "a half was left behind"


def company(server: Server, challenge: str, code: str) -> Json:
    return {
        "notice_hash": policy_hash(Person(server, "Roland")),
        "challenge_id": challenge,
        "code": code,
        "company_name": "Second Ltd",
        "name": "Roland",
        "region": "eu",
        "language": "en",
    }


def test_codes_run_out_and_are_not_sent_without_end(own_server: Server) -> None:
    roland = sign_up(own_server, "Rival Ltd", "Roland")
    own_server.move_clock(2 * MINUTE)
    late = ask_for_code(own_server, roland.phone)
    code = own_server.code(roland.phone)
    with pytest.raises(Refused) as refused:
        ask_for_code(own_server, roland.phone)
    assert refused.value.code == "throttled"
    assert 0 < int(refused.value.headers["retry-after"]) <= 60
    own_server.move_clock(11 * MINUTE)
    assert outcome(own_server, late, code) == "code_expired"
    for _ in range(3):  # with the sign-up and the one above: five within the hour
        ask_for_code(own_server, roland.phone)
        own_server.move_clock(2 * MINUTE)
    own_server.kill()
    own_server.start()
    with pytest.raises(Refused) as refused:
        ask_for_code(own_server, roland.phone)
    assert refused.value.code == "throttled", "a restart forgot the limit"
    own_server.move_clock(90 * MINUTE)
    ask_for_code(own_server, roland.phone)


def test_one_address_gets_twenty_codes_an_hour(server: Server) -> None:
    spammer = Person(server, "Spammer")
    read = {"purpose": "sign_up", "notice_hash": policy_hash(spammer)}
    bodies = [{"phone": new_phone(), **read} for _ in range(21)]
    answers = [spammer.ask("POST", "/api/codes", body).status_code for body in bodies]
    assert answers == [200] * 20 + [429]


def test_without_a_vendor_everybody_hears_the_same(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", phone=False)
    dafina = set_up(server)
    for phone in (dafina.phone, new_phone()):
        for purpose in ("sign_up", "sign_in", "accept_invitation"):
            with pytest.raises(Refused) as refused:
                ask_for_code(server, phone, purpose)
            assert refused.value.code == "sms_not_configured"
    server.stop()


@pytest.mark.sqlite
def test_what_has_run_out_is_swept_away(own_server: Server) -> None:
    roland = sign_up(own_server, "Rival Ltd", "Roland")
    assert rows(own_server, "tries") > 0
    assert rows(own_server, "code_challenges") == 1
    own_server.let_pass(25 * HOUR)
    for table in ("tries", "code_challenges"):
        assert any(rows(own_server, table) == 0 for _ in range(2_000)), f"{table} keeps on growing"
    assert rows(own_server, "sessions") > 0, "a browser at rest is known for thirty days"
    assert roland.ask("GET", "/api/me").status_code == 401
    own_server.let_pass(31 * 24 * HOUR)
    assert any(rows(own_server, "sessions") == 0 for _ in range(2_000))


def rows(server: Server, table: str) -> int:
    """Count a table's rows, below the surface: nobody can see them from above."""
    file = apsw.Connection(str(server.data / "silkroad.db"), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        return len(file.execute(f"SELECT 1 FROM {table}").fetchall())  # noqa: S608 - our own name
    finally:
        file.close()


@pytest.mark.sqlite
def test_neither_phone_nor_name_nor_token_lies_in_the_data_folder(own_server: Server) -> None:
    roland = sign_up(own_server, "Rival Ltd", "Roland")
    own_server.stop()
    everything = b"".join(f.read_bytes() for f in own_server.data.rglob("*") if f.is_file())
    national = roland.phone.removeprefix("+1")
    assert len(everything) > 50_000
    for secret in (roland.phone, national, "Roland", "Rival Ltd", *roland.cookies.values()):
        assert secret.encode() not in everything
