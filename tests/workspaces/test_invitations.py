"""Invitations: for one person, once, within a week; a declined one leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.cast import Member, Shop, attested, new_phone, open_shop, policy_hash, set_up
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.installation.operator import operator

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
GOOD = "linden blossom in June"


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Server]:
    """A server that can send no text messages."""
    running = Server(tmp_path / "data", phone=False)
    yield running
    running.stop()


def invite(admin: Member, phone: str, role: str = "agent", name: str = "Lena") -> Json:
    draft = {"name": name, "phone": phone, "role": role, "inbox_ids": []}
    return admin.post("/api/invitations", draft | attested(admin))


def token_of(created: Json) -> str:
    return str(created["url"].partition("#")[2])


def answer(created: Json, phone: str, **proof: str) -> Json:
    """What somebody sends to accept."""
    return {
        "token": token_of(created),
        "name": "Lena",
        "phone": phone,
        "language": "en",
        "notice_hash": read_at(created["url"]),
        **proof,
    }


def read_at(url: str) -> str:
    """Return which policy the bearer of a link has before them."""
    page = url.partition("/join")[0]
    return str(httpx2.get(f"{page}/api/policy?language=en").json()["hash"])


def proof(server: Server, phone: str) -> dict[str, str]:
    """Get a code to the phone."""
    lena = Person(server, "Lena")
    asked = {"phone": phone, "purpose": "accept_invitation", "notice_hash": policy_hash(lena)}
    challenge = lena.post("/api/codes", asked)
    return {"challenge_id": challenge["challenge_id"], "code": server.code(phone)}


def accept(server: Server, body: Json) -> str:
    """Try to accept and say what came of it."""
    person = Person(server, "Lena")
    response = person.ask("POST", "/api/invitations/accept", body)
    return "in" if response.status_code == 200 else str(response.json()["code"])


def state(admin: Member) -> list[str]:
    return [invitation["state"] for invitation in admin.get("/api/invitations")["items"]]


def names(member: Member) -> set[str]:
    return {m["name"] for m in member.get("/api/members")["items"]}


def test_nobody_is_a_member_before_they_accept(shop: Shop) -> None:
    phone = new_phone()
    created = invite(shop.admin, phone)
    assert created["sms"] == "sent"
    assert token_of(created) in shop.server.wait_for(rf"^SMS to \{phone}: Linden Tea")
    assert "Lena" not in names(shop.admin)
    lena = Person(shop.server, "Lena")
    seen = lena.post("/api/invitations/preview", {"token": token_of(created)})
    assert seen["workspace_name"] == "Linden Tea"
    assert (seen["role"], seen["code_needed"]) == ("agent", True)
    assert phone[-2:] in seen["phone_hint"]
    assert phone[-4:] not in seen["phone_hint"], "a stranger with the link learns the number"
    body = answer(created, phone, **proof(shop.server, phone))
    me = lena.post("/api/invitations/accept", body)
    assert (me["member"]["name"], me["member"]["role"]) == ("Lena", "agent")
    assert "Lena" in names(shop.admin)
    assert state(shop.admin)[0] == "accepted"


def test_an_invitation_brings_its_role_and_its_inboxes(shop: Shop) -> None:
    phone, inbox_id = new_phone(), shop.inbox["id"]
    draft = {"name": "Lena", "phone": phone, "role": "agent", "inbox_ids": [inbox_id]}
    created = shop.admin.post("/api/invitations", draft | attested(shop.admin))
    lena = Person(shop.server, "Lena")
    body = answer(created, phone, **proof(shop.server, phone))
    assert lena.ask("POST", "/api/invitations/accept", {**body, "role": "admin"}).status_code == 422
    me = lena.post("/api/invitations/accept", body)
    assert (me["member"]["role"], me["member"]["inbox_ids"]) == ("agent", [inbox_id])


def test_of_many_who_accept_at_once_one_gets_in(shop: Shop) -> None:
    phone = new_phone()
    body = answer(invite(shop.admin, phone), phone, **proof(shop.server, phone))
    with ThreadPoolExecutor(16) as crowd:
        outcomes = list(crowd.map(lambda _: accept(shop.server, body), range(50)))
    assert outcomes.count("in") == 1
    assert set(outcomes) <= {"in", "code_expired", "invitation_used"}
    assert [m["phone"] for m in shop.admin.get("/api/members")["items"]].count(phone) == 1


def test_only_the_addressee_accepts(shop: Shop) -> None:
    phone, other = new_phone(), new_phone()
    created = invite(shop.admin, phone)
    invite(shop.admin, other, name="Somebody else")
    theirs = proof(shop.server, other)
    assert accept(shop.server, answer(created, other, **theirs)) == "wrong_addressee"
    assert accept(shop.server, answer(created, phone, **theirs)) == "wrong_addressee"
    assert accept(shop.server, answer(created, phone)) == "wrong_code"
    assert "Lena" not in names(shop.admin)


def test_a_wrong_code_is_no_proof(shop: Shop) -> None:
    phone = new_phone()
    created = invite(shop.admin, phone)
    given = proof(shop.server, phone)
    wrong = {**given, "code": f"{(int(given['code']) + 1) % 1_000_000:06}"}
    assert accept(shop.server, answer(created, phone, **wrong)) == "wrong_code"
    assert accept(shop.server, answer(created, phone, **given)) == "in"


def test_a_link_is_not_searched_for_phones(shop: Shop) -> None:
    created = invite(shop.admin, new_phone())
    outcomes = [accept(shop.server, answer(created, new_phone())) for _ in range(7)]
    assert outcomes == ["wrong_addressee"] * 5 + ["throttled"] * 2


def test_declined_and_withdrawn_invitations_open_nothing(shop: Shop) -> None:
    phone = new_phone()
    declined = invite(shop.admin, phone)
    Person(shop.server, "Lena").post("/api/invitations/decline", {"token": token_of(declined)})
    withdrawn = invite(shop.admin, phone)
    shop.admin.delete(f"/api/invitations/{withdrawn['invitation']['id']}")
    assert state(shop.admin)[:2] == ["withdrawn", "declined"]
    for created in (declined, withdrawn):
        for path in ("preview", "decline"):
            with pytest.raises(Refused, match="invitation_used"):
                Person(shop.server, "Lena").post(
                    f"/api/invitations/{path}", {"token": token_of(created)}
                )
        assert accept(shop.server, answer(created, phone)) == "invitation_used"
    with pytest.raises(Refused, match="invitation_used"):
        shop.admin.delete(f"/api/invitations/{withdrawn['invitation']['id']}")


def test_a_made_up_link_looks_like_a_used_one(shop: Shop) -> None:
    with pytest.raises(Refused, match="invitation_used"):
        Person(shop.server, "Guesser").post("/api/invitations/preview", {"token": "x" * 43})


def test_a_member_is_not_invited_again(shop: Shop) -> None:
    with pytest.raises(Refused, match="already_member"):
        invite(shop.admin, shop.arta.phone)


def test_another_enterprise_sees_and_withdraws_nothing(shop: Shop, stranger: Member) -> None:
    created = invite(shop.admin, new_phone())
    assert stranger.get("/api/invitations")["items"] == []
    foreign, missing = (
        stranger.ask("DELETE", f"/api/invitations/{name}")
        for name in (created["invitation"]["id"], "inv_nothing")
    )
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert state(shop.admin)[0] == "open"


def test_nothing_is_left_of_an_invitation_after_a_week(own_server: Server) -> None:
    shop = open_shop(own_server)
    phones = [new_phone() for _ in range(2)]
    declined, left_open = (invite(shop.admin, phone) for phone in phones)
    Person(own_server, "Lena").post("/api/invitations/decline", {"token": token_of(declined)})
    shop.admin.put("/api/me/password", {"password": GOOD})
    own_server.let_pass(6 * DAY)
    again(shop.admin)
    assert state(shop.admin)[:2] == ["open", "declined"], "a week is not over"
    own_server.let_pass(DAY + MINUTE)
    own_server.rest()
    until(shop.admin, ["expired"])
    assert accept(own_server, answer(left_open, phones[1])) == "invitation_used"
    own_server.let_pass(7 * DAY)
    own_server.rest()
    until(shop.admin, [])


def again(member: Member) -> None:
    """Sign in again after days."""
    member.post("/api/sign-in/password", {"phone": member.phone, "password": GOOD})


def until(admin: Member, expected: list[str]) -> None:
    """Wait for the worker to have done its work."""
    again(admin)
    for _ in range(500):
        if state(admin) == expected:
            return
    assert state(admin) == expected


def test_without_text_messages_the_link_is_the_proof(quiet: Server) -> None:
    dafina = set_up(quiet)
    phone = new_phone()
    created = invite(dafina, phone)
    assert created["sms"] == "not_configured"
    seen = Person(quiet, "Lena").post("/api/invitations/preview", {"token": token_of(created)})
    assert seen["code_needed"] is False
    assert accept(quiet, answer(created, new_phone())) == "wrong_addressee"
    assert accept(quiet, answer(created, phone)) == "in"
    assert accept(quiet, answer(created, phone)) == "invitation_used"


def test_without_text_messages_no_link_opens_somebody_elses_account(quiet: Server) -> None:
    dafina = set_up(quiet)
    mallory = second_workspace(quiet)
    created = invite(mallory, dafina.phone)
    assert accept(quiet, answer(created, dafina.phone)) == "signed_out"
    me = dafina.post("/api/invitations/accept", answer(created, dafina.phone))
    assert [place["name"] for place in me["workspaces"]] == ["First Company", "Second Company"]


def test_without_text_messages_an_account_without_a_home_is_given_clean(quiet: Server) -> None:
    dafina = set_up(quiet)
    mallory = second_workspace(quiet)
    phone = new_phone()
    squatter = Person(quiet, "Mallory as Lena")
    squatter.post("/api/invitations/accept", answer(invite(mallory, phone), phone))
    squatter.put("/api/me/password", {"password": GOOD})
    squatter.delete("/api/me/membership")
    assert accept(quiet, answer(invite(dafina, phone), phone)) == "in"
    with pytest.raises(Refused, match="wrong_credentials"):
        squatter.post("/api/sign-in/password", {"phone": phone, "password": GOOD})


def second_workspace(server: Server) -> Member:
    """Let the operator found a second workspace, whose administrator comes in by a link."""
    phone = new_phone()
    boss = operator(server)
    company = {"company_name": "Second Company", "region": "eu", "name": "Mallory", "phone": phone}
    made = boss.post("/api/operator/administrators", company | attested(boss))
    mallory = Member(server, "Mallory")
    me = mallory.post("/api/invitations/accept", answer(made, phone))
    return mallory.signed_in(phone, me)
