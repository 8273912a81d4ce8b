"""The administrators' page of third parties in a real browser: read, then on; one press off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import apsw
import pytest
from playwright.sync_api import Browser, expect

from tests.cast import Shop, open_shop, sign_up, switch_on
from tests.harness.browser import chromium, console_of, nothing_wrong, picture
from tests.harness.server import Server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_it_is_read_before_it_is_on_and_ended_again(browser: Browser, shop: Shop) -> None:
    page = console_of(browser, shop.admin, viewport={"width": 360, "height": 740})
    page.goto(f"{shop.server.origin}/settings/third-parties")
    line = page.get_by_role("listitem").filter(has_text="Apple Push Notification service")
    expect(line).to_contain_text("Off")
    line.get_by_role("button", name="Read and switch on").click()
    dialog = page.get_by_role("dialog")
    for word in ("Apple Inc.", "United States", "a random id, sealed for the device"):
        expect(dialog).to_contain_text(word)
    policy = dialog.get_by_role("link", name="www.apple.com/legal/privacy")
    expect(policy).to_have_attribute("href", "https://www.apple.com/legal/privacy/")
    expect(dialog.get_by_role("button", name="Switch on")).to_be_disabled()
    dialog.get_by_label("Document behind it").fill("Decision 2023/1795")
    expect(dialog.get_by_role("button", name="Switch on")).to_be_disabled()
    dialog.get_by_label("I have read").press("Space")
    dialog.get_by_role("button", name="Switch on").press("Enter")
    expect(line.get_by_text("On", exact=True)).to_be_visible()
    line.get_by_role("button", name="End").click()
    page.get_by_role("dialog").get_by_role("button", name="End", exact=True).click()
    expect(line).to_contain_text("Ended")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    nothing_wrong(page)
    page.context.close()


def test_the_contract_covers_what_is_ticked(browser: Browser, shop: Shop) -> None:
    """5.2: what they cannot work without is ticked for good; the rest is the company's choice."""
    page = console_of(browser, shop.admin)
    page.goto(f"{shop.server.origin}/settings/third-parties")
    line = page.get_by_role("listitem").filter(has_text="Mozilla Push Service")
    line.get_by_role("button", name="Read and switch on").click()
    dialog = page.get_by_role("dialog")
    covers = dialog.get_by_role("group", name="The contract covers").get_by_role("checkbox")
    expect(covers).to_have_count(5)
    assert [box.is_checked() for box in covers.all()] == [True] * 5
    (free,) = (box for box in covers.all() if box.is_enabled())
    free.press("Space")
    dialog.get_by_label("Document behind it").fill("Decision 2023/1795")
    dialog.get_by_label("I have read").press("Space")
    picture(page, "third-party-contract")
    dialog.get_by_role("button", name="Switch on").press("Enter")
    expect(line).to_contain_text("without: contact address of whoever runs this server")
    (mozilla,) = (
        item for item in shop.admin.get("/api/processors")["items"] if "Mozilla" in item["product"]
    )
    left_out = [given["field"] for given in mozilla["data"] if not given["covered"]]
    assert left_out == ["operator_contact"]
    line.get_by_role("button", name="Details").click()
    expect(covers.nth(3)).not_to_be_checked()
    expect(covers.nth(3)).to_be_enabled()
    nothing_wrong(page)
    page.context.close()


def test_in_china_the_facts_stand_in_front_of_the_decision(
    browser: Browser, in_china: Server
) -> None:
    admin = sign_up(in_china, "Lín Tea", "Wei", region="cn")
    page = console_of(browser, admin)
    page.goto(f"{in_china.origin}/settings/third-parties")
    line = page.get_by_role("listitem").filter(has_text="Firebase Cloud Messaging")
    expect(line).to_contain_text("Leaves the region")
    line.get_by_role("button", name="Read and switch on").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This leaves your region: China")
    grounds = dialog.get_by_label("Ground for the transfer").get_by_role("option")
    expect(grounds).to_have_text(
        ["Standard contract, filed", "Security assessment, passed", "Certification", "Exemption"]
    )
    dialog.get_by_label("I have read").check()
    expect(dialog.get_by_role("button", name="Switch on")).to_be_disabled()
    dialog.get_by_label("Impact assessment").fill("PIA 2026-7")
    dialog.get_by_role("button", name="Switch on").click()
    expect(line.get_by_text("On", exact=True)).to_be_visible()
    (google,) = (i for i in admin.get("/api/processors")["items"] if i["name"] == "google_push")
    assert google["transfer"]["basis"] == "standard_contract"
    assert google["transfer"]["assessment"] == "PIA 2026-7"
    nothing_wrong(page)
    page.context.close()


@pytest.mark.parametrize("language", ["en", "sq", "zh-CN"])
def test_elsewhere_the_grounds_are_those_of_the_law_there(
    browser: Browser, shop: Shop, language: str
) -> None:
    """2.1: a company in the EU decides as one in China does, and is told nothing of China's law."""
    words = {
        "en": ("This leaves your region: European Union", "Standard contractual clauses"),
        "sq": ("Kjo del nga rajoni juaj: Bashkimi Evropian", "Klauzola standarde kontraktuale"),
        "zh-CN": ("数据将离开您所在的地区：欧盟", "标准合同条款"),
    }
    page = console_of(browser, shop.admin, viewport={"width": 360, "height": 740})
    page.goto(f"{shop.server.origin}/settings/third-parties")
    shop.admin.patch("/api/me", {"language": language})
    page.reload()
    line = page.get_by_role("listitem").filter(has_text="Mozilla Push Service")
    line.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(words[language][0])
    expect(dialog.get_by_role("option")).to_have_count(5)
    ground = dialog.get_by_role("combobox")
    ground.select_option(label=words[language][1])
    ground.scroll_into_view_if_needed()
    picture(page, f"third-party-abroad-{language}")
    dialog.get_by_role("textbox").first.fill("SCC 2021/914")
    dialog.get_by_role("checkbox").last.press("Space")
    dialog.locator("button[type=submit]").press("Enter")
    expect(dialog).to_have_count(0)
    (mozilla,) = (
        item for item in shop.admin.get("/api/processors")["items"] if "Mozilla" in item["product"]
    )
    assert mozilla["state"] == "on"
    record = mozilla["transfer"]
    assert (record["origin"], record["destination"]) == ("eu", "us")
    assert (record["basis"], record["assessment"]) == ("standard_clauses", "SCC 2021/914")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    nothing_wrong(page)
    page.context.close()


def test_what_nobody_has_recorded_stands_above_everything(
    browser: Browser, own_server: Server
) -> None:
    """2.1: the region was said after Google was switched on; an administrator is told, and acts"""
    admin = sign_up(own_server, "Linden Tea", "Dafina", region="home")
    own_server.stop()
    own_server._settings["region"] = "eu"
    own_server.start()
    page = console_of(browser, admin)
    page.goto(f"{own_server.origin}/settings/third-parties")
    told = page.get_by_text("Nothing goes to Firebase Cloud Messaging: no record says why")
    expect(told).to_be_visible()
    line = page.get_by_role("listitem").filter(has_text="Firebase Cloud Messaging")
    expect(line).to_contain_text("Ground not recorded")
    picture(page, "third-party-unrecorded")
    line.get_by_role("button", name="Read and switch on").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Document behind it").fill("Decision 2023/1795")
    dialog.get_by_label("I have read").press("Space")
    dialog.get_by_role("button", name="Switch on").press("Enter")
    expect(line.get_by_text("On", exact=True)).to_be_visible()
    expect(told).to_have_count(0)
    nothing_wrong(page)
    page.context.close()


def test_several_are_read_and_switched_on_together(browser: Browser, server: Server) -> None:
    """8.3: by keyboard, on a phone; each has its notice and its contract, and one press does it."""
    admin = sign_up(server, "Linden Tea", "Dafina", region="home")
    page = console_of(browser, admin, viewport={"width": 360, "height": 740})
    page.goto(f"{server.origin}/settings/third-parties")
    page.get_by_role("button", name="Switch on several").press("Enter")
    dialog = page.get_by_role("dialog")
    on = dialog.get_by_role("button", name="Switch on")
    read = dialog.get_by_label("I have read")
    expect(read).to_be_disabled()
    for name, company in (("Mozilla Push Service", "Mozilla"), ("Apple Push", "Apple Inc.")):
        group = dialog.get_by_role("group", name=name)
        group.get_by_role("checkbox").first.press("Space")
        expect(group.get_by_role("definition").filter(has_text=company).first).to_be_visible()
        group.get_by_label("Contract", exact=True).fill(f"Contract with {company}")
        expect(on).to_be_disabled()
    read.press("Space")
    picture(page, "third-parties-several")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    third = dialog.get_by_role("group", name="Windows Push").get_by_role("checkbox").first
    third.press("Space")
    expect(read).not_to_be_checked()
    expect(on).to_be_disabled()
    third.press("Space")
    read.press("Space")
    on.press("Enter")
    expect(page.get_by_text("2 are on")).to_be_visible()
    items = admin.get("/api/processors")["items"]
    named = {item["contract"] for item in items if item["state"] == "on"}
    assert {"Contract with Mozilla", "Contract with Apple Inc."} <= named
    assert {item["name"]: item["state"] for item in items}["microsoft_push"] == "off"
    nothing_wrong(page)
    page.context.close()


@pytest.mark.prove
@pytest.mark.sqlite
def test_what_has_changed_stands_above_everything_until_somebody_looks(
    browser: Browser, own_server: Server
) -> None:
    """1.8c: an administrator is told wherever they are; an agent can do nothing about it."""
    shop = open_shop(own_server)
    switch_on(shop.admin, "mozilla_push")
    pages = [console_of(browser, who) for who in (shop.admin, shop.arta)]
    mozilla = "Mozilla Push Service (autopush)"
    names = f"Firebase Cloud Messaging, {mozilla}"
    told = f"Nothing goes to {names}: they have changed since you switched them on."
    for page in pages:
        expect(page.get_by_role("navigation").first).to_be_visible()
        expect(page.get_by_text(told)).to_have_count(0)
    own_server.stop()
    with closing(apsw.Connection(str(own_server.data / "silkroad.db"))) as file:
        file.execute("UPDATE engagements SET facts = 'as it was' WHERE ended_at IS NULL")
    own_server.start()
    admin, agent = pages
    for page in pages:
        page.reload()
        expect(page.get_by_role("navigation").first).to_be_visible()
    expect(admin.get_by_text(told)).to_be_visible()
    admin.set_viewport_size({"width": 360, "height": 740})
    picture(admin, "third-party-changed")
    assert admin.evaluate("document.documentElement.scrollWidth") <= 360
    expect(agent.get_by_text(told)).to_have_count(0)
    admin.get_by_role("link", name="Have a look").press("Enter")
    line = admin.get_by_role("listitem").filter(has_text="Firebase Cloud Messaging")
    expect(line).to_contain_text("Changed since you enabled it")
    switch_on(shop.admin, "google_push")
    expect(admin.get_by_text(f"Nothing goes to {mozilla}: it has changed since")).to_be_visible()
    expect(admin.get_by_text(told)).to_have_count(0)
    switch_on(shop.admin, "mozilla_push")
    expect(admin.get_by_text("Nothing goes to")).to_have_count(0)
    for page in pages:
        page.context.close()


@pytest.mark.prove
def test_it_is_no_page_for_agents(browser: Browser, shop: Shop) -> None:
    page = console_of(browser, shop.arta)
    page.goto(f"{shop.server.origin}/settings/third-parties")
    expect(page.get_by_text("Only administrators can change this")).to_be_visible()
    expect(page.get_by_role("link", name="Third parties")).to_have_count(0)
    nothing_wrong(page)
    page.context.close()
