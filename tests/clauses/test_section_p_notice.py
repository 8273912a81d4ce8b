"""Clause P.2: the notice comes first, and anybody can read it."""

from __future__ import annotations

import pytest

from silkroad.http.operations import Operation
from silkroad.kit.languages import LANGUAGES
from silkroad.kit.permissions import Permission
from silkroad.parts import OPERATIONS
from tests.attacks import stored
from tests.attacks.asking import missing, sample
from tests.cast import Member, Shop, ask_to_sign_up, attested, new_phone, policy_hash
from tests.harness.people import Person, Refused

COLLECTING = [
    operation
    for operation in OPERATIONS
    if operation.notice_first and operation.policy.permission == Permission.CHAT
]
KINDS = {"inbox": "inb_", "file": "fil_", "conversation": "cnv_", "campaign": "cmp_"}
IDS = {kind: missing(prefix) for kind, prefix in KINDS.items()}


@pytest.mark.parametrize("operation", COLLECTING, ids=lambda operation: operation.name)
def test_a_collecting_endpoint_before_the_notice_answers_428(
    shop: Shop, operation: Operation
) -> None:
    mira = shop.visitor()
    before = {table.name: table.rows for table in stored.tables(shop.server)}
    ids = {"inbox_id": mira.inbox_id, "file_id": IDS["file"], "campaign_id": IDS["campaign"]}
    path = operation.path.format(**ids)
    if operation.raw:
        answer = mira.ask(operation.method, path, content=b"words\n")
    else:
        answer = mira.ask(operation.method, path, sample(operation.body, IDS))  # type: ignore[arg-type]  # it has one
    assert (answer.status_code, answer.json()["code"]) == (428, "notice_required")
    assert mira.cookies == {}
    after = {table.name: table.rows for table in stored.tables(shop.server)}
    grown = [name for name in after if len(after[name]) > len(before[name])]
    assert grown == []


def test_the_list_of_collecting_endpoints_is_not_empty() -> None:
    names = {operation.name for operation in COLLECTING}
    assert {"widget.send", "widget.upload", "widget.ticket", "widget.hand_over"} <= names


def test_a_visit_does_not_begin_without_the_notice_as_it_is_now(shop: Shop) -> None:
    mira = shop.visitor()
    old = {"notice_hash": "0" * 32, "language": "en"}
    answer = mira.ask("POST", mira.path("/visitor"), old)
    assert (answer.status_code, answer.json()["code"]) == (428, "notice_required")
    assert mira.accept_notice()["visitor"]["id"].startswith("vis_")


def test_the_notice_and_the_policy_open_logged_out(shop: Shop) -> None:
    nobody = shop.visitor()
    assert nobody.get(nobody.path())["notice"]["paragraphs"]
    assert len(nobody.get(nobody.path("/consents"))["items"]) == 5
    for language in LANGUAGES:
        read = nobody.get(f"/api/policy?language={language}")
        page = nobody.ask("GET", read["url"].removeprefix(shop.server.origin))
        assert page.status_code == 200
        assert read["hash"] in page.text, "the page shows the version that is accepted"
    assert nobody.cookies == {}


def test_a_company_signs_up_after_reading_and_the_version_is_kept(shop: Shop) -> None:
    person, phone = Member(shop.server, "Roland"), new_phone()
    for body in ({}, {"notice_hash": "0" * 16}):
        asked = {"phone": phone, "purpose": "sign_up", **body}
        with pytest.raises(Refused) as no:
            person.post("/api/codes", asked)
        assert (no.value.status, no.value.code) == (428, "notice_required")
    challenge = ask_to_sign_up(person, phone)["challenge_id"]
    company = {
        "challenge_id": challenge,
        "code": shop.server.code(phone),
        "company_name": "Rival Ltd",
        "name": "Roland",
        "region": "eu",
        "language": "sq",
    }
    with pytest.raises(Refused) as no:
        person.post("/api/sign-up", {**company, "notice_hash": "0" * 16})
    assert no.value.code == "notice_required"
    read = policy_hash(person, "sq")
    person.post("/api/sign-up", {**company, "notice_hash": read})
    (accepted,) = person.get("/api/me/consents")["accepted"]
    assert (accepted["hash"], accepted["language"]) == (read, "sq")


def test_whoever_is_invited_reads_before_they_leave_their_name(shop: Shop) -> None:
    lena, phone = Member(shop.server, "Lena"), new_phone()
    draft = {"name": "Lena", "phone": phone, "role": "agent", "inbox_ids": []}
    invited = shop.admin.post("/api/invitations", draft | attested(shop.admin))
    token = invited["url"].partition("#")[2]
    asked = {"phone": phone, "purpose": "accept_invitation"}
    proof = {
        "challenge_id": lena.post("/api/codes", asked)["challenge_id"],
        "code": shop.server.code(phone),
    }
    body = {"token": token, "name": "Lena", "phone": phone, "language": "en", **proof}
    with pytest.raises(Refused) as no:
        lena.post("/api/invitations/accept", {**body, "notice_hash": "0" * 16})
    assert (no.value.status, no.value.code) == (428, "notice_required")
    lena.post("/api/invitations/accept", {**body, "notice_hash": policy_hash(lena)})
    (accepted,) = lena.get("/api/me/consents")["accepted"]
    assert accepted["hash"] == policy_hash(lena)


def test_who_has_accepted_is_not_asked_again(shop: Shop) -> None:
    mira, _ = shop.asks("Hello")
    assert mira.ask("POST", mira.path("/ticket"), {}).status_code == 200
    assert isinstance(mira, Person)
