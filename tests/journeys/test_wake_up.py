"""Away and woken: from the sealed push message to the notification, its click, and the page behind.

The browser is real, its push service is ours: what a vendor's service would hand to the browser is
handed to it through the DevTools protocol. Subscribing at a vendor's cannot be done offline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Worker, expect

from tests.cast import Shop
from tests.fakes.push_service import Browser as Device
from tests.fakes.push_service import Message
from tests.harness.browser import Website, chromium, sign_in
from tests.harness.people import Json, client_id
from tests.harness.server import Server
from tests.journeys.bubble import open_bubble, write
from tests.push.world import World, a_world

# The one thing that needs the internet: what the vendor's service gives to the page.
SUBSCRIBE = """
  PushManager.prototype.subscribe = async function ({userVisibleOnly, applicationServerKey}) {
    if (!userVisibleOnly) throw new Error("silent push is not allowed");
    const subscription = await subscribed(applicationServerKey);
    return {toJSON: () => subscription};
  };
"""
# A worker may bring a window forward only after a person's click, which nobody can pretend.
CLICK = """async () => {
  const went = [];
  WindowClient.prototype.focus = async function () { went.push("focus"); return this; };
  Clients.prototype.openWindow = async (url) => { went.push(url); return null; };
  const [shown] = await self.registration.getNotifications();
  let done = null;
  const click = new NotificationEvent("notificationclick", {notification: shown});
  click.waitUntil = (work) => { done = work; };
  self.dispatchEvent(click);
  await done;
  return went;
}"""
SHOWN = """async () => (await self.registration.getNotifications()).map(
  ({title, body, tag, data, lang}) => ({title, body, tag, data, lang}))"""


@dataclass
class Vendor:
    """The browser vendor's push service: it gives out subscriptions and delivers messages."""

    world: World
    context: BrowserContext
    devices: list[Device]

    def deliver(self, page: Page, message: Message, scope: str = "") -> Worker:
        """Hand a message to the service worker of a scope, until it shows something; return it.

        DevTools does not tell when the browser has lost one on the way, as a busy one does.
        """
        for _ in range(4):
            self._hand_over(page, message, scope)
            worker = self._worker("visitor-worker.js" if scope else "service-worker.js")
            if notifications(worker):
                return worker
        raise AssertionError("nothing was shown")

    def _hand_over(self, page: Page, message: Message, scope: str) -> None:
        """Deliver a message as soon as the worker is active."""
        found: dict[str, str] = {}
        active: set[str] = set()
        tools = self.context.new_cdp_session(page)
        tools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.update(
                {one["scopeURL"]: one["registrationId"] for one in told["registrations"]}
            ),
        )
        tools.on(
            "ServiceWorker.workerVersionUpdated",
            lambda told: active.update(
                one["registrationId"] for one in told["versions"] if one["status"] == "activated"
            ),
        )
        tools.send("ServiceWorker.enable")
        address = f"{self.world.server.origin}/{scope}"
        while found.get(address) not in active:
            page.wait_for_timeout(20)
        tools.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": self.world.server.origin,
                "registrationId": found[address],
                "data": message.payload.decode(),
            },
        )
        tools.detach()

    def _worker(self, file: str) -> Worker:
        (worker,) = [one for one in self.context.service_workers if one.url.endswith(file)]
        return worker


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from a_world(tmp_path_factory.mktemp("wake-up") / "data")


@pytest.fixture
def server(world: World) -> Server:
    return world.server


@pytest.fixture
def vendor(world: World, browser: Browser) -> Iterator[Vendor]:
    """A browser whose owner allows notifications, and whose push service is ours."""
    context = browser.new_context(locale="en-GB")
    context.grant_permissions(["notifications"], origin=world.server.origin)
    vendor = Vendor(world, context, [])

    def subscribed(key: str) -> Json:
        vendor.devices.append(world.service.subscribe(key))
        return vendor.devices[-1].subscription

    context.expose_function("subscribed", subscribed)
    context.add_init_script(SUBSCRIBE)
    yield vendor
    context.close()


@pytest.fixture
def website(shop: Shop) -> Iterator[Website]:
    site = Website()
    site.embed(shop)
    yield site
    site.close()


def turn_on(page: Page, shop: Shop) -> None:
    """Turn notifications on as an agent does."""
    sign_in(page, shop.arta)
    page.goto(f"{shop.server.origin}/settings/devices")
    page.get_by_role("button", name="Turn on notifications here").click()
    expect(page.get_by_text("Notifications are on for this device.")).to_be_visible()


def notifications(worker: Worker) -> list[Json]:
    """Return what the worker shows, as soon as it shows something; later than it waits itself."""
    for _ in range(750):
        if shown := worker.evaluate(SHOWN):
            return list(shown)
        worker.evaluate("() => new Promise((done) => setTimeout(done, 20))")
    return []


def test_an_agent_who_stepped_away_is_woken_and_a_click_opens_the_conversation(
    vendor: Vendor, shop: Shop
) -> None:
    page = vendor.context.new_page()
    turn_on(page, shop)
    page.get_by_role("button", name="Arta").first.click()
    page.get_by_text("Away", exact=True).first.click()
    _, conversation = shop.asks("Is the jasmine tea organic?")
    [message] = vendor.world.wakes(vendor.devices[0])
    worker = vendor.deliver(page, message)
    assert notifications(worker) == [
        {
            "title": "A visitor",
            "body": "Is the jasmine tea organic?",
            "tag": conversation,
            "data": {"url": f"/c/{conversation}"},
            "lang": "en",
        }
    ]
    assert worker.evaluate(CLICK) == ["focus"]
    page.wait_for_url(f"**/c/{conversation}")
    assert worker.evaluate(SHOWN) == []


@pytest.mark.prove
def test_with_the_console_closed_a_click_opens_it(vendor: Vendor, shop: Shop) -> None:
    page = vendor.context.new_page()
    turn_on(page, shop)
    page.goto("about:blank")
    _, conversation = shop.asks("Is the jasmine tea organic?")
    [message] = vendor.world.wakes(vendor.devices[0])
    worker = vendor.deliver(page, message)
    assert len(notifications(worker)) == 1
    assert worker.evaluate(CLICK) == [f"/c/{conversation}"]


@pytest.mark.prove
def test_who_has_signed_out_is_shown_nothing_of_the_conversation(
    vendor: Vendor, shop: Shop
) -> None:
    page = vendor.context.new_page()
    turn_on(page, shop)
    page.goto("about:blank")
    shop.asks("Is the jasmine tea organic?")
    [message] = vendor.world.wakes(vendor.devices[0])
    vendor.context.clear_cookies()
    [shown] = notifications(vendor.deliver(page, message))
    assert (shown["body"], shown["data"]) == ("You have a new message", {"url": "/"})


def test_a_visitor_who_left_is_woken_by_the_answer_and_led_back(
    vendor: Vendor, shop: Shop, website: Website
) -> None:
    page = vendor.context.new_page()
    page.goto(website.origin + "/tea?order=17")
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Is the jasmine tea organic?")
    with page.expect_popup() as opened:
        frame.get_by_role("button", name="Tell me when the answer comes").click()
    window = opened.value
    window.get_by_role("button", name="Allow notifications").click()
    expect(window.get_by_role("status")).to_contain_text("Done.")
    page.close()
    [talk] = shop.arta.get("/api/conversations")["items"]
    answer = {"client_id": client_id(), "text": "It is, since 2019."}
    shop.arta.post(f"/api/conversations/{talk['id']}/messages", answer)
    [message] = vendor.world.wakes(vendor.devices[0])
    worker = vendor.deliver(window, message, f"widget/{shop.inbox['id']}")
    assert notifications(worker) == [
        {
            "title": "Shop",
            "body": "You have a new answer",
            "tag": shop.inbox["id"],
            "data": f"{website.origin}/tea",
            "lang": "en",
        }
    ]
    assert worker.evaluate(CLICK) == [f"{website.origin}/tea"]
