"""A guardian's door in a browser: the copy, the erasure, and what the console shows of it. 7b."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from silkroad.kit.languages import Language
from silkroad.privacy.contact.phrases import WORDS
from silkroad.privacy.copies.phrases import WORDS as COPY_WORDS
from tests.attacks.enterprise import ask
from tests.cast import Shop
from tests.clauses.persons import child_of
from tests.depth import HERE
from tests.harness.browser import chromium, console_of
from tests.harness.people import Person


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def asking(shop: Shop) -> Shop:
    shop.admin.put("/api/age-gate", {"asks": True})
    return shop


@pytest.mark.parametrize("language", HERE)
def test_copy_and_erasure_work_without_script(
    asking: Shop, browser: Browser, language: Language, tmp_path: Path
) -> None:
    words, (child, token) = WORDS[language], child_of(asking)
    ask(child.visitor, "<script>document.body.remove()</script> 我的问题 " + "long" * 40)
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        color_scheme="dark",
        extra_http_headers={"X-Forwarded-For": Person(asking.server, "Somebody").address},
    )
    page = context.new_page()
    page.goto(f"{asking.server.origin}/privacy/contact/answer?language={language}")
    page.get_by_label(words.key).fill(token)
    page.get_by_role("button", name=words.look_button).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name=words.copy_button).click()
    coming.value.save_as(tmp_path / "copy.zip")
    ZipFile(tmp_path / "copy.zip").extractall(tmp_path / "copy")
    reading = context.new_page()
    reading.goto(f"file://{tmp_path}/copy/index.html")
    expect(reading.get_by_role("heading", level=1)).to_have_text(COPY_WORDS[language].title)
    assert reading.get_by_text("document.body.remove()").is_visible()
    width = reading.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, "nothing is wider than a phone"
    reading.get_by_role("link").first.focus()
    reading.close()
    page.get_by_role("button", name=words.erase_button, exact=True).click()
    expect(page.get_by_label(words.erase_sure)).to_be_visible()  # the browser asks to tick it
    page.get_by_label(words.erase_sure).check()
    page.get_by_role("button", name=words.erase_button, exact=True).click()
    page.get_by_text(words.erasing.name).or_(page.get_by_text(words.erased.name)).wait_for()
    expect(page.get_by_role("button", name=words.copy_button)).to_have_count(0)
    context.close()


@pytest.mark.prove
def test_the_console_shows_that_it_is_gone(asking: Shop, browser: Browser) -> None:
    child, token = child_of(asking)
    page = console_of(browser, asking.admin)
    page.goto(f"{asking.server.origin}/c/{child.conversation}")
    (question,) = [word for word in child.words.secret if "question" in word]
    expect(page.get_by_text(question).first).to_be_visible()
    Person(asking.server, "Shpresa").post("/api/contact/erase", {"token": token, "sure": True})
    expect(page.get_by_text("This conversation is not here")).to_be_visible()
    expect(page.get_by_text(question)).to_have_count(0)
    missing = [wrong for wrong in page.wrongs if "404" not in wrong]  # type: ignore[attr-defined]  # set by ``watched``
    assert missing == []
