"""The server dies in mid-sentence; both windows go on, and nothing is lost or doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import open_shop
from tests.harness.browser import Website, chromium, console_of
from tests.harness.server import Server

from .bubble import open_bubble, write


@pytest.mark.prove
def test_what_is_written_while_the_server_is_gone_arrives_once(own_server: Server) -> None:
    shop = open_shop(own_server)
    website = Website()
    website.embed(shop)
    with chromium() as browser:
        console = console_of(browser, shop.arta)
        visitor = browser.new_context(locale="en-GB").new_page()
        visitor.goto(website.origin)
        frame = open_bubble(visitor)
        frame.get_by_role("button", name="Start chatting").click()
        write(frame, "Before the storm")
        console.get_by_text("Before the storm").first.click()
        expect(frame.get_by_text("· Sent")).to_be_visible()
        reply = console.get_by_role("textbox", name="Reply")
        expect(reply).to_be_visible()  # the conversation is open before the server goes
        own_server.kill()
        write(frame, "In the dark")
        reply.fill("Answered in the dark")
        reply.press("Enter")
        expect(frame.get_by_text("In the dark", exact=True)).to_be_visible()
        own_server.start()
        log = frame.get_by_role("log")
        expect(log.get_by_text("Answered in the dark", exact=True)).to_be_visible(timeout=45_000)
        thread = console.get_by_role("log")
        expect(thread.get_by_text("In the dark", exact=True)).to_be_visible(timeout=45_000)
        expect(log.get_by_text("Answered in the dark", exact=True)).to_have_count(1)
        expect(thread.get_by_text("In the dark", exact=True)).to_have_count(1)
    conversation = shop.arta.get("/api/conversations")["items"][0]["id"]
    stored = shop.arta.get(f"/api/conversations/{conversation}/messages")["items"]
    texts = sorted(m["text"] for m in stored if m["lane"] == "public")
    assert texts == ["Answered in the dark", "Before the storm", "In the dark"]
    website.close()
