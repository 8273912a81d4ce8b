"""In a real window: three administrators let figures be made of a month, and one downloads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.harness.browser import chromium, console_of, nothing_wrong, picture
from tests.harness.server import Server
from tests.journeys.test_exceptions import settings

from .town import allow, erase, live


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_a_month_becomes_figures_that_name_nobody(own_server: Server, browser: Browser) -> None:
    town = live(own_server, 14)
    allow(town)
    town.until(town.now + timedelta(minutes=10))  # until another code may be asked for
    page = settings(console_of(browser, town.admin), "exceptions")
    page.get_by_text("Research in the public interest").first.click()
    page.get_by_role("button", name="Anonymous figures").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Month").select_option(town.months[0])
    expect(dialog.get_by_text("Time to the first answer")).to_be_visible()
    dialog.get_by_label("People behind each line").select_option("5")
    picture(page, "research-before")
    with page.expect_download() as coming:
        dialog.get_by_role("button", name="CSV").click()
    assert coming.value.suggested_filename == f"conversations-{town.months[0]}.csv"
    written = Path(coming.value.path()).read_text().splitlines()
    assert written[0].startswith("language,began") and len(written) > 2
    assert min(int(line.rpartition(",")[2]) for line in written[1:]) >= 5
    expect(dialog.get_by_text("at least 5 people")).to_be_visible()
    expect(dialog.get_by_role("table").first).to_contain_text(re.compile("English|Not told"))
    picture(page, "research-made")
    with page.expect_download() as coming:
        dialog.get_by_role("button", name="JSON").click()
    assert coming.value.suggested_filename.endswith(".json")
    page.keyboard.press("Escape")
    expect(page.get_by_text("research.extract")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("(research.extract)")).to_have_count(2)
    erase(town, town.odd["albanian"])
    page.get_by_text("Research in the public interest").first.click()
    page.get_by_role("button", name="Anonymous figures").click()
    dialog.get_by_label("Month").select_option(town.months[0])
    expect(dialog.get_by_text("These figures were destroyed because somebody")).to_be_visible()
    expect(dialog.get_by_text("delete your copies as well")).to_be_visible()
    expect(dialog.get_by_role("table")).to_have_count(0)
    for form in ("CSV", "JSON"):
        expect(dialog.get_by_role("button", name=form)).to_be_disabled()
    picture(page, "research-destroyed")
    nothing_wrong(page)
