"""The devices of members: added, renewed, listed, removed, and ended with their session."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from silkroad.kit.errors import CODES
from tests.cast import Member, Shop, open_shop, set_up, sign_up, yes_to
from tests.fakes.push_service import Browser
from tests.harness.people import Json, Refused, client_id
from tests.harness.server import Server
from tests.push.world import World, wake_on

CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"


def devices_of(member: Member) -> list[Json]:
    return list(member.get("/api/me/devices")["items"])


def sign_in(world: World, phone: str) -> Member:
    """Sign the same person in on another browser."""
    person = Member(world.server, "Arta")
    challenge = person.post("/api/codes", {"phone": phone, "purpose": "sign_in"})
    code = {"challenge_id": challenge["challenge_id"], "code": world.server.code(phone)}
    return person.signed_in(phone, person.post("/api/sign-in/code", code))


def test_a_device_is_listed_by_the_name_of_its_browser(world: World, shop: Shop) -> None:
    browser = world.service.subscribe(shop.arta.get("/api/me")["vapid_public_key"])
    body = {**browser.subscription, "consent": yes_to(shop.arta)}
    answer = shop.arta.ask("PUT", "/api/me/devices", body, headers={"User-Agent": CHROME})
    assert answer.status_code == 200
    [device] = devices_of(shop.arta)
    assert (device["agent"], device["current"]) == ("Chrome · Android", True)
    assert devices_of(shop.wei) == []


def test_the_same_browser_again_is_the_same_device(world: World, shop: Shop) -> None:
    browser = world.device(shop.arta)
    [before] = devices_of(shop.arta)
    again = wake_on(shop.arta, browser)
    assert again["id"] == before["id"]
    assert len(devices_of(shop.arta)) == 1
    shop.asks("Is the jasmine tea organic?")
    assert len(world.wakes(browser)) == 1


def test_on_a_shared_browser_the_last_one_is_woken(world: World, shop: Shop) -> None:
    browser = world.device(shop.arta)
    wake_on(shop.wei, browser)
    assert devices_of(shop.arta) == []
    assert len(devices_of(shop.wei)) == 1


def test_the_device_of_another_session_is_not_the_current_one(world: World, shop: Shop) -> None:
    world.device(shop.arta)
    laptop = sign_in(world, shop.arta.phone)
    assert [device["current"] for device in devices_of(laptop)] == [False]


def test_a_removed_device_is_not_woken(world: World, shop: Shop) -> None:
    kept, removed = world.device(shop.arta), world.device(shop.arta)
    newest = devices_of(shop.arta)[0]
    shop.arta.delete(f"/api/me/devices/{newest['id']}")
    shop.asks("Is the jasmine tea organic?")
    world.wakes(kept)
    world.wakes_nobody(removed)


def test_nobody_removes_somebody_elses_device(world: World, shop: Shop, stranger: Member) -> None:
    world.device(shop.arta)
    [device] = devices_of(shop.arta)
    for other in (shop.wei, shop.admin, stranger):
        with pytest.raises(Refused) as no:
            other.delete(f"/api/me/devices/{device['id']}")
        assert no.value.code == "not_found"
    assert devices_of(shop.arta) == [device]


def test_the_eleventh_device_takes_the_place_of_the_one_used_longest_ago(
    world: World, shop: Shop
) -> None:
    browsers: list[Browser] = []
    for _ in range(10):
        browsers.append(world.device(shop.arta))
        world.let_pass(0.01)
    wake_on(shop.arta, browsers[0])
    kept = {device["id"] for device in devices_of(shop.arta)}
    browsers.append(world.device(shop.arta))
    now = devices_of(shop.arta)
    assert len(now) == 10
    assert len(kept & {device["id"] for device in now}) == 9
    shop.asks("Is the jasmine tea organic?")
    world.wakes(browsers[0])
    world.wakes(browsers[10])
    world.wakes_nobody(browsers[1])


# the end of a session is the end of its devices


def test_who_signs_out_is_not_woken(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    shop.arta.post("/api/sign-out")
    shop.asks("Is the jasmine tea organic?")
    world.wakes_nobody(phone)


def test_a_revoked_session_takes_its_devices_with_it(world: World, shop: Shop) -> None:
    lost = world.device(shop.arta)
    laptop = sign_in(world, shop.arta.phone)
    kept = world.device(laptop)
    laptop.delete("/api/me/sessions")
    world.wakes_nobody()
    assert [device["current"] for device in devices_of(laptop)] == [True]
    shop.asks("Is the jasmine tea organic?")
    world.wakes(kept)
    world.wakes_nobody(lost)


def test_who_was_removed_is_not_woken(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    shop.admin.delete(f"/api/members/{shop.arta.member_id}")
    shop.asks("Is the jasmine tea organic?")
    world.wakes_nobody(phone)


def test_who_slept_is_woken_though_their_session_rests(own_world: World) -> None:
    shop = open_shop(own_world.server)
    phone = own_world.device(shop.arta)
    own_world.let_pass(11 * 3600)
    mira, _ = shop.asks("Anybody up?")  # the sweep of sessions runs once an hour
    own_world.wakes(phone)
    own_world.let_pass(14 * 3600)
    own_world.let_pass(3600)
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Good morning!"})
    last = own_world.wakes(phone, 2)[-1]
    with pytest.raises(Refused) as no:
        shop.arta.get(f"/api/wakes/{json.loads(last.payload)['id']}")
    assert no.value.code == "signed_out"


def test_a_month_later_the_device_is_forgotten_with_its_session(own_world: World) -> None:
    shop = open_shop(own_world.server)
    phone = own_world.device(shop.arta)
    mira, _ = shop.asks("Anybody up?")
    own_world.wakes(phone)
    for _ in range(32):
        own_world.let_pass(24 * 3600)
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Good morning!"})
    own_world.wakes_nobody(phone)


# what is refused


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.1/push",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/push",
        "http://127.0.0.1:1/push",
        "https://localhost/push",
        "https://fcm.googleapis.com:8443/push",
        "http://fcm.googleapis.com/push",
        "https://fcm.googleapis.com@10.0.0.1/push",
        "https://evil.example/push",
        "ftp://fcm.googleapis.com/push",
        "push",
    ],
)
def test_an_endpoint_that_is_no_push_service_is_refused(
    world: World, shop: Shop, endpoint: str
) -> None:
    keys = world.service.subscribe(shop.arta.get("/api/me")["vapid_public_key"]).subscription
    with pytest.raises(Refused) as no:
        shop.arta.put("/api/me/devices", {**keys, "endpoint": endpoint})
    assert no.value.status == 422
    assert devices_of(shop.arta) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"keys": {"p256dh": "BAAA", "auth": "AAAAAAAAAAAAAAAAAAAAAA"}},
        {"keys": {"p256dh": "", "auth": ""}},
        {"keys": None},
        {"owner_id": "mbr_somebody"},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 2048},
    ],
)
def test_a_broken_subscription_is_refused(world: World, shop: Shop, changes: Json) -> None:
    good = world.service.subscribe(shop.arta.get("/api/me")["vapid_public_key"]).subscription
    with pytest.raises(Refused) as no:
        shop.arta.put("/api/me/devices", {**good, **changes})
    assert no.value.status == 422
    assert devices_of(shop.arta) == []


def test_a_workspace_in_china_starts_with_push_off(world: World, tmp_path: Path) -> None:
    own = world.service.origin
    with Server(tmp_path / "data", region="cn", private_targets=own) as server:
        set_up(server, "cn")
        admin = sign_up(server, "Lín Tea", "Dafina", region="cn")
        assert admin.get("/api/me")["vapid_public_key"] is None
        assert "push_off" in CODES
        browser = world.service.subscribe("A" * 87)
        with pytest.raises(Refused) as no:
            wake_on(admin, browser)
        assert (no.value.status, no.value.code) == (409, "push_off")


def test_a_device_from_before_consents_were_kept_is_forgotten(own_world: World) -> None:
    """A yes that nobody can show is none: its owner is asked again. Clause 6.3."""
    shop = open_shop(own_world.server)
    old, new = own_world.device(shop.arta), own_world.device(shop.wei)
    own_world.server.kill()
    with closing(apsw.Connection(str(own_world.server.data / "silkroad.db"))) as file:
        file.execute("DELETE FROM consents WHERE subject_id = ?", (shop.arta.member_id,))
    own_world.server.start()
    shop.asks("Is the jasmine tea organic?")
    own_world.wakes(new)
    own_world.wakes_nobody(old)
    assert old.messages == []
    assert devices_of(shop.arta) == []
    assert len(devices_of(shop.wei)) == 1


def test_nothing_of_a_device_lies_on_disk_in_the_clear(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    mira, _ = shop.asks("?")
    theirs = world.visitors_device(mira, page="https://shop.example/a-page-of-hers")
    secrets = [
        text.encode()
        for browser in (phone, theirs)
        for text in (
            browser.endpoint.rpartition("/")[2],
            browser.subscription["keys"]["p256dh"],
            browser.subscription["keys"]["auth"],
        )
    ]
    secrets += [phone.auth, theirs.auth, b"a-page-of-hers"]
    found = [
        (path.name, secret)
        for path in world.server.data.rglob("*")
        if path.is_file()
        for secret in secrets
        if secret in path.read_bytes()
    ]
    assert found == []
