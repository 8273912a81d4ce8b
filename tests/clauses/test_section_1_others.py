"""Data about people that comes from others: attested, or by a living grant, or not at all."""

from __future__ import annotations

import pytest

from tests.attacks import stored
from tests.attacks.enterprise import vouched
from tests.cast import Member, Shop, attested, new_phone
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.installation.operator import operator

HASHLESS = {"basis": "contract", "notice_hash": "0" * 32}

# 1.6b: uploading others


def draft(phone: str) -> Json:
    return {"name": "Lena", "phone": phone, "role": "agent", "inbox_ids": []}


def counts(server: Server, *tables: str) -> list[int]:
    return [len(stored.all_of(server, table)) for table in tables]


@pytest.mark.parametrize(
    "given",
    [{}, {"attestation": None}, {"attestation": HASHLESS}],
    ids=["nothing", "null", "another text"],
)
def test_an_invitation_that_nobody_attests_is_refused(shop: Shop, given: Json) -> None:
    tables = ("invitations", "imports", "jobs", "facts")
    before, phone = counts(shop.server, *tables), new_phone()
    with pytest.raises(Refused) as no:
        shop.admin.post("/api/invitations", draft(phone) | given)
    assert (no.value.status, no.value.code) == (422, "attestation_required")
    assert counts(shop.server, *tables) == before
    shop.admin.post("/api/invitations", draft(new_phone()) | attested(shop.admin))
    assert not [line for line in shop.server.heard if phone in line], "they were written to"


def test_a_ground_that_is_none_is_refused(shop: Shop) -> None:
    given = attested(shop.admin, basis="because I can")
    with pytest.raises(Refused, match="invalid"):
        shop.admin.post("/api/invitations", draft(new_phone()) | given)


@pytest.mark.parametrize("language", ["en", "zh-CN", "sq"])
def test_an_attested_row_carries_ground_and_text(shop: Shop, language: str) -> None:
    text = shop.admin.get(f"/api/imports/attestation?language={language}")
    assert text["language"] == language and len(text["text"]) > 40
    given = {"attestation": {"basis": "consent", "notice_hash": text["hash"]}}
    made = shop.admin.post("/api/invitations", draft(new_phone()) | given)["invitation"]
    assert (made["basis"], made["notice_hash"]) == ("consent", text["hash"])
    row = stored.find(shop.server, "invitations", id=made["id"])
    assert (row["basis"], row["notice_hash"]) == ("consent", text["hash"])
    kept = stored.find(shop.server, "imports", id=row["import_id"])
    assert (kept["imported_by"], kept["count"]) == (shop.admin.member_id, 1)
    newest = shop.admin.get("/api/imports")["items"][0]
    assert {**newest, "id": row["import_id"], "notice_hash": text["hash"]} == newest


def test_many_come_in_by_one_import_or_nobody_does(shop: Shop) -> None:
    tables, phones = ("invitations", "imports"), [new_phone() for _ in range(3)]
    people = [{"name": f"Lena {number}", "phone": phone} for number, phone in enumerate(phones)]
    body = {"people": people, "role": "agent", "inbox_ids": [shop.inbox["id"]]}
    before = counts(shop.server, *tables)
    with pytest.raises(Refused, match="attestation_required"):
        shop.admin.post("/api/invitations/import", body)
    full = body | attested(shop.admin)
    for bad, code in (("not a number", "invalid"), (shop.arta.phone, "already_member")):
        wrong = [*people[:2], {"name": "Arta", "phone": bad}]
        with pytest.raises(Refused, match=code):
            shop.admin.post("/api/invitations/import", full | {"people": wrong})
    assert counts(shop.server, *tables) == before
    made = shop.admin.post("/api/invitations/import", full)["items"]
    assert [one["invitation"]["phone"] for one in made] == phones
    ids = {one["invitation"]["id"] for one in made}
    invited = [row for row in stored.all_of(shop.server, "invitations") if row["id"] in ids]
    (import_id,) = {row["import_id"] for row in invited}
    assert stored.find(shop.server, "imports", id=import_id)["count"] == 3
    assert {(row["basis"], row["notice_hash"]) for row in invited} == {
        ("contract", full["attestation"]["notice_hash"])
    }
    assert counts(shop.server, *tables) == [before[0] + 3, before[1] + 1]
    for phone in phones:
        shop.server.wait_for(rf"^SMS to \{phone}: Linden Tea")


def test_only_administrators_see_who_answers_for_what(shop: Shop, stranger: Member) -> None:
    shop.admin.post("/api/invitations", draft(new_phone()) | attested(shop.admin))
    assert shop.arta.ask("GET", "/api/imports").status_code == 403
    assert stranger.get("/api/imports")["items"] == []


def test_the_operator_attests_for_an_administrator_as_well(server: Server) -> None:
    boss, tables = operator(server), ("workspaces", "invitations", "imports")
    company = {"company_name": "Quiet Ltd", "region": "eu", "name": "Li", "phone": new_phone()}
    before = counts(server, *tables)
    with pytest.raises(Refused, match="attestation_required"):
        boss.post("/api/operator/administrators", company)
    assert counts(server, *tables) == before
    boss.post("/api/operator/administrators", company | attested(boss))
    assert counts(server, *tables) == [number + 1 for number in before]


# 1.8a: what the company's own site says of its customers

CUSTOMER = {"id": "customer-7", "name": "Mira Krasniqi", "email": "mira@mail.example"}


def let(shop: Shop, *details: str) -> str:
    """Let the site tell these details of its customers, and return its secret."""
    door = f"/api/inboxes/{shop.inbox['id']}/identity-secret"
    return str(shop.admin.post(door, {"details": list(details)})["secret"])


def refused(shop: Shop, identity: Json) -> str:
    """Come with what is refused, and return the code."""
    tables = ("visitors", "visitor_sessions", "conversations", "facts")
    before, mira = counts(shop.server, *tables), shop.visitor()
    with pytest.raises(Refused) as no:
        mira.accept_notice(identity=identity)
    assert counts(shop.server, *tables) == before, "something was stored"
    assert mira.cookies == {}
    return f"{no.value.status} {no.value.code}"


def test_without_a_grant_a_delivery_is_refused(shop: Shop) -> None:
    assert refused(shop, vouched("x" * 43, CUSTOMER)) == "403 grant_required"
    secret = let(shop, "name", "email")
    mira = shop.visitor()
    assert mira.accept_notice(identity=vouched(secret, CUSTOMER))["visitor"]["verified"] is True
    inbox = shop.admin.get("/api/inboxes")["items"][0]
    assert inbox["identity_grant"]["details"] == ["email", "name"]


def test_a_grant_is_for_the_details_that_it_names(shop: Shop) -> None:
    secret = let(shop, "name")
    assert refused(shop, vouched(secret, CUSTOMER)) == "403 grant_required"
    assert refused(shop, vouched("x" * 43, CUSTOMER)) == "401 wrong_credentials", "it tells nothing"
    fewer = {name: CUSTOMER[name] for name in ("id", "name")}
    assert shop.visitor().accept_notice(identity=vouched(secret, fewer))["visitor"]["verified"]


@pytest.mark.parametrize("ending", ["removed", "archived"])
def test_a_grant_ends_with_the_secret(shop: Shop, ending: str) -> None:
    secret = let(shop, "name", "email")
    shop.visitor().accept_notice(identity=vouched(secret, CUSTOMER))
    inbox = f"/api/inboxes/{shop.inbox['id']}"
    if ending == "removed":
        seen = shop.admin.delete(f"{inbox}/identity-secret")
        assert (seen["identity_enabled"], seen["identity_grant"]) == (False, None)
        assert refused(shop, vouched(secret, CUSTOMER)) == "403 grant_required"
    else:
        shop.admin.delete(inbox)
    assert stored.find(shop.server, "inboxes", id=shop.inbox["id"])["identity_secret"] is None
    (grant,) = shop.admin.get("/api/grants")["items"]
    assert grant["ended_by"] == shop.admin.member_id and grant["ended_at"] >= grant["granted_at"]


def test_a_new_secret_is_a_new_grant_and_the_record_keeps_both(shop: Shop) -> None:
    old = let(shop, "name", "email")
    new = let(shop, "name")
    assert refused(shop, vouched(old, {"id": "customer-7"})) == "401 wrong_credentials"
    assert refused(shop, vouched(new, CUSTOMER)) == "403 grant_required"
    grants = shop.admin.get("/api/grants")["items"]
    assert {grant["granted_by"] for grant in grants} == {shop.admin.member_id}
    assert sorted((grant["details"], grant["ended_at"] is None) for grant in grants) == [
        (["email", "name"], False),
        (["name"], True),
    ]
    assert shop.arta.ask("GET", "/api/grants").status_code == 403


def test_a_visitor_of_whom_the_site_says_nothing_needs_no_grant(shop: Shop) -> None:
    assert shop.visitor().accept_notice()["visitor"]["verified"] is False
    assert Person(shop.server, "Nobody").get(f"/api/widget/{shop.inbox['id']}")["visitor"] is None
