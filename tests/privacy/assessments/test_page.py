"""The administrators' page of assessments in a real browser: weighed, locked, opened again. 8.6."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import Shop
from tests.harness.browser import chromium, console_of, nothing_wrong


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_what_is_left_of_a_risk_locks_and_opens(browser: Browser, shop: Shop) -> None:
    page = console_of(browser, shop.admin, viewport={"width": 360, "height": 740})
    page.goto(f"{shop.server.origin}/settings/assessments")
    line = page.locator(".plain-list > li").filter(has_text="Microphone and camera")
    expect(line).to_contain_text("Not assessed")
    for level, button, state in (("3", "Save and lock", "Locked"), ("1", "Save", "Open")):
        line.get_by_role("button", name="New assessment").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
        dialog.get_by_label("What could happen to people").fill("Somebody is overheard")
        dialog.get_by_label("What you do about it").fill("Only with a call")
        for group in ("Without the measures", "With the measures"):
            part = dialog.get_by_role("group", name=group)
            part.get_by_label("How likely").select_option(level)
            part.get_by_label("How grave").select_option(level)
        dialog.get_by_role("button", name=button, exact=True).press("Enter")
        expect(line).to_contain_text(state)
    records = page.locator("details")
    expect(records).to_have_count(2)
    records.last.locator("summary").press("Enter")
    expect(records.last).to_contain_text("Likely × Serious = High")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    nothing_wrong(page)
    page.context.close()
