"""Whatever joins what is stored is read in the notice by its name, and by machines. P.1, 8.0, 8.1.

Columns are planted among those that are declared already, of a kind and for a purpose that people
have: all that the entry says in words stays as it was, so only its details can tell.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import expect

from silkroad.kit.inventory import Column, Declarations, Sensitivity
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.parts import EVERYTHING
from silkroad.privacy.policy.facts import Facts, version
from silkroad.privacy.policy.jsonld import document
from silkroad.privacy.policy.model import overview
from silkroad.privacy.policy.page import text
from silkroad.privacy.policy.phrases import WORDS
from tests.depth import HERE, by_depth
from tests.harness.browser import chromium, nothing_wrong, picture, watched
from tests.harness.server import Server
from tests.privacy.test_policy_page import Operator

ORIGIN = "https://chat.example"
NAME = next(module["visitors"]["name"] for module in EVERYTHING if "visitors" in module)
DETAIL = re.compile(r"<code>([^<]+)</code>(?: <em>([^<]+)</em>)?")


def planted(column: str, sensitivity: Sensitivity) -> Declarations:
    """Return another column beside the visitors' names, with all that is declared of those."""
    return {"visitors": {column: replace(NAME, sensitivity=sensitivity)}}


def facts(*more: Declarations) -> Facts:
    return Facts(Operator("Linden"), overview([*EVERYTHING, *more]), [])


def card(language: Language, known: Facts, subject: str = "visitor", data: str = "CON") -> str:
    """Return what the page has of one kind of data about somebody."""
    of_them = text(language, known).partition(f'<h3 id="{subject}">')[2].partition("<h3")[0]
    name = f"<h4>{WORDS[language].data[data].name}</h4>"  # type: ignore[index]  # by its word
    found = [unescape(one) for one in of_them.split("<article>") if one.startswith(name)]
    assert len(found) == 1
    return found[0]


def marked(one: str) -> dict[str, str]:
    """Return the details of a card, each with its mark."""
    return dict(DETAIL.findall(one))


def machines(language: Language, known: Facts) -> dict[str, dict[str, Any]]:
    found = json.loads(document(language, known, version(language, known), ORIGIN))
    return {one["@id"]: one for one in found["dpv:hasProcess"]}


def labels(process: dict[str, Any]) -> dict[str, str]:
    """Return what a process is about: each kind and each detail, with its term."""
    return {one["rdfs:label"]: one["@type"] for one in process["dpv:hasPersonalData"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("column", "sensitivity"), [("address", "S2"), ("religion", "S3")])
def test_a_new_detail_changes_text_hash_and_what_machines_read(
    language: Language, column: str, sensitivity: Sensitivity
) -> None:
    words, name = WORDS[language], f"visitors.{column}"
    before, now = facts(), facts(planted(column, sensitivity))
    assert text(language, now) != text(language, before)
    assert version(language, now) != version(language, before)
    mark = words.labels.detail_sensitive if sensitivity == "S3" else ""
    was, joined = (marked(card(language, known)) for known in (before, now))
    assert joined == was | {name: mark}
    assert name not in was
    term = "dpv:SensitivePersonalData" if sensitivity == "S3" else "dpv:PersonalData"
    were, are = (labels(machines(language, known)["#visitor-CON"]) for known in (before, now))
    assert are == were | {name: term}
    assert name not in were


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_says_that_some_of_it_is_sensitive(language: Language) -> None:
    words = WORDS[language]
    line = f"<dt>{words.labels.sensitive}</dt><dd>"
    assert line not in card(language, facts())
    assert line not in card(language, facts(planted("address", "S2")))
    said = card(language, facts(planted("religion", "S3")))
    assert f"{line}{words.sensitive['part']}</dd>" in said
    of_children = card(language, facts(), data="MIN")
    assert f"{line}{words.sensitive['part']}</dd>" in of_children
    assert marked(of_children)["wards.birth_date"] == words.labels.detail_sensitive
    everything = {name: replace(NAME, sensitivity="S3") for name in ("name", "faith")}
    only = Facts(Operator("Linden"), overview([{"visitors": everything}]), [])
    assert f"{line}{words.sensitive['all']}</dd>" in card(language, only)


def test_what_lies_beyond_the_tables_is_on_the_list_too() -> None:
    words = WORDS["en"].labels
    job: Declarations = {"job SendWake": {"shoe_size": replace(NAME, sensitivity="S1")}}
    assert "job SendWake.shoe_size" in marked(card("en", facts(job)))
    sealed, _, clear = card("en", facts(), data="MSG").partition(f"<dt>{words.details_clear}</dt>")
    assert "messages.body" in marked(sealed)
    assert marked(clear).keys() >= {
        "browser widget/src/queue.ts.indexedDB",
        "memory privacy.copies.making._Person._contents",
    }


def test_the_order_of_modules_changes_nothing() -> None:
    other = [dict(reversed(module.items())) for module in EVERYTHING]
    one, again = facts(), Facts(Operator("Linden"), overview(other), [])
    for language in LANGUAGES:
        assert marked(card(language, one)) == marked(card(language, again))
        assert list(marked(card(language, one))) == list(marked(card(language, again)))


def test_a_detail_that_changes_its_class_or_its_seal_changes_the_version() -> None:
    def kept(column: Column) -> str:
        return version("en", facts({"visitors": {"mood": column}}))

    plain = replace(NAME, sensitivity="S1", sealed=False)
    assert len({kept(plain), kept(replace(plain, sealed=True)), kept(NAME)}) == 2
    assert kept(NAME) != kept(replace(NAME, sensitivity="S3"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_machines_read_of_encryption_only_where_there_is_some(language: Language) -> None:
    known, seals = facts(), WORDS[language].seals
    processes = machines(language, known)
    for subject, entries in known.overview.items():
        for entry in entries:
            process = processes[f"#{subject}-{entry.data}"]
            if entry.seal == "none":
                assert "dpv:hasTechnicalMeasure" not in process
                continue
            measure = process["dpv:hasTechnicalMeasure"]
            assert measure["@type"] == "dpv:EncryptionAtRest"
            assert measure["rdfs:label"] == seals[entry.seal]
            named = {one["@id"] for one in measure.get("dpv:hasPersonalData", [])}
            sealed = {f"#{one.name}".replace(" ", "%20") for one in entry.details if one.sealed}
            assert named == (sealed if entry.seal == "part" else set())
    assert {entry.seal for found in known.overview.values() for entry in found} == set(seals)
    assert seals["none"] not in json.dumps(processes, ensure_ascii=False)


@pytest.mark.parametrize("scheme", by_depth(["dark"], ["light", "dark"], ["light", "dark"]))
@pytest.mark.parametrize("language", HERE)
def test_the_details_are_folded_away_fit_a_phone_and_are_printed(
    server: Server, language: Language, scheme: Any
) -> None:
    with chromium() as browser:
        for width in (360, 1200):
            page = watched(
                browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            )
            page.goto(f"{server.origin}/privacy?language={language}")
            details = page.locator("article", has_text="wards.birth_date").first
            birth = details.get_by_text("wards.birth_date", exact=True)
            expect(birth).to_be_hidden()
            for summary in page.locator("article summary").all():
                summary.click()
            expect(birth).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            details.scroll_into_view_if_needed()
            picture(page, f"policy-details-{language}-{width}-{scheme}")
            for summary in page.locator("article summary").all():
                summary.click()
            expect(birth).to_be_hidden()
            page.emulate_media(media="print")
            expect(birth).to_be_visible()
            nothing_wrong(page)
