"""In real windows: somebody is invited with an attestation, and an exception goes its whole way."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import Shop, in_days, invite, new_phone
from tests.harness.browser import chromium, console_of, nothing_wrong, picture, watched


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def settings(page: Page, section: str) -> Page:
    page.goto(urljoin(page.url, f"/settings/{section}"))
    return page


@pytest.mark.prove
def test_nobody_is_invited_without_the_attestation(shop: Shop, browser: Browser) -> None:
    page = settings(console_of(browser, shop.admin), "members")
    page.get_by_role("button", name="Invite", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("Lena")
    form.get_by_label("Mobile phone").fill(new_phone())
    send = form.get_by_role("button", name="Invite", exact=True)
    expect(send).to_be_disabled()
    form.get_by_label("Why may we keep this person's details?").select_option("consent")
    form.get_by_label("I confirm that the people whose details").check()
    picture(page, "attestation")
    send.click()
    expect(form.get_by_role("heading")).to_have_text("Lena is invited")
    newest = shop.admin.get("/api/invitations")["items"][0]
    assert (newest["name"], newest["basis"]) == ("Lena", "consent")
    nothing_wrong(page)


@pytest.mark.prove
def test_several_are_invited_from_a_list(shop: Shop, browser: Browser) -> None:
    page = settings(console_of(browser, shop.admin), "members")
    page.get_by_role("button", name="Invite", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_role("radio", name="Several").check()
    listed = form.get_by_label("One person in each line")
    first, second = new_phone(), new_phone()
    listed.fill(f"Lena, {first}\nnobody at all\nMaxhun Hoxha; {second}")
    form.get_by_label("I confirm that the people whose details").check()
    send = form.get_by_role("button", name="Invite", exact=True)
    expect(form.get_by_text("No name or number in line 2.")).to_be_visible()
    expect(send).to_be_disabled()
    listed.fill(f"Lena, {first}\nMaxhun Hoxha; {second}")
    send.click()
    expect(form.get_by_role("heading")).to_have_text("2 people are invited")
    picture(page, "invited-several")
    phones = {i["phone"] for i in shop.admin.get("/api/invitations")["items"]}
    assert {first, second} <= phones
    nothing_wrong(page)


def test_an_exception_from_the_question_to_the_report(shop: Shop, browser: Browser) -> None:
    besa = invite(shop.admin, "Besa", [], role="admin")
    mira, _ = shop.asks("Hello")
    asking = settings(console_of(browser, shop.admin), "exceptions")
    expect(asking.get_by_text("No exceptions")).to_be_visible()
    asking.get_by_role("button", name="Ask for an exception").click()
    form = asking.get_by_role("dialog")
    form.get_by_label("Reason").fill("The auditor asks for it")
    form.get_by_label("Law and article").fill("Accounting Act, article 9")
    form.get_by_label("Contact").check()
    form.get_by_label("Person").select_option(index=1)
    expect(form.get_by_role("button", name="Ask the others")).to_be_enabled()
    form.get_by_role("radio", name="Everybody").check()
    picture(asking, "ask-for-an-exception")
    form.get_by_role("button", name="Ask the others").click()
    approving = settings(console_of(browser, besa), "exceptions")
    approving.get_by_text("Duty by law").first.click()
    approving.get_by_role("button", name="Approve").click()
    expect(asking.get_by_text("In force")).to_be_visible()
    mine = mira.get(mira.path())["visitor"]["visitor"]["id"]
    place = shop.admin.workspace_id
    assert shop.server.cover(place, mine, "conversation", "CON") == "EX01"
    asking.reload()
    expect(asking.get_by_text("The system (the test)")).to_have_count(1)
    picture(asking, "exceptions")
    asking.get_by_text("Duty by law").first.click()
    asking.get_by_role("button", name="End now").click()
    expect(approving.get_by_text("Ended", exact=True)).to_be_visible()
    assert shop.server.cover(place, mine, "conversation", "CON") == "nothing"
    nothing_wrong(asking, approving)


def emergency(shop: Shop, subject_id: str) -> str:
    """Break the glass for somebody, and use it; returns the exception."""
    body = {
        "code": "EX05",
        "grounds": {"reason": "She did not come home"},
        "purpose": "conversation",
        "data": ["CON"],
        "subjects": [subject_id],
        "expires_at": in_days(0.5),
    }
    record = shop.admin.post("/api/exceptions", body)
    covered = shop.server.cover(shop.admin.workspace_id, subject_id, "conversation", "CON")
    assert covered == "EX05"
    return str(record["id"])


@pytest.mark.prove
def test_a_member_reads_what_was_done_and_says_no(shop: Shop, browser: Browser) -> None:
    exception_id = emergency(shop, shop.arta.member_id)
    page = settings(console_of(browser, shop.arta), "privacy")
    expect(page.get_by_text("Nothing.")).to_be_visible()
    shop.admin.delete(f"/api/exceptions/{exception_id}")
    expect(page.get_by_text("She did not come home")).to_be_visible()
    page.get_by_label("What I published myself").click()
    expect(page.get_by_label("What I published myself")).to_be_checked()
    picture(page, "about-me")
    for _ in range(100):
        if shop.arta.get("/api/me/exceptions")["refused"]:
            break
    assert shop.arta.get("/api/me/exceptions")["refused"] == ["EX06"]
    nothing_wrong(page)


def test_a_visitor_reads_what_was_done_and_says_no(shop: Shop, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": 360, "height": 640})
    chat = watched(context.new_page())
    chat.goto(f"{shop.server.origin}/widget/{shop.inbox['id']}")
    chat.get_by_role("button", name="Start chatting").click()
    chat.get_by_role("textbox", name="Write a message").fill("Hello")
    chat.get_by_role("button", name="Send").click()
    expect(chat.get_by_text("· Sent")).to_be_visible()
    (talk,) = shop.admin.get("/api/conversations")["items"]
    exception_id = emergency(shop, talk["visitor"]["id"])
    shop.admin.delete(f"/api/exceptions/{exception_id}")
    chat.get_by_role("button", name="Your privacy").click()
    expect(chat.get_by_text("She did not come home")).to_be_visible()
    no = chat.get_by_role("switch", name="What I published myself")
    expect(no).not_to_be_checked()
    no.click()
    expect(no).to_be_checked()
    picture(chat, "without-consent")
    chat.reload()
    chat.get_by_role("button", name="Your privacy").click()
    expect(chat.get_by_role("switch", name="What I published myself")).to_be_checked()
    nothing_wrong(chat)
