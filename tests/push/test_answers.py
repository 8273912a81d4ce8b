"""A visitor asks to be told of the answer: proved by a token, woken without a word of it."""

from __future__ import annotations

import json

import pytest

from tests.cast import SITE, Shop, VisitorOf, open_inbox, open_shop, sign_up
from tests.harness.people import Json, Refused, client_id
from tests.harness.server import Server
from tests.push.world import World, subscribe, window_of

ANSWER = "The jasmine tea is organic."


def answer(shop: Shop, conversation: str) -> None:
    new = {"client_id": client_id(), "text": ANSWER}
    shop.arta.post(f"/api/conversations/{conversation}/messages", new)


def wake_of(visitor: VisitorOf, payload: bytes) -> Json:
    """Ask as the visitor's service worker does: in another partition, without the cookie."""
    window = window_of(visitor)
    return window.get(window.path(f"/wakes/{json.loads(payload)['id']}"))


def test_the_visitor_is_woken_and_told_that_there_is_an_answer(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    assert mira.get(mira.path())["visitor"]["push"] is True
    answer(shop, conversation)
    [message] = world.wakes(browser)
    assert list(json.loads(message.payload)) == ["id"]
    assert wake_of(mira, message.payload) == {
        "title": "Shop",
        "body": "You have a new answer",
        "url": f"{SITE}/tea",
        "tag": shop.inbox["id"],
        "language": "en",
    }


@pytest.mark.parametrize(
    ("language", "body"), [("sq", "Keni një përgjigje të re"), ("zh-CN", "您有新的回复")]
)
def test_the_visitor_is_told_in_their_language(
    world: World, shop: Shop, language: str, body: str
) -> None:
    mira, conversation = shop.asks("?")
    mira.patch(mira.path("/visitor"), {"language": language})
    browser = world.visitors_device(mira, page=None)
    answer(shop, conversation)
    [message] = world.wakes(browser)
    told = wake_of(mira, message.payload)
    assert (told["body"], told["url"], told["language"]) == (body, "", language)


def test_a_visitors_wake_opens_nothing_else(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    answer(shop, conversation)
    [message] = world.wakes(browser)
    wake_id = json.loads(message.payload)["id"]
    with pytest.raises(Refused) as no:
        shop.arta.get(f"/api/wakes/{wake_id}")
    assert no.value.code == "not_found"
    other = open_inbox(shop.admin, "Wholesale")
    elsewhere = window_of(mira)
    for inbox_id, wake in ((other["id"], wake_id), (mira.inbox_id, "wak_" + "a" * 26)):
        elsewhere.inbox_id = inbox_id
        with pytest.raises(Refused) as no:
            elsewhere.get(elsewhere.path(f"/wakes/{wake}"))
        assert no.value.code == "not_found"


def test_a_members_wake_is_not_told_at_the_visitors_door(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    [message] = world.wakes(phone)
    with pytest.raises(Refused) as no:
        wake_of(mira, message.payload)
    assert no.value.code == "not_found"


def test_a_visitor_who_never_asked_for_it_is_not_woken(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    besa, _ = shop.asks("Do you ship to Prizren?", "Besa")
    besas = world.visitors_device(besa)
    assert mira.get(mira.path())["visitor"]["push"] is False
    answer(shop, conversation)
    world.wakes_nobody(besas)


def test_a_visitor_who_is_here_is_not_woken(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    line = mira.line()
    answer(shop, conversation)
    world.wakes_nobody(browser)
    line.close()
    world.let_pass(60)
    world.wakes(browser)


def test_an_answer_that_was_read_wakes_nobody(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    answer(shop, conversation)
    mira.put(mira.path("/read"), {"seq": 2})
    world.wakes_nobody(browser)


def test_a_note_never_wakes_a_visitor(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    note = {"client_id": client_id(), "text": "A regular.", "note": True}
    shop.arta.post(f"/api/conversations/{conversation}/messages", note)
    shop.arta.put(f"/api/conversations/{conversation}/state", {"state": "closed"})
    world.wakes_nobody(browser)


def test_who_takes_it_back_is_not_woken(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    mira.delete(mira.path("/push"))
    assert mira.get(mira.path())["visitor"]["push"] is False
    answer(shop, conversation)
    world.wakes_nobody(browser)


def test_who_leaves_on_this_browser_is_not_woken_there(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    browser = world.visitors_device(mira)
    mira.delete(mira.path("/visitor"))
    answer(shop, conversation)
    world.wakes_nobody(browser)


# the hand-over


def test_a_token_adds_one_device(world: World, shop: Shop) -> None:
    mira, _ = shop.asks("?")
    token = mira.post(mira.path("/handover"))["token"]
    key = mira.get(mira.path())["push_key"]
    subscribe(window_of(mira), token, world.service.subscribe(key), None)
    with pytest.raises(Refused) as no:
        subscribe(window_of(mira), token, world.service.subscribe(key), None)
    assert (no.value.status, no.value.code) == (404, "not_found")


def test_a_token_lasts_ten_minutes(world: World, shop: Shop) -> None:
    mira, _ = shop.asks("?")
    token = mira.post(mira.path("/handover"))["token"]
    browser = world.service.subscribe(mira.get(mira.path())["push_key"])
    world.let_pass(601)
    with pytest.raises(Refused) as no:
        subscribe(window_of(mira), token, browser, None)
    assert no.value.code == "not_found"


def test_a_token_is_for_its_own_inbox(world: World, shop: Shop) -> None:
    mira, _ = shop.asks("?")
    token = mira.post(mira.path("/handover"))["token"]
    browser = world.service.subscribe(mira.get(mira.path())["push_key"])
    rival = open_shop(world.server, "Rival Tea")
    for inbox in (open_inbox(shop.admin, "Wholesale"), rival.inbox):
        window = window_of(mira)
        window.inbox_id = inbox["id"]
        with pytest.raises(Refused) as no:
            subscribe(window, token, browser, None)
        assert no.value.code == "not_found"


def test_only_a_visitor_is_handed_a_token(shop: Shop) -> None:
    with pytest.raises(Refused) as no:
        nobody = shop.visitor()
        nobody.post(nobody.path("/handover"))
    assert no.value.code == "notice_required"


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/tea",
        "https://shop.example.evil.example/",
        "https://shop.example@evil.example/",
        "http://shop.example/tea",
        "https://shop.example/tea?order=17",
        "https://shop.example/tea#basket",
        "https://shop.example/\ntea",
        "//shop.example/tea",
        "javascript:alert(1)",
        "https://[shop.example/",
        "",
    ],
)
def test_a_click_leads_back_to_the_companys_own_page_only(
    world: World, shop: Shop, page: str
) -> None:
    mira, _ = shop.asks("?")
    token = mira.post(mira.path("/handover"))["token"]
    browser = world.service.subscribe(mira.get(mira.path())["push_key"])
    with pytest.raises(Refused) as no:
        subscribe(window_of(mira), token, browser, page)
    assert no.value.status == 422
    assert mira.get(mira.path())["visitor"]["push"] is False


def test_in_china_there_is_nothing_to_ask_for(in_china: Server) -> None:
    admin = sign_up(in_china, "Lín Tea", "Dafina", region="cn")
    mira = VisitorOf(in_china, "Mira")
    mira.inbox_id = open_inbox(admin)["id"]
    mira.accept_notice()
    assert mira.get(mira.path())["push_key"] is None
    with pytest.raises(Refused) as no:
        mira.post(mira.path("/handover"))
    assert (no.value.status, no.value.code) == (409, "push_off")
