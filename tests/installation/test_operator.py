"""The operator runs the installation and sees nothing in it. Clause 2.2c."""

from __future__ import annotations

import json

import pytest

from tests.attacks.stored import all_of
from tests.cast import CONTROLLER, Shop, attested, new_phone, policy_hash
from tests.harness.people import Person, Refused
from tests.harness.server import Server
from tests.installation.operator import operator, operator_token

MINUTE = 60_000


def test_the_link_works_once_and_only_the_newest(server: Server) -> None:
    old, new = operator_token(server), operator_token(server)
    person = Person(server, "Operator")
    with pytest.raises(Refused, match="link_used"):
        person.post("/api/operator/enter", {"token": old})
    seen = person.post("/api/operator/enter", {"token": new})
    assert seen["controller"]["name"] == CONTROLLER["name"]
    with pytest.raises(Refused, match="link_used"):
        Person(server, "Thief").post("/api/operator/enter", {"token": new})


def test_the_operator_sees_that_workspaces_are_there(shop: Shop) -> None:
    seen = operator(shop.server).get("/api/operator")
    (ours,) = (w for w in seen["workspaces"] if w["id"] == shop.admin.workspace_id)
    assert (ours["name"], ours["region"], ours["members"]) == ("Linden Tea", "eu", 3)
    assert set(ours) == {"id", "name", "region", "created_at", "members"}


def test_the_operator_enters_no_workspace(shop: Shop) -> None:
    _, conversation = shop.asks("A secret for the shop")
    person = operator(shop.server)
    for method, path in (
        ("GET", "/api/me"),
        ("GET", "/api/members"),
        ("GET", "/api/invitations"),
        ("GET", "/api/inboxes"),
        ("GET", "/api/conversations"),
        ("GET", f"/api/conversations/{conversation}/messages"),
        ("GET", "/api/me/sessions"),
        ("POST", "/api/live/ticket"),
    ):
        answer = person.ask(method, path, {} if method == "POST" else None)
        assert answer.status_code == 403, path
        assert "secret" not in answer.text


def test_members_do_not_operate(shop: Shop) -> None:
    for method, path, body in (
        ("GET", "/api/operator", None),
        ("PATCH", "/api/operator", {"controller": CONTROLLER}),
    ):
        assert shop.admin.ask(method, path, body).status_code == 403
        assert Person(shop.server, "Anybody").ask(method, path, body).status_code == 401


def test_the_operator_names_another_contact(server: Server) -> None:
    person = operator(server)
    changed = {**CONTROLLER, "contact_phone": "+1 202 555 0147", "address": "Linden Street 1"}
    seen = person.patch("/api/operator", {"controller": changed})["controller"]
    assert seen == {**changed, "contact_phone": "+12025550147"}
    with pytest.raises(Refused, match="invalid"):
        person.patch("/api/operator", {"controller": {**CONTROLLER, "name": ""}})
    person.patch("/api/operator", {"controller": CONTROLLER})


def test_a_successor_accepts_the_policy_that_people_were_promised(own_server: Server) -> None:
    """Clause 5.4: another name is another controller, and comes under the same policy."""
    person = operator(own_server)
    successor = {**CONTROLLER, "name": "Birch Hosting"}
    read = person.get("/api/policy?language=en")["hash"]
    for accepted in (None, "0" * 32, read[:-1], ""):
        with pytest.raises(Refused, match="notice_required"):
            person.patch("/api/operator", {"controller": successor, "policy_hash": accepted})
    assert person.get("/api/operator")["controller"]["name"] == CONTROLLER["name"]
    assert [e for e in all_of(own_server, "audit_entries") if "policy_acc" in e["action"]] == []
    in_chinese = person.get("/api/policy?language=zh-CN")["hash"]
    seen = person.patch("/api/operator", {"controller": successor, "policy_hash": in_chinese})
    assert seen["controller"]["name"] == "Birch Hosting"
    with pytest.raises(Refused, match="notice_required"):  # that policy is another one's by now
        person.patch("/api/operator", {"controller": CONTROLLER, "policy_hash": in_chinese})
    (entry,) = (
        e
        for e in all_of(own_server, "audit_entries")
        if e["action"] == "installation.policy_accepted"
    )
    assert json.loads(entry["detail"]) == {"policy": in_chinese}


def test_an_operators_session_ends_after_half_an_hour_of_rest(own_server: Server) -> None:
    person, late = operator(own_server), operator_token(own_server)
    own_server.move_clock(16 * MINUTE)
    with pytest.raises(Refused, match="link_used"):
        Person(own_server, "Late").post("/api/operator/enter", {"token": late})
    person.get("/api/operator")
    own_server.move_clock(31 * MINUTE)
    assert person.ask("GET", "/api/operator").status_code == 401


def test_an_administrators_link_is_for_one_phone_and_one_workspace(server: Server) -> None:
    phone = new_phone()
    company = {"company_name": "Quiet Ltd", "region": "sg", "name": "Li", "phone": phone}
    boss = operator(server)
    made = boss.post("/api/operator/administrators", company | attested(boss))
    token = made["url"].partition("#")[2]
    seen = Person(server, "Li").post("/api/invitations/preview", {"token": token})
    assert (seen["workspace_name"], seen["role"]) == ("Quiet Ltd", "admin")
    body = {"token": token, "name": "Li", "phone": new_phone(), "language": "zh-CN"}
    body["notice_hash"] = policy_hash(Person(server, "Thief"), "zh-CN")
    with pytest.raises(Refused, match="wrong_addressee"):
        Person(server, "Thief").post("/api/invitations/accept", body)
