"""What the browser itself refuses on our pages, whatever a script of a stranger's tries. S8, S11.

Here the pages' policies are in force; ``test_xss.py`` takes them away and looks at our own code.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.cast import Shop, open_shop
from tests.harness.browser import Website, chromium, console_of
from tests.harness.server import Server

from .stage import Trap

INTRUDE = """async ([trap, walls]) => {
  const tried = {};
  const attempt = (name, act) => {
    try { act(); tried[name] = "done"; } catch (refused) { tried[name] = refused.name; }
  };
  const waiting = new Set(walls);
  const stopped = new Promise((settle) => {
    setTimeout(settle, 5000);
    document.addEventListener("securitypolicyviolation", (seen) => {
      waiting.delete(seen.effectiveDirective);
      if (waiting.size === 0) settle();
    });
  });
  attempt("markup", () => { document.body.innerHTML = "<b>x</b>"; });
  attempt("a policy of its own", () =>
    trustedTypes.createPolicy("mine", { createHTML: (text) => text }));
  attempt("a script's text", () => { document.createElement("script").text = "x"; });
  attempt("a script's address", () => { document.createElement("script").src = `${trap}/x.js`; });
  attempt("an object", () => { document.createElement("object").data = `${trap}/object`; });
  attempt("code in words", () => { setTimeout("window.ran = true"); });
  const add = (tag, set) => {
    const made = Object.assign(document.createElement(tag), set);
    document.body.append(made);
  };
  add("img", { src: `${trap}/picture` });
  add("iframe", { src: `${trap}/frame` });
  add("link", { rel: "stylesheet", href: `${trap}/style` });
  add("base", { href: trap });
  add("form", { action: `${trap}/form`, method: "post" });
  document.querySelector("form[method=post]").submit();
  await fetch(`${trap}/fetch`).catch(() => null);
  tried.socket = await new Promise((settle) => {
    try {
      const socket = new WebSocket(trap.replace("http", "ws"));
      socket.onerror = () => settle("refused");
      socket.onopen = () => settle("open");
    } catch { settle("refused"); }
  });
  await stopped;
  return { tried, silent: [...waiting], ran: window.ran ?? false, base: document.baseURI };
}"""
WALLS = [
    "base-uri",
    "connect-src",
    "form-action",
    "frame-src",
    "img-src",
    "require-trusted-types-for",
    "style-src-elem",
    "trusted-types",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def shop(server: Server) -> Shop:
    return open_shop(server)


@pytest.fixture
def website() -> Iterator[Website]:
    site = Website()
    yield site
    site.close()


def intruded(place: Page | Frame) -> None:
    """Do on a page what an intruder would, and see that it reaches neither page nor stranger."""
    with Trap() as trap:
        found = place.evaluate(INTRUDE, [trap.origin, WALLS])
        assert set(found["tried"].values()) == {"TypeError", "refused"}, found["tried"]
        assert found["silent"] == [], "walls that nobody ran against"
        assert found["ran"] is False
        assert not found["base"].startswith(trap.origin)
        assert trap.asked == []


def test_a_stranger_in_the_console_runs_nothing_and_reaches_nobody(
    browser: Browser, shop: Shop
) -> None:
    page = console_of(browser, shop.admin)
    expect(page.locator("#app")).not_to_be_empty()
    intruded(page)
    page.context.close()


def test_a_stranger_in_the_widget_runs_nothing_and_reaches_nobody(
    browser: Browser, shop: Shop, website: Website
) -> None:
    website.embed(shop)
    page = browser.new_page()
    intruded(frame_on(page, website, shop))
    page.close()


def test_a_site_that_is_not_on_the_list_gets_no_frame(
    browser: Browser, shop: Shop, website: Website
) -> None:
    shop.admin.patch(f"/api/inboxes/{shop.inbox['id']}", {"allowed_origins": []})
    for address in (f"/widget/{shop.inbox['id']}", "/"):  # and nobody frames the console
        website.body = f'<iframe src="{shop.server.origin}{address}"></iframe>'
        page = browser.new_page()
        with page.expect_event("requestfailed") as refused:
            page.goto(website.origin)
        assert refused.value.url == f"{shop.server.origin}{address}"
        assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
        page.close()


def frame_on(page: Page, website: Website, shop: Shop) -> Frame:
    """Put the chat's frame straight onto the website's page."""
    website.body = f'<iframe src="{shop.server.origin}/widget/{shop.inbox["id"]}"></iframe>'
    page.goto(website.origin)
    return page.frames[1]
