"""Section 9: anybody reaches the contact, logged out; who is not verified gets no content."""

from __future__ import annotations

import re
from html import unescape

import httpx2
import pytest

from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.contact.model import ABOUT_DATA, KINDS
from silkroad.privacy.contact.phrases import WORDS, notice
from silkroad.privacy.policy.phrases import WORDS as POLICY
from tests.attacks.stored import all_of
from tests.cast import CONTROLLER, Shop, VisitorOf, open_shop
from tests.clauses.verbs.sweep import files, hits
from tests.harness.people import Person, Refused
from tests.harness.server import Server
from tests.installation.operator import operator
from tests.privacy.letters import (
    code_for,
    days_pass,
    letter,
    notice_hash,
    opened,
    prove,
    requests_of,
    seen,
    unmasked,
)

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
SECRET = "Zirkelstein 4711"


# 9a: there is a contact, and it works logged out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("to_company", [True, False])
def test_the_contact_opens_logged_out(shop: Shop, language: Language, to_company: bool) -> None:
    where = f"inbox={shop.inbox['id']}&" if to_company else ""
    page = httpx2.get(f"{shop.server.origin}/privacy/contact?{where}language={language}")
    assert page.status_code == 200
    text = unescape(page.text)
    assert f'<html lang="{language}">' in text
    who = "Linden Tea" if to_company else str(CONTROLLER["name"])
    assert WORDS[language].lead.replace("{who}", who) in text
    told = notice(language, who)
    assert told.answered in text
    for line in told.lines:
        assert line.name in text and line.text in text
    assert "set-cookie" not in page.headers
    assert "{" not in re.sub(r"<[^>]*>", "", text)


def test_the_notices_lead_to_it(shop: Shop) -> None:
    """9a's link check: from the policy and from the widget's notice, in every language."""
    for language in LANGUAGES:
        policy = httpx2.get(f"{shop.server.origin}/privacy?language={language}").text
        assert POLICY[language].labels.write in unescape(policy)
        assert 'href="/privacy/contact"' in policy
        assert f'href="mailto:{CONTROLLER["contact_email"]}"' in policy
    visitor = shop.visitor()
    address = visitor.get(visitor.path())["contact_url"]
    assert address.startswith(shop.server.origin)
    answer = httpx2.get(address)
    assert answer.status_code == 200
    assert "Linden Tea" in answer.text


def test_without_a_contact_nothing_is_taken(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Server(tmp_path_factory.mktemp("fresh") / "data") as fresh:
        for path in ("/privacy/contact", "/privacy/contact/answer"):
            answer = httpx2.get(f"{fresh.origin}{path}")
            assert (answer.status_code, answer.json()["code"]) == (503, "setup_required")
        body = {"notice_hash": "0" * 32, "language": "en", "kind": "question", "text": "Hello"}
        with pytest.raises(Refused, match="setup_required"):
            Person(fresh, "Somebody").post("/api/contact", body)


def test_nothing_is_taken_before_the_notice_was_shown(shop: Shop) -> None:
    person = Person(shop.server, "Somebody")
    body = {"language": "en", "kind": "question", "text": "Hello"}
    company = notice_hash(person, shop.inbox["id"])
    before = len(all_of(shop.server, "contact_requests"))
    for path, shown in (
        ("/api/contact", ""),
        ("/api/contact", company),
        (f"/api/widget/{shop.inbox['id']}/requests", notice_hash(person)),
        (f"/api/widget/{shop.inbox['id']}/requests", notice_hash(person, shop.inbox["id"], "sq")),
    ):
        answer = person.ask("POST", path, {**body, "notice_hash": shown})
        assert (answer.status_code, answer.json()["code"]) == (428, "notice_required")
    assert len(all_of(shop.server, "contact_requests")) == before
    assert requests_of(shop.admin) == []


def test_each_sees_what_was_written_to_them_and_nobody_else(shop: Shop) -> None:
    boss = operator(shop.server)
    letter(shop.server, shop.inbox["id"], "To the shop", "complaint")
    letter(shop.server, "", "To the server", "complaint")
    (ours,) = requests_of(shop.admin)
    (theirs, *_) = sorted(requests_of(boss), key=lambda item: -int(item["received_at"]))
    assert opened(shop.admin, ours["id"])["messages"][0]["text"] == "To the shop"
    assert opened(boss, theirs["id"])["messages"][0]["text"] == "To the server"
    assert ours["id"] not in {item["id"] for item in requests_of(boss)}
    for person, foreign in ((boss, ours["id"]), (shop.admin, theirs["id"])):
        for path, body in (
            ("opened", {}),
            ("answers", {"text": "Hello"}),
            ("identity", {"check": "code"}),
        ):
            with pytest.raises(Refused, match="not_found"):
                person.post(f"/api/requests/{foreign}/{path}", body)
    for agent in (shop.arta, shop.wei):
        assert agent.ask("GET", "/api/requests").status_code == 403


def test_without_the_link_there_is_nothing(shop: Shop) -> None:
    sent = letter(shop.server, shop.inbox["id"], SECRET, "complaint", reach="mira@mail.example")
    reference = sent["reference"]
    (request,) = requests_of(shop.admin)
    assert request["reference"] == reference
    for guess in (reference, reference.replace("-", ""), request["id"], "x" * 43):
        for path, more in (("read", {}), ("reply", {"text": "More"}), ("prove", {"proof": "1"})):
            with pytest.raises(Refused, match="not_found"):
                Person(shop.server, "Thief").post(f"/api/contact/{path}", {"token": guess, **more})
    told = seen(shop.server, sent["token"])
    assert (told["reference"], told["to"], told["state"]) == (reference, "Linden Tea", "received")
    assert told["messages"][0]["text"] == SECRET
    assert "mira@mail.example" not in str(told), "the link does not tell how they are reached"


def test_an_answer_names_no_colleague(shop: Shop) -> None:
    sent = letter(shop.server, shop.inbox["id"], "Hello?")
    (request,) = requests_of(shop.admin)
    detail = shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": "Yes"})
    assert detail["messages"][-1]["member_id"] == shop.admin.member_id
    assert shop.admin.member_id not in str(seen(shop.server, sent["token"]))


@pytest.mark.parametrize(
    ("reach", "stored"),
    [
        ("mira@mail.example", "mira@mail.example"),
        ("+1 (217) 555-0100", "+12175550100"),
        (None, None),
    ],
)
def test_a_way_to_answer_may_be_given(shop: Shop, reach: str | None, stored: str | None) -> None:
    letter(shop.server, shop.inbox["id"], "Hello?", reach=reach)
    assert opened(shop.admin, requests_of(shop.admin)[0]["id"])["reach"] == stored


@pytest.mark.parametrize("reach", ["nobody", "a@b", "123", "mira@mail.example, other@b.example"])
def test_a_way_that_is_none_is_refused(shop: Shop, reach: str) -> None:
    with pytest.raises(Refused, match="invalid") as refused:
        letter(shop.server, shop.inbox["id"], "Hello?", reach=reach)
    assert refused.value.problem["fields"][0]["path"] == "$.reach"
    assert requests_of(shop.admin) == []


# 9b: an answer about data is for whoever was verified


def test_who_is_not_verified_gets_no_content(shop: Shop) -> None:
    for kind in KINDS:
        sent = letter(shop.server, shop.inbox["id"], "What do you know?", kind)
        request = next(r for r in requests_of(shop.admin) if r["reference"] == sent["reference"])
        answer = f"/api/requests/{request['id']}/answers"
        if kind not in ABOUT_DATA:
            assert shop.admin.post(answer, {"text": "In general"})["messages"][1:]
            continue
        for _ in ("received", "identity_asked"):
            with pytest.raises(Refused, match="not_verified"):
                shop.admin.post(answer, {"text": SECRET})
            shop.admin.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
        told = seen(shop.server, sent["token"])
        assert [m["author"] for m in told["messages"]] == ["person"]
        assert SECRET not in str(told)
    assert sorted(ABOUT_DATA) == ["access", "correction", "erasure", "guardian"]


def test_a_code_verifies_once_and_five_wrong_ones_void_it(shop: Shop) -> None:
    sent = letter(shop.server, shop.inbox["id"], "What do you know?", "access")
    (request,) = requests_of(shop.admin)
    first = code_for(shop, request["id"])
    for number in range(5):
        wrong = f"{(int(first) + 1 + number) % 1_000_000:06}"
        with pytest.raises(Refused, match="wrong_code"):
            prove(shop.server, sent["token"], wrong)
    with pytest.raises(Refused, match="code_expired"):
        prove(shop.server, sent["token"], first)
    second = code_for(shop, request["id"])
    if first != second:
        with pytest.raises(Refused, match="wrong_code"):
            prove(shop.server, sent["token"], first)
    assert prove(shop.server, sent["token"], f" {second[:3]} {second[3:]} ")["state"] == "verified"
    with pytest.raises(Refused, match="wrong_step"):
        prove(shop.server, sent["token"], second)
    answer = {"text": SECRET}
    assert shop.admin.post(f"/api/requests/{request['id']}/answers", answer)["request"]["state"]
    assert seen(shop.server, sent["token"])["messages"][-1]["text"] == SECRET
    assert second not in str(opened(shop.admin, request["id"])), "a code is shown once"


def test_a_code_ends_after_a_week(own_server: Server) -> None:
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "What do you know?", "access")
    code = code_for(shop, requests_of(shop.admin)[0]["id"])
    own_server.move_clock(7 * DAY + MINUTE)
    with pytest.raises(Refused, match="code_expired"):
        prove(own_server, sent["token"], code)


@pytest.mark.parametrize("accepted", [True, False])
def test_a_proof_is_deleted_with_the_decision(own_server: Server, accepted: bool) -> None:
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "Delete me", "erasure", reach="a@mail.example")
    (request,) = requests_of(shop.admin)
    path = f"/api/requests/{request['id']}/identity"
    with pytest.raises(Refused, match="wrong_step"):
        shop.admin.put(path, {"accepted": True})
    shop.admin.post(path, {"check": "proof"})
    told = prove(own_server, sent["token"], SECRET)
    assert (told["proof_given"], told["verified"]) == (True, False)
    assert SECRET not in str(told)
    with pytest.raises(Refused, match="wrong_step"):
        prove(own_server, sent["token"], "Another one")
    assert unmasked(shop.admin, request["id"])["proof"] == SECRET
    (row,) = all_of(own_server, "contact_requests")
    sealed = bytes(row["proof"])
    shop.admin.put(path, {"accepted": accepted})
    assert not opened(shop.admin, request["id"])["masked"]
    with pytest.raises(Refused, match="wrong_step"):
        unmasked(shop.admin, request["id"])
    assert seen(own_server, sent["token"])["verified"] is accepted
    (row,) = all_of(own_server, "contact_requests")
    assert (row["proof"], row["proof_at"], row["code_hash"]) == (None, None, None)
    own_server.stop()
    found = files(own_server.data, own_server.errors)
    swept = [SECRET, "Delete me", "a@mail.example", sent["token"]]
    swept_bytes = [sealed] if own_server.engine == "sqlite" else []
    assert hits(found, [*swept, *swept_bytes]) == []


def test_a_proof_that_nobody_decides_upon_is_gone_after_a_week(own_server: Server) -> None:
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "Delete me", "erasure")
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
    prove(own_server, sent["token"], SECRET)
    days_pass(own_server, 7 * DAY - 2 * MINUTE, shop.admin)
    assert opened(shop.admin, request["id"])["masked"]
    days_pass(own_server, 3 * MINUTE, shop.admin)
    detail = opened(shop.admin, request["id"])
    assert (detail["masked"], detail["request"]["state"]) == (False, "received")
    with pytest.raises(Refused, match="not_verified"):
        shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": SECRET})


def test_who_comes_from_their_chat_is_asked_nothing_more(shop: Shop) -> None:
    visitor, _ = shop.asks("Hello")
    sent = letter(
        shop.server, shop.inbox["id"], "What do you know?", "access", voucher=vouch(visitor)
    )
    (request,) = requests_of(shop.admin)
    assert (request["state"], request["verified_by"]) == ("verified", "session")
    here = visitor.get(visitor.path())["visitor"]["visitor"]["id"]
    assert opened(shop.admin, request["id"])["visitor_id"] == here
    shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": "All of this"})
    assert seen(shop.server, sent["token"])["messages"][-1]["text"] == "All of this"


def test_a_voucher_is_for_its_visitor_its_company_and_an_hour(
    own_server: Server,
) -> None:
    shop, rival = open_shop(own_server), open_shop(own_server, "Rival Ltd")
    visitor, _ = shop.asks("Hello")
    other, _ = shop.asks("Hello")
    stranger, _ = rival.asks("Hello")
    good = vouch(visitor)
    someone = other.get(other.path())["visitor"]["visitor"]["id"]
    who, until, proof = good.split(".")
    for bad in (
        f"{someone}.{until}.{proof}",
        f"{who}.{int(until) + 1}.{proof}",
        f"{who}.{until}.{'0' * len(proof)}",
        vouch(stranger),
        "x",
        "..",
    ):
        letter(own_server, shop.inbox["id"], "What do you know?", "access", voucher=bad)
    assert {r["verified_by"] for r in requests_of(shop.admin)} == {None}
    own_server.move_clock(61 * MINUTE)
    letter(own_server, shop.inbox["id"], "What do you know?", "access", voucher=good)
    assert {r["verified_by"] for r in requests_of(shop.admin)} == {None}
    nobody = Person(own_server, "Nobody")
    assert "voucher" not in nobody.get(visitor.path())["contact_url"]


def test_what_is_closed_is_closed(shop: Shop) -> None:
    sent = letter(shop.server, shop.inbox["id"], "What do you know?", "access")
    (request,) = requests_of(shop.admin)
    path = f"/api/requests/{request['id']}"
    shop.admin.put(f"{path}/closed", {"outcome": "not_verified"})
    assert requests_of(shop.admin) == []
    assert [r["id"] for r in requests_of(shop.admin, closed=True)] == [request["id"]]
    told = seen(shop.server, sent["token"])
    assert (told["state"], told["outcome"]) == ("closed", "not_verified")
    for method, where, body in (
        ("POST", f"{path}/answers", {"text": "Hello"}),
        ("POST", f"{path}/identity", {"check": "code"}),
        ("PUT", f"{path}/closed", {"outcome": "done"}),
        ("POST", "/api/contact/reply", {"token": sent["token"], "text": "Hello"}),
        ("POST", "/api/contact/prove", {"token": sent["token"], "proof": "000000"}),
    ):
        answer = shop.admin.ask(method, where, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_step"), where


def test_one_address_does_not_flood_anybody(shop: Shop) -> None:
    flooder = Person(shop.server, "Flooder")
    with pytest.raises(Refused, match="throttled"):
        for number in range(7):
            letter(shop.server, shop.inbox["id"], f"Letter {number}", by=flooder)
    assert len(requests_of(shop.admin)) == 5
    letter(shop.server, shop.inbox["id"], "From somebody else")


def vouch(visitor: VisitorOf) -> str:
    """Return the voucher that a visitor's chat gives them."""
    return str(httpx2.URL(visitor.get(visitor.path())["contact_url"]).params["voucher"])
