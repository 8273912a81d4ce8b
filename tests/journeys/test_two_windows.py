"""Two real browser windows: a visitor on the shop's site, an agent in the console."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import Shop
from tests.harness.browser import (
    Website,
    chromium,
    console_of,
    nothing_wrong,
    picture,
    watched,
)

from .bubble import open_bubble, write

SLOW_TO_REMEMBER = """
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...named) {
  const real = open.apply(this, named), late = {};
  const told = (how) => {
    Object.assign(late, { result: real.result, error: null });
    late[how]();
  };
  real.onupgradeneeded = () => told("onupgradeneeded");
  real.onsuccess = () => setTimeout(told, 1000, "onsuccess");
  real.onerror = () => setTimeout(() => late.onerror(), 1000);
  return late;
};
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def website(shop: Shop) -> Iterator[Website]:
    site = Website()
    site.embed(shop)
    yield site
    site.close()


def test_a_question_and_its_answer(shop: Shop, website: Website, browser: Browser) -> None:
    console = console_of(browser, shop.arta)
    visitor = watched(browser.new_context(locale="en-GB").new_page())
    visitor.goto(website.origin)
    frame = open_bubble(visitor)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Do you ship to Prizren?")
    row = console.get_by_text("Do you ship to Prizren?").first
    row.click()
    reply = console.get_by_role("textbox", name="Reply")
    reply.fill("Yes, tomorrow already.")
    reply.press("Enter")
    expect(frame.get_by_text("Yes, tomorrow already.", exact=True)).to_be_visible()
    picture(console, "console")
    picture(visitor, "widget")
    nothing_wrong(console, visitor)


@pytest.mark.prove
def test_what_is_written_at_once_stays(website: Website, browser: Browser) -> None:
    """Also where the browser takes its time to say what was not sent at the last visit."""
    context = browser.new_context(locale="en-GB")
    context.add_init_script(SLOW_TO_REMEMBER)
    visitor = watched(context.new_page())
    visitor.goto(website.origin)
    frame = open_bubble(visitor)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Quick as I am")
    expect(frame.get_by_text("· Sent")).to_be_visible()
    nothing_wrong(visitor)


@pytest.mark.prove
def test_history_stays_over_pages_and_reloads(website: Website, browser: Browser) -> None:
    visitor = watched(browser.new_context(locale="en-GB").new_page())
    visitor.goto(website.origin)
    frame = open_bubble(visitor)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Remember me")
    expect(frame.get_by_text("· Sent")).to_be_visible()
    visitor.goto(f"{website.origin}/another-page")
    frame = open_bubble(visitor)
    expect(frame.get_by_text("Remember me")).to_be_visible()
    nothing_wrong(visitor)
