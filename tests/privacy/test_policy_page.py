"""Anybody reads the policy: logged out, in their language, on a phone. Clauses P.2, 3.6, 9a."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.policy.facts import Facts
from silkroad.privacy.policy.facts import version as version_of
from silkroad.privacy.policy.model import Listed
from silkroad.privacy.policy.page import html, text
from silkroad.privacy.policy.phrases import WORDS
from tests.cast import CONTROLLER, Shop
from tests.harness.browser import chromium, nothing_wrong, watched
from tests.harness.server import Server

VERSION = re.compile(r"<footer><p>[^<]*<code>([0-9a-f]{32})</code>")


class Operator:
    """Somebody who answers for an installation, with these words."""

    def __init__(self, name: str, address: str | None = None) -> None:
        self.name, self.address = name, address
        self.contact_email, self.contact_phone = "privacy@linden.example", "+38344123456"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_reads_it_in_their_language(server: Server, language: Language) -> None:
    answer = read(server, f"?language={language}")
    words = WORDS[language]
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    for title in (words.lead.title, words.rights.title, *words.subjects.values()):
        assert title in unescape(answer.text)
    assert str(CONTROLLER["name"]) in answer.text
    assert f'href="mailto:{CONTROLLER["contact_email"]}"' in answer.text
    assert not re.search(r"\{\w+\}", answer.text)


def test_without_a_wish_the_browser_decides(server: Server) -> None:
    accepted = {"Accept-Language": "sq-XK, zh;q=0.5"}
    assert read(server, headers=accepted).headers["content-language"] == "sq"
    assert read(server, "?language=zh-CN", accepted).headers["content-language"] == "zh-CN"
    assert read(server, "?language=tlh", accepted).headers["content-language"] == "sq"
    assert read(server, "?language=" + "x" * 4000).headers["content-language"] == "en"


def test_it_sets_no_cookie_runs_no_script_and_lets_nobody_frame_it(server: Server) -> None:
    answer = read(server)
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    style = httpx2.get(f"{server.origin}/privacy.css")
    assert style.headers["content-type"].startswith("text/css")
    assert not re.search(r"url\(|@import", style.text)


def test_it_names_the_limits_as_well(server: Server) -> None:
    text = read(server, "?language=en").text
    assert "No measure is flawless." in text
    assert "It is not end-to-end encryption" in text
    assert "Erasing by the clock comes with a later version." in text
    assert "fcm.googleapis.com" in text
    assert "__Host-silkroad-visitor-" in text


def test_the_notice_in_the_widget_leads_to_it(shop: Shop) -> None:
    visitor = shop.visitor()
    notice = visitor.get(visitor.path("?language=sq"))["notice"]
    assert notice["policy_url"] == f"{shop.server.origin}/privacy"
    assert httpx2.get(notice["policy_url"]).status_code == 200


def test_its_version_names_its_text(server: Server) -> None:
    versions = {language: version(read(server, f"?language={language}")) for language in LANGUAGES}
    assert len(set(versions.values())) == len(LANGUAGES)
    assert version(read(server, "?language=en")) == versions["en"]
    assert named("Linden") == named("Linden")
    assert named("Linden") != named("Birch")


def test_an_operators_name_stays_text() -> None:
    who = Operator("<script>alert(1)</script>", 'Street "1" <b>')
    shown = Listed("0" * 32, 0)
    page = html("en", who, text("en", Facts(who, {}, [])), shown, [shown])
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_before_the_set_up_nobody_answers_for_it(tmp_path: Path) -> None:
    fresh = Server(tmp_path / "data")
    answer = read(fresh)
    fresh.stop()
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "setup_required"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_by_day_and_by_night(server: Server, browser: Browser, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="sq-AL",
    )
    page = watched(context.new_page())
    page.goto(f"{server.origin}/privacy")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["sq"].lead.title)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shade = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert shade == ("rgb(18, 20, 19)" if scheme == "dark" else "rgb(247, 246, 243)")
    page.get_by_role("link", name="简体中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["zh-CN"].lead.title)
    assert context.cookies() == []
    nothing_wrong(page)
    context.close()


def read(server: Server, query: str = "", headers: dict[str, str] | None = None) -> httpx2.Response:
    return httpx2.get(f"{server.origin}/privacy{query}", headers=headers)


def named(operator: str) -> str:
    return version_of("en", Facts(Operator(operator), {}, []))


def version(answer: httpx2.Response) -> str:
    found = VERSION.search(answer.text)
    assert found
    return found[1]
