"""Section 8.0: every version of the notice that was ever shown stays readable, and unchanged."""

from __future__ import annotations

import json
import re
from html import escape, unescape

import httpx2
import pytest
from playwright.sync_api import expect

from silkroad import parts
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.policy.facts import Facts, version
from silkroad.privacy.policy.jsonld import BASES, PURPOSES, SOURCES, SUBJECTS
from silkroad.privacy.policy.model import overview
from silkroad.privacy.processors import PROCESSORS
from tests.attacks import stored
from tests.cast import Shop, open_shop
from tests.harness.browser import chromium, nothing_wrong, watched
from tests.harness.server import Server
from tests.installation.operator import operator, succeed
from tests.privacy.test_policy_page import Operator

NAMED = re.compile(r"<footer><p>[^<]*<code>([0-9a-f]{32})</code>")


def read(server: Server, query: str = "") -> httpx2.Response:
    return httpx2.get(f"{server.origin}/privacy{query}")


def name_of(answer: httpx2.Response) -> str:
    found = NAMED.search(answer.text)
    assert found, answer.text[-2000:]
    return found[1]


def main(answer: httpx2.Response) -> str:
    return answer.text.partition("<main>")[2].partition("</main>")[0]


def rename(server: Server, name: str) -> None:
    succeed(operator(server), name=name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_version_is_read_as_it_was(own_server: Server, language: Language) -> None:
    before = read(own_server, f"?language={language}")
    rename(own_server, "Birch Hosting")
    now = read(own_server, f"?language={language}")
    assert name_of(now) != name_of(before)
    assert "Linden Hosting" not in main(now)
    assert f'href="?version={name_of(before)}"' in now.text
    own_server.kill()
    own_server.start()
    old = read(own_server, f"?version={name_of(before)}")
    assert (old.status_code, old.headers["content-language"]) == (200, language)
    assert main(old) == main(before)
    assert name_of(old) == name_of(before)
    assert '<p class="old" role="note">' in old.text
    assert '<p class="old"' not in now.text
    assert read(own_server, f"?version={name_of(now)}").text == now.text


def test_what_comes_back_into_force_is_no_old_version(own_server: Server) -> None:
    first = name_of(read(own_server))
    rename(own_server, "Birch Hosting")
    second = name_of(read(own_server))
    rename(own_server, "Linden Hosting")
    again = read(own_server)
    assert name_of(again) == first
    assert '<p class="old"' not in again.text
    assert '<p class="old"' in read(own_server, f"?version={second}").text
    rows = stored.all_of(own_server, "notice_versions")
    versions = [row["hash"] for row in rows if row["language"] == "en"]
    assert sorted(versions) == sorted({first, second}), "each is kept once"


@pytest.mark.parametrize("wrong", ["0" * 32, "x", "../etc", "x" * 3000])
def test_what_was_never_shown_is_not_there(server: Server, wrong: str) -> None:
    answer = read(server, f"?version={wrong}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_kept_version_lies_sealed(own_server: Server) -> None:
    read(own_server)
    rows = stored.all_of(own_server, "notice_versions")
    assert len(rows) == len(LANGUAGES)
    assert all(b"Linden" not in row["text"] for row in rows)


def test_the_hash_is_over_facts_and_words() -> None:
    """The same facts and words have the same name; any other fact or word gives another."""
    known = overview(parts.EVERYTHING)
    one = version("en", Facts(Operator("Linden"), known, []))
    assert one == version("en", Facts(Operator("Linden"), overview(parts.EVERYTHING), []))
    fewer = known | {"invitee": []}
    others = {
        version("sq", Facts(Operator("Linden"), known, [])),
        version("en", Facts(Operator("Birch"), known, [])),
        version("en", Facts(Operator("Linden", "Street 1"), known, [])),
        version("en", Facts(Operator("Linden"), fewer, [])),
    }
    assert len({one, *others}) == 1 + len(others) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_machines_read_the_same_facts(server: Server, language: Language) -> None:
    address = f"{server.origin}/privacy.jsonld?language={language}"
    answer = httpx2.get(address)
    assert answer.headers["content-type"].startswith("application/ld+json")
    assert answer.content == httpx2.get(address).content, "deterministic"
    found = json.loads(answer.content)
    page = read(server, f"?language={language}")
    assert found["@type"] == "dpv:PrivacyNotice"
    assert found["dct:identifier"] == name_of(page)
    assert httpx2.get(found["@id"]).status_code == 200
    assert {one["@id"] for one in found["dpv:hasRecipient"]} == {
        f"#{entry.name}" for entry in PROCESSORS.values() if entry.kind != "kept"
    }
    known = {
        f"#{subject}-{entry.data}"
        for subject, entries in overview(parts.EVERYTHING).items()
        for entry in entries
    }
    assert {one["@id"] for one in found["dpv:hasProcess"]} == known
    device = next(one for one in found["dpv:hasProcess"] if one["@id"] == "#visitor-DEV")
    assert "#google_push" in device["dpv:hasRecipient"]
    message = next(one for one in found["dpv:hasProcess"] if one["@id"] == "#visitor-MSG")
    assert "dpv:hasRecipient" not in message
    for one in (*found["dpv:hasProcess"], *found["dpv:hasRecipient"]):
        assert all(value not in ("", [], None) for value in one.values()), one


def test_the_vocabulary_has_a_term_for_everything_that_is_declared() -> None:
    entries = [entry for found in overview(parts.EVERYTHING).values() for entry in found]
    assert {purpose for entry in entries for purpose in entry.purposes} <= set(PURPOSES)
    assert {basis for entry in entries for basis in entry.bases} <= set(BASES)
    assert {source for entry in entries for source in entry.sources} == set(SOURCES)
    assert set(overview(parts.EVERYTHING)) <= set(SUBJECTS)


def test_it_prints_without_what_only_a_screen_needs(server: Server) -> None:
    with chromium() as browser:
        page = watched(browser.new_page())
        page.goto(f"{server.origin}/privacy?language=en")
        expect(page.get_by_role("navigation")).to_be_visible()
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.get_by_role("navigation")).to_be_hidden()
        shade = page.evaluate("getComputedStyle(document.body).color")
        assert shade == "rgb(27, 30, 28)", "dark words on white paper, whatever the screen was"
        assert unescape("Firebase Cloud Messaging") in page.content()
        nothing_wrong(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chats_short_notice_is_read_as_it_was(own_server: Server, language: Language) -> None:
    shop = open_shop(own_server)
    page = f"{own_server.origin}/privacy/notice?inbox={shop.inbox['id']}&language={language}"
    visitor = shop.visitor()
    accepted = visitor.get(visitor.path(f"?language={language}"))["notice"]
    visitor.accept_notice(language)
    assert accepted["hash"] in httpx2.get(page).text
    succeed(operator(own_server), name="Birch & Hosting")
    own_server.kill()
    own_server.start()
    answer = httpx2.get(page)
    assert (answer.status_code, answer.headers["content-language"]) == (200, language)
    now, _, before = answer.text.partition(f'<section id="{accepted["hash"]}">')
    for line in accepted["lines"]:
        assert f"<h3>{escape(line['name'])}</h3><p>{escape(line['text'])}</p>" in before
    assert "Birch &amp; Hosting" in now and "Linden Hosting" not in now
    assert now.count("<code>") == 0, "nobody was shown this one yet"
    other = open_shop(own_server, "Rival Tea")
    theirs = httpx2.get(page.replace(shop.inbox["id"], other.inbox["id"])).text
    assert accepted["hash"] not in theirs
    assert httpx2.get(page.replace(shop.inbox["id"], "inb_nobodys")).status_code == 404


def test_the_way_to_it_is_where_people_ask(shop: Shop) -> None:
    contact = httpx2.get(f"{shop.server.origin}/privacy/contact?inbox={shop.inbox['id']}").text
    (way,) = re.findall(r'href="(/privacy/notice\?[^"]+)"', contact)
    assert httpx2.get(f"{shop.server.origin}{unescape(way)}").status_code == 200
    general = httpx2.get(f"{shop.server.origin}/privacy/contact").text
    assert "/privacy/notice" not in general
