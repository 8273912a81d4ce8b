"""A visitor shows their conversation to their family, by keyboard alone, and ends that again."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.cast import Shop
from tests.harness.browser import Website, chromium, nothing_wrong, picture, watched
from tests.journeys.bubble import open_bubble, write


def test_a_visitor_publishes_reads_and_ends_it(shop: Shop) -> None:
    with chromium() as browser:
        _publishes(shop, browser)


def _publishes(shop: Shop, browser: Browser) -> None:
    shop.admin.put("/api/publications", {"allowed": True})
    website = Website()
    website.embed(shop)
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 780})
    page = watched(context.new_page())
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").press("Enter")
    write(frame, "Is the jasmine tea organic?")
    expect(frame.get_by_text("Sent")).to_be_visible()
    frame.get_by_role("button", name="Your privacy").press("Enter")
    part = frame.get_by_role("region", name="Show this conversation to others")
    part.get_by_role("button", name="Make a link").press("Enter")
    expect(part.get_by_text("This is delicate")).to_be_visible()
    picture(page, "publish-chat")
    part.get_by_role("radio", name="30 days").press("Space")
    part.get_by_role("button", name="Publish it").press("Enter")
    link = part.get_by_role("textbox", name="Your link").input_value()
    part.get_by_role("button", name="Copy").press("Enter")
    expect(part.get_by_role("button", name="Copied")).to_be_visible()

    stranger = browser.new_context(locale="sq", viewport={"width": 390, "height": 780})
    reader = watched(stranger.new_page())
    reader.goto(link)
    expect(reader.get_by_text("Is the jasmine tea organic?")).to_be_visible()
    expect(reader.get_by_text("Customer", exact=True)).to_be_visible()
    picture(reader, "published")
    reader.get_by_role("link", name="Shqip").click()
    expect(reader.get_by_text("Klienti", exact=True)).to_be_visible()
    nothing_wrong(reader)

    part.get_by_role("button", name="End it").press("Enter")
    expect(part.get_by_role("button", name="End it")).to_have_count(0)
    gone = reader.goto(link)
    assert gone is not None and gone.status == 410
    expect(reader.get_by_text("Is the jasmine tea organic?")).to_have_count(0)
    nothing_wrong(page)
    stranger.close()
    context.close()
    website.close()
