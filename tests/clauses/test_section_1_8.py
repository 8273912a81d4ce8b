"""Section 1.8: a company starts and ends each third party, after it has read who that is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from silkroad.kit.clock import HOUR, SystemClock
from silkroad.privacy.processors import PROCESSORS
from tests.attacks import stored
from tests.cast import (
    Member,
    Shop,
    accept,
    attested,
    new_phone,
    open_shop,
    sign_up,
    switch_on,
    third_party,
)
from tests.harness.people import Json, Refused
from tests.installation.operator import operator
from tests.push.world import World, a_world

OWN = "own_push"  # the push service of these tests, which the operator vouches for


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from a_world(tmp_path_factory.mktemp("third-parties") / "data")


@pytest.fixture
def shop(world: World) -> Shop:
    return open_shop(world.server)


def party(admin: Member, name: str = OWN, language: str = "en") -> Json:
    return third_party(admin, name, language)


def enable(admin: Member, name: str = OWN, **changes: Json) -> None:
    switch_on(admin, name, **({"contract": "Terms of 2026"} | changes))


def end(admin: Member, name: str = OWN) -> None:
    admin.delete(f"/api/processors/{name}")


def test_a_founding_switches_nobody_on(world: World) -> None:
    """P.3, 1.8b: however a company begins, somebody of it reads first who gets something."""
    boss, phone = operator(world.server), new_phone()
    body = {"company_name": "Birch", "region": "eu", "name": "Lis", "phone": phone}
    invited = boss.post("/api/operator/administrators", body | attested(boss))
    admins = [accept(Member(world.server, "Lis"), phone, invited["url"])]
    assert world.first, "who has set the server up"
    admins += [world.first, sign_up(world.server, "Elm", "Ana", push=False)]
    for admin in admins:
        found = admin.get("/api/processors")["items"]
        assert {item["name"] for item in found} == {
            entry.name for entry in PROCESSORS.values() if entry.service == "web_push"
        }
        assert {item["state"] for item in found} == {"off"}
        assert admin.get("/api/me")["vapid_public_key"] is None
    enable(admin, "google_push")
    assert party(admin, "google_push")["state"] == "on"
    assert party(admin)["state"] == "off", "and nobody else with it"
    rows = stored.all_of(world.server, "engagements")
    (mine,) = [row for row in rows if row["workspace_id"] == admin.workspace_id]
    assert mine["enabled_by"] == admin.member_id
    assert mine["notice_hash"] == party(admin, "google_push")["notice_hash"]


@pytest.mark.parametrize("language", ["en", "zh-CN", "sq"])
def test_nothing_is_switched_on_whose_notice_was_not_shown(shop: Shop, language: str) -> None:
    """P.3: enabling an external service without displaying its policy is refused."""
    admin, name = shop.admin, "apple_push"
    shown = {tag: party(admin, name, tag)["notice_hash"] for tag in ("en", "zh-CN", "sq")}
    another = party(admin, "google_push", language)["notice_hash"]
    elsewhere = next(value for tag, value in shown.items() if tag != language)
    for stale in ("", "0" * 32, another, elsewhere):
        with pytest.raises(Refused) as no:
            enable(admin, name, notice_hash=stale, language=language)
        assert (no.value.status, no.value.code) == (428, "notice_required")
    assert party(admin, name)["state"] == "off"
    enable(admin, name, notice_hash=shown[language], language=language)
    assert party(admin, name)["state"] == "on"


def test_what_is_shown_leads_to_the_providers_own_policy(shop: Shop) -> None:
    """1.8c: every third party that can be switched on has the link to its policy."""
    for item in shop.admin.get("/api/processors")["items"]:
        beginning = "https://" if item["kind"] == "third_party" else "/privacy"
        assert item["policy_url"].startswith(beginning)


def test_ended_means_no_call_and_no_secret(world: World, shop: Shop) -> None:
    """1.8b: after the end the trap hears nothing, and what reached the devices is destroyed."""
    phone = world.device(shop.arta)
    mira, conversation = shop.asks("Do you have oolong?")
    laptop = world.visitors_device(mira)
    world.wakes(phone)
    shop.arta.post(
        f"/api/conversations/{conversation}/messages", {"client_id": "answer-1", "text": "Yes"}
    )  # its wake is queued when the service is ended
    end(shop.admin)
    shop.asks("And sencha?", name="Ben")
    world.wakes_nobody(phone, laptop)
    assert shop.arta.get("/api/me/devices")["items"] == []
    assert mira.get(mira.path())["visitor"]["push"] is False
    for table in ("devices", "wakes"):
        left = [row["workspace_id"] for row in stored.all_of(world.server, table)]
        assert shop.admin.workspace_id not in left, table
    with pytest.raises(Refused) as no:
        world.device(shop.arta)
    assert (no.value.status, no.value.code) == (409, "push_off")
    with pytest.raises(Refused) as twice:
        end(shop.admin)
    assert twice.value.status == 404


def test_the_others_go_on(world: World, shop: Shop) -> None:
    """1.8b: what one company ends, another keeps; what is not ended stays on."""
    neighbour = open_shop(world.server, "Birch Tea")
    phone = world.device(neighbour.arta)
    enable(shop.admin, "google_push")
    end(shop.admin)
    states = {item["name"]: item["state"] for item in shop.admin.get("/api/processors")["items"]}
    assert states.pop(OWN) == "ended"
    assert states.pop("google_push") == "on"
    assert set(states.values()) == {"off"}
    assert shop.admin.get("/api/me")["workspace"]["push"] is True
    neighbour.asks("Anybody?")
    assert len(world.wakes(phone)) == 1


def test_after_the_last_one_there_is_no_push_at_all(shop: Shop) -> None:
    enable(shop.admin, "google_push")
    for name in (OWN, "google_push"):
        assert shop.arta.get("/api/me")["workspace"]["push"] is True
        end(shop.admin, name)
    me = shop.arta.get("/api/me")
    assert (me["workspace"]["push"], me["vapid_public_key"]) == (False, None)
    mira = shop.visitor()
    assert mira.get(mira.path())["push_key"] is None


def test_who_is_switched_on_again_begins_anew(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    end(shop.admin)
    enable(shop.admin)
    shop.asks("Hello?")
    world.wakes_nobody(phone)
    again = world.device(shop.arta)
    shop.asks("Hello again?", name="Ben")
    assert len(world.wakes(again)) == 1


def test_a_contract_that_is_over_stops_the_flow(tmp_path: Path) -> None:
    """5.2: expiry stops flow, by the clock alone; and what was kept for it is destroyed."""
    for world in a_world(tmp_path / "data"):
        shop = open_shop(world.server)
        until = SystemClock().now() + HOUR
        enable(shop.admin, contract_until=until)
        phone = world.device(shop.arta)
        shop.asks("Before the end?")
        assert len(world.wakes(phone)) == 1
        world.let_pass(2 * 3600)
        world.server.rest()
        shop.asks("After the end?", name="Ben")
        world.wakes_nobody(phone)
        assert party(shop.admin)["state"] == "expired"
        assert shop.arta.get("/api/me/devices")["items"] == []


def test_there_is_no_flow_without_a_contract(shop: Shop) -> None:
    """5.2: no live contract, refused."""
    end(shop.admin)
    for wrong in ({"contract": ""}, {"contract": "   "}, {"contract_until": 1}):
        with pytest.raises(Refused) as no:
            enable(shop.admin, **wrong)
        assert no.value.status == 422
    assert party(shop.admin)["state"] == "ended"


def test_a_contract_lies_sealed(shop: Shop) -> None:
    enable(shop.admin, contract="Contract canary 4711")
    assert party(shop.admin)["contract"] == "Contract canary 4711"
    files = [path for path in shop.server.data.rglob("*") if path.is_file()]
    assert not any(b"canary 4711" in path.read_bytes() for path in files)


@pytest.mark.parametrize("name", ["root_key", "telemetry"])
def test_only_what_is_offered_can_be_decided_about(shop: Shop, name: str) -> None:
    given = {"notice_hash": "0" * 32, "language": "en", "contract": "Any"}
    with pytest.raises(Refused) as no:
        shop.admin.put(f"/api/processors/{name}", given)
    assert no.value.status == 404
    with pytest.raises(Refused) as nothing:
        end(shop.admin, name)
    assert nothing.value.status == 404
