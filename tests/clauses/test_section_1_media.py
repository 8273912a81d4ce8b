"""Clauses 1.1 and 1.1.1a: a fresh session uses neither microphone nor camera, in a real browser.

Without a consent there is nothing a call could be opened with; see test_section_6_consent.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.attacks import stored
from tests.cast import Shop
from tests.harness.browser import Website, chromium, sign_in
from tests.journeys.bubble import frame_of, open_bubble

FEATURES = ("camera", "microphone", "geolocation", "display-capture", "payment", "usb")
COUNT = """() => {
  window.media = 0;
  const devices = navigator.mediaDevices;
  if (!devices) return;
  for (const name of ["getUserMedia", "getDisplayMedia", "enumerateDevices"]) {
    const before = devices[name].bind(devices);
    devices[name] = (...wishes) => { window.media += 1; return before(...wishes); };
  }
}"""
ASK = """async (wish) => {
  try { await navigator.mediaDevices.getUserMedia(wish); return "granted"; }
  catch (error) { return error.name; }
}"""
ALLOWED = "names => names.filter((name) => document.featurePolicy.allowsFeature(name))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("--use-fake-device-for-media-stream") as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser whose owner has allowed everything to everybody: only we can still say no."""
    context = browser.new_context()
    context.grant_permissions(["camera", "microphone", "geolocation"])
    context.add_init_script(f"({COUNT})()")
    yield context.new_page()
    context.close()


def test_a_page_of_somebody_elses_would_get_the_devices(page: Page) -> None:
    """So the trials below can fail: this browser has devices, and says yes to everybody."""
    website = Website()
    page.goto(website.origin)
    assert page.evaluate(ALLOWED, ["camera", "microphone"]) == ["camera", "microphone"]
    assert page.evaluate(ASK, {"audio": True, "video": True}) == "granted"
    assert page.evaluate("() => window.media") == 1
    website.close()


@pytest.mark.parametrize("path", ["/sign-in", "/privacy", "/", "/settings/privacy"])
def test_no_page_of_ours_may_use_a_device(page: Page, shop: Shop, path: str) -> None:
    sign_in(page, shop.arta)
    page.goto(shop.server.origin + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(ALLOWED, list(FEATURES)) == []
    assert page.evaluate("() => window.media") == 0
    for wish in ({"audio": True}, {"video": True}):
        assert page.evaluate(ASK, wish) == "NotAllowedError"


def test_neither_may_the_chat_on_a_companys_page(page: Page, shop: Shop) -> None:
    website = Website()
    website.embed(shop)
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    frame.get_by_role("textbox").wait_for()
    frame = frame_of(page)
    assert frame.evaluate(ALLOWED, list(FEATURES)) == []
    assert frame.evaluate("() => window.media") == 0
    assert frame.evaluate(ASK, {"audio": True, "video": True}) == "NotAllowedError"
    website.close()


def test_every_answer_denies_the_devices(shop: Shop) -> None:
    mira, _ = shop.asks("Hello")
    paths = ["/", "/privacy", "/widget.js", f"/widget/{mira.inbox_id}", "/api/me", "/nowhere.js"]
    for path in paths:
        policy = shop.arta.ask("GET", path).headers["permissions-policy"]
        assert {f"{name}=()" for name in FEATURES} <= set(policy.split(", ")), path


def test_after_all_that_nobody_was_granted_anything(shop: Shop) -> None:
    mira, _ = shop.asks("Hello")
    assert mira.get(mira.path("/media"))["items"] == []
    assert shop.arta.get("/api/me/media")["items"] == []
    assert [
        row
        for row in stored.all_of(shop.server, "media_grants")
        if row["workspace_id"] == shop.admin.workspace_id
    ] == []
