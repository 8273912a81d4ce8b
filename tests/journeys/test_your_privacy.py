"""Your privacy, in a real browser and by keyboard alone: switched on, proved, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as Closed

from tests.cast import Shop, question
from tests.fakes.push_service import Browser as Device
from tests.harness.browser import Website, chromium, nothing_wrong, sign_in, watched
from tests.harness.people import Json, client_id
from tests.harness.server import Server
from tests.journeys.bubble import open_bubble, write
from tests.journeys.test_wake_up import SUBSCRIBE
from tests.push.world import World, a_world


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from a_world(tmp_path_factory.mktemp("privacy") / "data")


@pytest.fixture
def server(world: World) -> Server:
    return world.server


@pytest.fixture
def devices() -> list[Device]:
    return []


@pytest.fixture
def context(world: World, browser: Browser, devices: list[Device]) -> Iterator[BrowserContext]:
    """A browser whose owner allows notifications, and whose push service is ours."""
    context = browser.new_context(locale="en-GB")
    context.grant_permissions(["notifications"], origin=world.server.origin)

    def subscribed(key: str) -> Json:
        devices.append(world.service.subscribe(key))
        return devices[-1].subscription

    context.expose_function("subscribed", subscribed)
    context.add_init_script(SUBSCRIBE)
    yield context
    context.close()


def receipt_of(page: Page, press: str) -> Json:
    """Download the receipt that is on the screen, and return what is in it."""
    with page.expect_download() as started:
        page.keyboard.press(press)
    return json.loads(Path(started.value.path()).read_text())


@pytest.mark.sqlite
def test_a_member_switches_wake_ups_on_and_off(
    context: BrowserContext, world: World, shop: Shop, devices: list[Device]
) -> None:
    page = watched(context.new_page())
    sign_in(page, shop.arta)
    page.goto(f"{shop.server.origin}/settings/privacy")
    switch = page.get_by_role("switch", name="Notifications")
    expect(switch).not_to_be_checked()
    expect(page.get_by_text("Apple, Google, Microsoft, Mozilla")).to_be_visible()
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_be_checked()
    page.get_by_role("button", name="Show the receipt").press("Enter")
    expect(page.get_by_text("you agreed")).to_be_visible()
    page.get_by_role("button", name="Download").focus()
    (record,) = receipt_of(page, "Enter")["records"]
    assert record["event"] == "given"
    assert record["recipient"] in world.service.origin
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    shop.asks("Is the jasmine tea organic?")
    world.wakes_nobody(devices[0])
    assert devices[0].messages == []
    nothing_wrong(page)


@pytest.mark.sqlite
def test_what_one_window_takes_back_the_other_one_shows(
    context: BrowserContext, shop: Shop
) -> None:
    pages = [watched(context.new_page()) for _ in range(2)]
    sign_in(pages[0], shop.arta)
    for page in pages:
        page.goto(f"{shop.server.origin}/settings/privacy")
    switches = [page.get_by_role("switch", name="Notifications") for page in pages]
    switches[0].press("Space")
    for switch in switches:
        expect(switch).to_be_checked()
    switches[1].press("Space")
    for switch in switches:
        expect(switch).not_to_be_checked()
    nothing_wrong(*pages)


@pytest.mark.sqlite
def test_a_visitor_finds_their_choices_and_takes_them_back(
    context: BrowserContext, world: World, shop: Shop, devices: list[Device]
) -> None:
    website = Website()
    website.embed(shop)
    page = watched(context.new_page())
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Is the jasmine tea organic?")
    frame.get_by_role("button", name="Your privacy").press("Enter")
    switch = frame.get_by_role("switch", name="Notifications")
    expect(switch).not_to_be_checked()
    with page.expect_popup() as opened:
        switch.press("Space")
    window = opened.value
    expect(window.get_by_text("Apple, Google, Microsoft, Mozilla")).to_be_visible()
    window.get_by_role("button", name="Allow notifications").press("Enter")
    expect(window.get_by_role("status")).to_contain_text("Done.")
    expect(switch).to_be_checked()
    switch.press("Space")
    expect(switch).not_to_be_checked()
    frame.get_by_role("button", name="Show my receipt").press("Enter")
    expect(frame.get_by_text("you took it back")).to_be_visible()
    frame.get_by_role("button", name="Download").focus()
    events = [record["event"] for record in receipt_of(page, "Enter")["records"]]
    assert events == ["requested", "given", "withdrawn"]
    frame.get_by_role("button", name="Back to the chat").press("Enter")
    write(frame, "Thank you")  # everything else goes on
    [talk] = shop.arta.get("/api/conversations")["items"]
    said = {"client_id": client_id(), "text": "It is."}
    shop.arta.post(f"/api/conversations/{talk['id']}/messages", said)
    expect(frame.get_by_text("It is.", exact=True)).to_be_visible()
    world.wakes_nobody(devices[0])
    assert devices[0].messages == []
    website.close()
    nothing_wrong(page)


@pytest.mark.sqlite
def test_who_is_asked_for_their_age_takes_back_without_saying_it(
    context: BrowserContext, shop: Shop
) -> None:
    """As they came, nobody asked; what they agreed to then they find and end, by keyboard alone."""
    shop.admin.put("/api/publications", {"allowed": True})
    website = Website()
    website.embed(shop)
    page = watched(context.new_page())
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Is the jasmine tea organic?")
    expect(frame.get_by_text("Sent")).to_be_visible()
    frame.get_by_role("button", name="Your privacy").press("Enter")
    with page.expect_popup() as opened:
        frame.get_by_role("switch", name="Notifications").press("Space")
    opened.value.get_by_role("button", name="Allow notifications").press("Enter")
    expect(frame.get_by_role("switch", name="Notifications")).to_be_checked()
    frame.get_by_role("button", name="Make a link").press("Enter")
    frame.get_by_role("button", name="Publish it").press("Enter")
    link = frame.get_by_role("textbox", name="Your link").input_value()

    shop.admin.put("/api/age-gate", {"asks": True})
    page.reload()
    frame = open_bubble(page)
    expect(frame.get_by_label("Your date of birth")).to_be_visible()
    frame.get_by_role("button", name="Your privacy").press("Enter")
    switch = frame.get_by_role("switch", name="Notifications")
    expect(switch).to_be_checked()
    expect(frame.get_by_role("button", name="Make a link")).to_have_count(0)
    switch.press("Space")
    expect(switch).to_have_count(0)
    frame.get_by_role("button", name="End it").press("Enter")
    expect(frame.get_by_role("button", name="End it")).to_have_count(0)
    frame.get_by_role("button", name="Show my receipt").press("Enter")
    expect(frame.get_by_text("you took it back")).to_be_visible()
    frame.get_by_role("button", name="Forget me on this device").press("Enter")
    expect(frame.get_by_label("Your date of birth")).to_be_visible()
    frame.get_by_role("button", name="Your privacy").press("Enter")
    expect(frame.get_by_role("button", name="Back to the chat")).to_be_visible()
    expect(frame.get_by_role("button", name="Forget me on this device")).to_have_count(0)
    nothing_wrong(page)
    shop.admin.put("/api/age-gate", {"asks": False})
    gone = page.goto(link)
    assert gone is not None and gone.status == 410
    website.close()


@pytest.mark.sqlite
def test_who_closes_the_window_that_asks_has_not_agreed(
    context: BrowserContext, shop: Shop, devices: list[Device]
) -> None:
    website = Website()
    website.embed(shop)
    page = context.new_page()
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Hello")
    with page.expect_popup() as opened:
        frame.get_by_role("button", name="Tell me when the answer comes").click()
    with opened.value.expect_event("close"), suppress(Closed):  # sooner than the click is told of
        opened.value.get_by_role("button", name="No, thanks").click()
    frame.get_by_role("button", name="Your privacy").click()
    expect(frame.get_by_role("switch", name="Notifications")).not_to_be_checked()
    assert devices == []
    assert question(shop.arta)["state"] == "unanswered"
    website.close()
