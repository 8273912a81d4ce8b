"""The set-up page in a real browser: only regions that are possible, and how China becomes one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.harness.browser import chromium
from tests.harness.server import Server


@pytest.mark.parametrize(
    ("region", "offered", "left_out"),
    [("", "European Union", "China"), ("cn", "China", "European Union")],
    ids=["unsaid", "china"],
)
def test_the_first_company_is_offered_what_is_possible(
    tmp_path: Path, region: str, offered: str, left_out: str
) -> None:
    with Server(tmp_path / "data", region=region) as server, chromium() as browser:
        page = browser.new_page(locale="en")
        page.goto(f"{server.origin}/setup#{server.setup_token}")
        field = page.get_by_label("Region")
        expect(field.get_by_role("option", name=offered)).to_be_attached()
        expect(field.get_by_role("option", name=left_out)).not_to_be_attached()
        expect(page.get_by_text("set SILKROAD_REGION=cn")).to_have_count(0 if region else 1)
