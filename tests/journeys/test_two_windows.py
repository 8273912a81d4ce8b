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
