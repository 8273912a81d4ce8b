"""Journeys in real browsers: a request from a chat to its answer, and a child with her mother.

Clauses 6.1d, 7a, 7b, 9a, 9b.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import Shop
from tests.harness.browser import chromium, console_of, nothing_wrong, picture, watched
from tests.harness.people import Person
from tests.privacy.letters import letter, prove, requests_of


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def window(browser: Browser, shop: Shop, **options: object) -> Page:
    """Open a window of somebody new, at an address of their own."""
    headers = {"X-Forwarded-For": Person(shop.server, "Somebody").address}
    settings = {"locale": "en-GB", "extra_http_headers": headers, **options}
    context = browser.new_context(**settings)  # type: ignore[arg-type]  # Playwright's own keywords
    return watched(context.new_page())


def test_a_request_from_the_chat_is_answered_in_the_console(shop: Shop, browser: Browser) -> None:
    chat = window(browser, shop)
    chat.goto(f"{shop.server.origin}/widget/{shop.inbox['id']}")
    chat.get_by_role("button", name="Start chatting").click()
    chat.get_by_role("textbox", name="Write a message…").fill("Hello")
    chat.get_by_role("button", name="Send").click()
    chat.reload()
    chat.get_by_role("button", name="Your privacy").click()
    with chat.context.expect_page() as opening:
        chat.get_by_role("link", name="Privacy contact").click()
    form = watched(opening.value)
    expect(form.get_by_text("You came from your chat")).to_be_visible()
    form.get_by_label("See my data").check()
    form.get_by_label("Your message").fill("What do you know about me?")
    form.get_by_role("button", name="Send").click()
    link = form.locator("a.secret").inner_text()

    desk = console_of(browser, shop.admin)
    desk.get_by_role("link", name="Privacy requests").click()
    desk.get_by_role("button", name="See my data").click()
    expect(desk.get_by_text("What do you know about me?")).to_be_visible()
    expect(desk.get_by_text("known from their chat")).to_be_visible()
    desk.get_by_role("textbox", name="Answer").fill("One message: Hello")
    desk.get_by_role("button", name="Send the answer").click()
    expect(desk.get_by_text("Answered", exact=True)).to_be_visible()

    form.goto(link)
    expect(form.get_by_text("One message: Hello")).to_be_visible()
    nothing_wrong(form, desk)


@pytest.mark.prove
def test_a_new_request_appears_in_an_open_console(shop: Shop, browser: Browser) -> None:
    desk = console_of(browser, shop.admin, viewport={"width": 1100, "height": 800})
    expect(desk.get_by_role("navigation").get_by_text("Dafina")).to_be_visible()
    expect(desk.get_by_role("link", name="Privacy requests")).to_have_count(0)
    form = window(browser, shop, java_script_enabled=False)
    form.goto(f"{shop.server.origin}/privacy/contact?inbox={shop.inbox['id']}")
    form.get_by_label("A complaint").check()
    form.get_by_label("Your message").fill("You never answer")
    form.get_by_role("button", name="Send").click()
    expect(desk.get_by_role("link", name="Privacy requests")).to_be_visible()
    nothing_wrong(desk)


@pytest.mark.prove
def test_a_proof_is_stored_with_a_yes_and_shown_when_somebody_asks(
    shop: Shop, browser: Browser
) -> None:
    sent = letter(shop.server, shop.inbox["id"], "Delete me", "erasure")
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
    person = window(browser, shop, viewport={"width": 360, "height": 740})
    person.goto(sent["url"])
    person.get_by_label("How we can tell that it is you").fill("Customer 4711, tea on Monday")
    person.get_by_role("button", name="Send").first.click()
    expect(person.get_by_label("How we can tell that it is you")).to_be_visible()
    person.get_by_label("I agree that this is read to recognise me").check()
    person.get_by_role("button", name="Send").first.click()
    expect(person.get_by_text("is being looked at")).to_be_visible()

    desk = console_of(browser, shop.admin)
    desk.goto(f"{shop.server.origin}/settings/requests")
    desk.get_by_role("button", name="Delete my data").click()
    expect(desk.get_by_text("That you look at it is written down.")).to_be_visible()
    expect(desk.get_by_text("Customer 4711")).to_have_count(0)
    desk.get_by_role("button", name="Show it").click()
    expect(desk.get_by_text("Customer 4711")).to_be_visible()
    desk.get_by_role("button", name="That is them").click()
    expect(desk.get_by_text("Customer 4711")).to_have_count(0)
    nothing_wrong(person, desk)


@pytest.mark.prove
def test_a_child_waits_for_her_mother(shop: Shop, browser: Browser) -> None:
    shop.admin.put("/api/age-gate", {"asks": True})
    chat = window(browser, shop, viewport={"width": 360, "height": 640})
    chat.goto(f"{shop.server.origin}/widget/{shop.inbox['id']}")
    chat.get_by_label("Your date of birth").fill("2018-05-05")
    chat.get_by_role("button", name="Start chatting").click()
    chat.get_by_role("button", name="Make a link for them").click()
    link = chat.locator(".bubble").inner_text()
    chat.reload()
    expect(chat.get_by_role("heading", name="First ask a parent")).to_be_visible()
    expect(chat.get_by_role("textbox")).to_have_count(0)

    mother = window(browser, shop)
    mother.goto(link)
    mother.get_by_label("Your name").fill("Shpresa")
    mother.get_by_label("Your consent, in your own words").fill("Mira may write to you.")
    mother.get_by_role("button", name="I agree").click()
    expect(mother.get_by_text("Your consent is being looked at")).to_be_visible()

    desk = console_of(browser, shop.admin)
    desk.goto(f"{shop.server.origin}/settings/requests")
    desk.get_by_role("button", name="Parent or guardian").click()
    expect(desk.get_by_role("button", name="Accept the consent")).to_have_count(0)
    expect(desk.get_by_text("Mira may write to you.")).to_have_count(0)
    desk.get_by_role("button", name="Show it").click()
    expect(desk.get_by_text("Mira may write to you.")).to_be_visible()
    desk.get_by_role("button", name="Accept the consent").click()
    expect(desk.get_by_text("guardian, by their consent")).to_be_visible()

    chat.get_by_role("button", name="Look again").click()
    chat.get_by_role("textbox", name="Write a message…").fill("Hello!")
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_text("Sent")).to_be_visible()
    mother.goto(link)
    mother.get_by_role("button", name="Take the consent back").click()
    expect(mother.get_by_text("You have taken it back")).to_be_visible()
    expect(chat.get_by_role("heading", name="First ask a parent")).to_be_visible()
    nothing_wrong(mother, desk)


def test_a_parent_who_came_by_the_notice_is_bound_to_her_child(
    shop: Shop, browser: Browser
) -> None:
    mira, talk = shop.asks("May I write to you? I am twelve.")
    shop.admin.put(f"/api/conversations/{talk}/state", {"state": "closed"})
    child_id = mira.get(mira.path())["visitor"]["visitor"]["id"]
    shop.asks("Is the jasmine tea organic?")
    parent = window(browser, shop, viewport={"width": 360, "height": 740})
    link = a_verified_parent_writes(parent, shop)
    parent.goto(link)
    expect(parent.get_by_text("In progress")).to_be_visible()
    expect(parent.get_by_role("button", name="Download the copy")).to_have_count(0)

    desk = console_of(browser, shop.admin)
    desk.get_by_role("link", name="Privacy requests").click()
    desk.get_by_role("button", name="Parent or guardian").click()
    expect(desk.get_by_role("heading", name="Whose data?")).to_be_visible()
    expect(desk.get_by_role("button", name="Erase", exact=True)).to_have_count(0)
    confirm = desk.get_by_role("button", name="It is this person")
    expect(confirm).to_be_disabled()
    desk.get_by_label("Visitor", exact=True).select_option(child_id)
    expect(desk.get_by_text("Identity not confirmed")).to_be_visible()
    picture(desk, "whose-data")
    confirm.click()
    asked = desk.get_by_role("dialog", name="Is it Visitor")
    expect(asked.get_by_text("Whoever has the secret link")).to_be_visible()
    picture(desk, "whose-data-sure")
    asked.get_by_role("button", name="Cancel").click()
    expect(desk.get_by_role("button", name="Download a copy for them")).to_have_count(0)
    confirm.click()
    asked.get_by_role("button", name="It is this person").click()
    expect(asked).to_be_hidden()
    expect(desk.get_by_text("This is about the person who was chosen for it.")).to_be_visible()
    expect(desk.get_by_role("button", name="Download a copy for them")).to_be_visible()
    expect(desk.get_by_role("button", name="Change the person")).to_have_count(0)

    parent.goto("about:blank")  # the same address again would not be opened anew
    parent.goto(link)
    with parent.expect_download():
        parent.get_by_role("button", name="Download the copy").click()
    expect(parent.get_by_text("Nobody knows for sure that the child is under 14")).to_be_visible()
    expect(parent.get_by_role("button", name="Erase", exact=True)).to_have_count(0)
    picture(parent, "the-team-erases")
    desk.reload()
    expect(desk.get_by_role("button", name="Download a copy for them")).to_be_visible()
    expect(desk.get_by_role("heading", name="Whose data?")).to_have_count(0)
    desk.get_by_label("Erase everything about this person").check()
    desk.get_by_role("button", name="Erase", exact=True).click()
    expect(desk.get_by_text("Everything about this person was erased.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Whose data?")).to_have_count(0)
    nothing_wrong(parent, desk)


def a_verified_parent_writes(parent: Page, shop: Shop) -> str:
    """Write to the contact as a parent, and be verified by a sentence; return the secret link."""
    parent.goto(f"{shop.server.origin}/privacy/contact?inbox={shop.inbox['id']}")
    parent.get_by_label("I am a parent or guardian").check()
    parent.get_by_label("Your message").fill("My daughter writes to you.")
    parent.get_by_role("button", name="Send").click()
    link = parent.locator("a.secret").inner_text()
    (request,) = requests_of(shop.admin)
    path, token = f"/api/requests/{request['id']}/identity", link.partition("#")[2]
    shop.admin.post(path, {"check": "proof"})
    prove(shop.server, token, "She wrote on Sunday")
    shop.admin.put(path, {"accepted": True})
    return link


@pytest.mark.prove
def test_the_console_says_when_it_is_asked_for_and_when_it_is_done(
    shop: Shop, browser: Browser
) -> None:
    mira, _ = shop.asks("Is the jasmine tea organic?")
    letter(shop.server, shop.inbox["id"], "Delete me", "erasure", mira)
    desk = console_of(browser, shop.admin)
    desk.get_by_role("link", name="Privacy requests").click()
    desk.get_by_role("button", name="Delete my data").click()
    desk.get_by_label("Erase everything about this person").check()
    desk.get_by_role("button", name="Erase", exact=True).click()
    expect(desk.get_by_text("is being erased").first).to_be_visible()
    expect(desk.get_by_text("Everything about this person was erased.")).to_be_visible()
    expect(desk.get_by_text("is being erased")).to_have_count(0)
    nothing_wrong(desk)
