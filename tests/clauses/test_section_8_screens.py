"""Section 8.0b in a real browser: nobody can miss a major change, and closing it is no answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect

from tests.cast import Shop, open_shop, question, says_yes, set_up
from tests.clauses.campaigns import (
    Edit,
    line_of,
    may_speak,
    news,
    no_contacts,
    no_grants,
    reach,
    updated,
    without,
)
from tests.harness.browser import (
    Website,
    chromium,
    console_of,
    nothing_wrong,
    picture,
    sign_in,
    watched,
)
from tests.harness.server import Server
from tests.journeys.bubble import open_bubble, write


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is restarted, so it is no other test's."""
    with Server(tmp_path_factory.mktemp("screens") / "data") as running:
        set_up(running)
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_nobody_can_miss_it_in_the_console_or_in_the_chat(server: Server, browser: Browser) -> None:
    """By keyboard alone: seen, put off, refused, agreed to, read."""
    shop, website = open_shop(server), Website()
    website.embed(shop)
    for purpose in ("microphone", "camera"):
        says_yes(shop.arta, purpose)
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    frame = chatting(page, website)
    consents = {"purpose": "microphone", "answer": "given", "recipient": ""}
    frame.evaluate(AGREE, [f"/api/widget/{shop.inbox['id']}", consents])

    def graver(record: dict[str, Any]) -> None:
        no_grants(record)
        line_of(record, "camera")["data"] = []

    page.close()
    staying = context.new_page()  # over the update, whose lost connections are no fault of its own
    staying.goto(website.origin)
    still = open_bubble(staying)
    expect(still.get_by_text("Is the jasmine tea organic?")).to_be_visible()
    updated(server, graver)
    told = still.get_by_role("alertdialog", name="What is done with your data has changed")
    expect(told).to_be_visible(timeout=30_000)
    staying.close()
    told_in_the_console(browser, shop)
    page = watched(context.new_page())
    told_in_the_chat(page, website)
    seen = reach(shop)
    assert (seen["told"], seen["read"]) == (2, 2)
    nothing_wrong(page)
    context.close()
    website.close()


@pytest.mark.parametrize(
    ("before", "role"),
    [(without("messages.client_id"), "button"), (no_contacts, "alertdialog")],
    ids=["a new detail", "a grave change"],
)
def test_what_was_written_before_it_was_told_is_sent_then(
    server: Server, browser: Browser, before: Edit, role: Literal["button", "alertdialog"]
) -> None:
    """Clauses 1.8d and 8.0b in the chat: nothing is taken before, and nothing written is lost."""
    shop, website = open_shop(server), Website()
    website.embed(shop)
    page = browser.new_context(locale="en-GB").new_page()
    chatting(page, website)
    page.goto("about:blank")
    updated(server, before)
    late: list[Route] = []
    page.route("**/campaigns?*", lambda route: late.append(route))  # noqa: PLW0108 - playwright marks what it is given
    page.goto(website.origin)
    frame = open_bubble(page)
    write(frame, "And the green one?")
    failed = frame.get_by_role("button", name="Try again")
    expect(failed).to_be_visible()
    late.pop().continue_()
    told = frame.get_by_role(role, name="What is done with your data has changed")
    expect(told).to_be_visible()
    if role == "alertdialog":
        page.keyboard.press("Escape")
        expect(told).to_be_hidden()
    expect(failed).to_be_hidden()
    expect(frame.get_by_text("Sent")).to_be_visible()
    assert [one["text"] for one in shop.arta.get(first_talk(shop))["items"]][-1:] == [
        "And the green one?"
    ]
    page.context.close()
    website.close()


def test_who_answers_before_it_was_told_can_send_it_then(server: Server, browser: Browser) -> None:
    """Clause 8.0b in the console: the change is in front of everything, and that is enough.

    What was written before is sent then, also where the server did not hear of it the first time.
    """
    shop = open_shop(server)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    updated(server, no_contacts)
    page = browser.new_context(locale="en-GB").new_page()
    sign_in(page, shop.arta)
    late: list[Route] = []
    page.route("**/api/me/campaigns?*", lambda route: late.append(route))  # noqa: PLW0108 - as above
    page.route("**/api/me/campaigns/*", lambda route: route.fulfill(status=503), times=1)
    watched(page).goto(server.origin)
    page.get_by_text("Is the jasmine tea organic?").first.click()
    reply = page.get_by_role("textbox", name="Reply")
    reply.fill("Yes, it is.")
    reply.press("Enter")
    again = page.get_by_role("alert").get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    for route in late:
        route.continue_()
    told = page.get_by_role("dialog", name="What is done with your data has changed")
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(again).to_be_hidden()
    expect(page.get_by_text("Sent", exact=True)).to_be_visible()
    assert [one["text"] for one in mira.get(mira.path("/messages"))["items"]][-1:] == [
        "Yes, it is."
    ]
    assert [wrong for wrong in page.wrongs if "503" not in wrong] == []  # type: ignore[attr-defined]  # set by ``watched``
    page.context.close()


def test_a_child_who_waits_is_told_in_front_of_it(server: Server, browser: Browser) -> None:
    """Clauses 7a, 8.0a: neither an age nor a guardian is the price of hearing of it."""
    shop, website = open_shop(server), Website()
    website.embed(shop)
    page = browser.new_context(locale="en-GB").new_page()
    chatting(page, website)
    page.goto("about:blank")
    shop.admin.put("/api/age-gate", {"asks": True})
    updated(server, no_contacts)
    watched(page).goto(website.origin)
    frame = open_bubble(page)
    told = frame.get_by_role("alertdialog", name="What is done with your data has changed")
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    frame.get_by_label("Your date of birth").fill("2018-05-05")
    frame.get_by_role("button", name="Start chatting").click()
    frame.get_by_role("button", name="Make a link for them").click()
    expect(frame.locator(".bubble")).to_be_visible()
    page.goto("about:blank")
    page.goto(website.origin)
    frame = open_bubble(page)
    told = frame.get_by_role("alertdialog", name="What is done with your data has changed")
    expect(told).to_be_visible()
    picture(page, "campaign-child")
    told.get_by_role("button", name="I have read this").click()
    expect(told).to_be_hidden()
    expect(frame.get_by_role("heading", name="First ask a parent")).to_be_visible()
    assert (reach(shop)["told"], reach(shop)["read"]) == (1, 1)
    assert [wrong for wrong in page.wrongs if "403" not in wrong] == []  # type: ignore[attr-defined]  # set by ``watched``
    page.context.close()
    website.close()


def chatting(page: Page, website: Website) -> Frame:
    """Write on a company's page; return the frame of the chat."""
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Is the jasmine tea organic?")
    expect(frame.get_by_text("Sent")).to_be_visible()
    return frame


def first_talk(shop: Shop) -> str:
    (talk,) = shop.arta.get("/api/conversations")["items"]
    return f"/api/conversations/{talk['id']}/messages"


def told_in_the_console(browser: Browser, shop: Shop) -> None:
    console = console_of(browser, shop.arta)
    dialog = console.get_by_role("dialog", name="What is done with your data has changed")
    expect(dialog.get_by_text("More is now used to hear you in a call")).to_be_visible()
    picture(console, "campaign-console")
    console.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert (may_speak(shop.arta), len(news(shop.arta)[0]["asked"])) == (403, 2), "no answer"
    console.reload()
    first, second = (dialog.get_by_role("button", name=name).first for name in ("No", "Yes, I"))
    first.press("Enter")
    expect(dialog.get_by_role("button", name="No")).to_have_count(1)
    second.press("Enter")
    expect(dialog.get_by_role("button", name="No")).to_have_count(0)
    dialog.get_by_role("button", name="I have read this").press("Enter")
    expect(dialog).to_be_hidden()
    states = {question(shop.arta, purpose)["state"] for purpose in ("microphone", "camera")}
    assert states == {"refused", "given"}
    console.reload()
    expect(console.get_by_role("navigation").first).to_be_visible()
    expect(dialog).to_be_hidden()
    nothing_wrong(console)
    console.context.close()


def told_in_the_chat(page: Page, website: Website) -> None:
    page.goto(website.origin)
    frame = open_bubble(page)
    told = frame.get_by_role("alertdialog", name="What is done with your data has changed")
    expect(told).to_be_visible()
    picture(page, "campaign-chat")
    expect(told.get_by_role("button", name="Yes, I agree")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(frame.get_by_role("textbox", name="Write a message")).to_be_visible()
    page.goto(website.origin)
    frame = open_bubble(page)
    told = frame.get_by_role("alertdialog", name="What is done with your data has changed")
    told.get_by_role("button", name="Yes, I agree").press("Enter")
    expect(told.get_by_role("button", name="Yes, I agree")).to_have_count(0)
    with page.expect_response(lambda answer: "/campaigns/" in answer.url):
        told.get_by_role("button", name="I have read this").press("Enter")
    expect(frame.get_by_role("textbox", name="Write a message")).to_be_visible()


AGREE = """async ([door, answer]) => {
  const headers = {"X-Silkroad": "1", "Content-Type": "application/json"};
  const list = await (await fetch(`${door}/consents?language=en`)).json();
  const {notice} = list.items.find((item) => item.purpose === answer.purpose);
  const body = JSON.stringify({...answer, notice_hash: notice.hash, language: "en"});
  const said = await fetch(`${door}/consents`, {method: "PUT", headers, body});
  if (!said.ok) throw new Error(await said.text());
}"""
