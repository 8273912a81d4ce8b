"""Two real browser windows: a visitor on the shop's site, an agent in the console."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.cast import Shop
from tests.harness.browser import (
    Website,
    chromium,
    console_of,
    nothing_wrong,
    picture,
    watched,
)


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


def open_bubble(page: Page) -> Frame:
    """Open the chat bubble and return its frame.

    It lives in a closed shadow root, where the host page's scripts (and this test) cannot reach:
    so click where a person sees it.
    """
    page.wait_for_function("() => typeof window.silkroad === 'function'")
    page.wait_for_timeout(150)
    size = page.viewport_size or {"width": 1280, "height": 720}
    page.mouse.click(size["width"] - 48, size["height"] - 48)
    return frame_of(page)


def frame_of(page: Page) -> Frame:
    """Return the widget's frame as soon as the loader has put it there."""
    for _ in range(100):
        for frame in page.frames:
            if "/widget/inb_" in frame.url:
                return frame
        page.wait_for_timeout(50)
    raise AssertionError("the widget's frame did not come")


def write(frame: Frame, text: str) -> None:
    field = frame.get_by_role("textbox", name="Write a message")
    field.fill(text)
    field.press("Enter")


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
