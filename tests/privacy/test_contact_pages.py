"""The contact's pages: on a phone, without script, and for our own forms only. Clause 9a."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from silkroad.kit.languages import Language
from silkroad.privacy.contact.phrases import WORDS
from tests.cast import Shop
from tests.depth import HERE
from tests.harness.browser import chromium, nothing_wrong, watched
from tests.harness.people import Person
from tests.privacy.letters import code_for, letter, notice_hash, requests_of

SECRET = "Zirkelstein 4711"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_another_sites_form_sends_nothing(shop: Shop) -> None:
    person = Person(shop.server, "Somebody")
    address = f"{shop.server.origin}/privacy/contact?inbox={shop.inbox['id']}&language=en"
    shown = notice_hash(person, shop.inbox["id"])
    form = {"notice_hash": shown, "kind": "question", "text": "Hello"}
    for headers in (
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": shop.server.origin, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ):
        answer = httpx2.post(address, data=form, headers=headers)
        assert answer.status_code == 403, headers
        assert WORDS["en"].problem("wrong_origin") in unescape(answer.text)
    assert requests_of(shop.admin) == []
    sent = httpx2.post(address, data=form, headers={"Origin": shop.server.origin})
    assert sent.status_code == 200
    assert len(requests_of(shop.admin)) == 1


@pytest.mark.parametrize("language", HERE)
def test_the_whole_way_works_without_script(
    shop: Shop, browser: Browser, language: Language
) -> None:
    words = WORDS[language]
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        color_scheme="dark",
        extra_http_headers={"X-Forwarded-For": Person(shop.server, "Somebody").address},
    )
    page = context.new_page()
    page.goto(f"{shop.server.origin}/privacy/contact?inbox={shop.inbox['id']}&language={language}")
    page.get_by_label(words.kinds["erasure"].name).check()
    page.get_by_label(words.text, exact=True).fill("我想删除\nTë gjitha <b>")
    page.get_by_label(words.reach).fill("nobody")
    page.get_by_role("button", name=words.send).click()
    expect(page.get_by_role("alert")).to_have_text(words.problem("reach"))
    expect(page.get_by_label(words.text, exact=True)).to_have_value("我想删除\nTë gjitha <b>")
    expect(page.get_by_label(words.kinds["erasure"].name)).to_be_checked()
    page.get_by_label(words.reach).fill("")
    page.get_by_role("button", name=words.send).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.sent_title)
    link = page.locator("a.secret").inner_text()
    (request,) = requests_of(shop.admin)
    code = code_for(shop, request["id"])
    page.goto(link)
    page.get_by_label(words.key).fill(link)
    page.get_by_role("button", name=words.look_button).click()
    expect(page.locator(".state")).to_have_text(words.states["identity_asked"].name)
    page.get_by_label(words.code).fill(code)
    page.get_by_role("button", name=words.code_button).click()
    expect(page.locator(".state")).to_have_text(words.states["verified"].name)
    shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": "Done <i>"})
    page.get_by_label(words.reply).fill("Thanks")
    page.get_by_role("button", name=words.reply_button).click()
    expect(page.locator("article.team p")).to_have_text("Done <i>")
    expect(page.locator("article.person p").last).to_have_text("Thanks")
    fits(page)
    assert context.cookies() == []
    context.close()


def test_with_script_the_link_opens_by_itself_and_leaves_the_address_bar(
    shop: Shop, browser: Browser
) -> None:
    sent = letter(shop.server, shop.inbox["id"], SECRET, "complaint")
    context = browser.new_context(locale="en-GB")
    page = watched(context.new_page())
    page.goto(sent["url"])
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert sent["token"] not in page.url
    page.get_by_role("button", name="Shqip").click()
    expect(page.locator(".state")).to_have_text(WORDS["sq"].states["received"].name)
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    nothing_wrong(page)
    context.close()


def fits(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, "nothing sticks out on a phone"
