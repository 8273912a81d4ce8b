"""Clauses 6.3, 7a, 9b: what somebody agreed to can be read when the question has other words."""

from __future__ import annotations

from html import escape

import httpx2
import pytest

from tests.cast import (
    Shop,
    VisitorOf,
    answer,
    open_shop,
    question,
    receipt,
    says_yes,
    takes_back,
)
from tests.clauses.persons import agree, waiting
from tests.clauses.test_section_7 import aged
from tests.harness.people import Json, Person
from tests.harness.reworded import NEWLY
from tests.harness.server import Server
from tests.installation.operator import operator
from tests.privacy.letters import letter, prove, read_above, requests_of


def reworded(server: Server) -> None:
    """Start the server in a version that asks in other words."""
    assert server.stop() == 0
    server.program = ("tests.harness.reworded",)
    server.start()


def paragraphs(notice: Json) -> list[str]:
    return [notice[part] for part in ("title", "why", "data", "recipients", "kept", "withdrawal")]


def page_of(shop: Shop, name: str) -> httpx2.Response:
    """Read a text of this company by its hash, as anybody can."""
    inbox = shop.inbox["id"]
    return httpx2.get(f"{shop.server.origin}/privacy/notice?inbox={inbox}&version={name}")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("member", "given"),
        ("visitor", "refused"),
        pytest.param("member", "refused", marks=pytest.mark.prove),
        pytest.param("visitor", "given", marks=pytest.mark.prove),
    ],
)
def test_the_question_is_kept_with_its_answer(own_server: Server, who: str, said: str) -> None:
    shop = open_shop(own_server)
    person: Person = shop.arta if who == "member" else shop.asks("Is it organic?")[0]
    read = question(person, "microphone", "sq")["notice"]
    answer(person, "microphone", said, "sq")
    reworded(own_server)
    now = question(person, "microphone", "sq")["notice"]
    assert now["withdrawal"] == NEWLY + read["withdrawal"] and now["hash"] != read["hash"]
    if said == "given":
        takes_back(person, "microphone")
    shown = receipt(person)
    assert {record["notice_hash"] for record in shown["records"]} == {read["hash"]}
    (kept,) = shown["texts"]
    assert (kept["hash"], kept["language"]) == (read["hash"], "sq")
    assert kept["text"].split("\n") == paragraphs(read)
    assert kept["text"] in shown["text"]
    page = page_of(shop, read["hash"])
    assert (page.status_code, page.headers["content-language"]) == (200, "sq")
    assert all(escape(paragraph) in page.text for paragraph in paragraphs(read))
    assert NEWLY not in page.text
    says_yes(person, "microphone", "sq")
    assert [one["hash"] for one in receipt(person)["texts"]] == [read["hash"], now["hash"]]


def test_a_question_is_no_version_of_the_notice(shop: Shop) -> None:
    mira, _ = shop.asks("Is it organic?")
    says_yes(mira, "microphone")
    name = question(mira, "microphone")["notice"]["hash"]
    assert name in page_of(shop, name).text
    assert name not in page_of(shop, "").text
    short = mira.get(mira.path())["notice"]
    alone = page_of(shop, short["hash"]).text
    assert all(escape(line["text"]) in alone for line in short["lines"])
    assert "# " not in alone, "its headings are headings"
    other = open_shop(shop.server, "Rival Tea")
    assert page_of(other, name).status_code == 404
    assert page_of(shop, "0" * 32).status_code == 404


def test_what_a_guardian_agreed_to_is_in_the_childs_receipt(own_server: Server) -> None:
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child: VisitorOf = shop.visitor("Lis")
    token = waiting(child, aged(10))
    read = read_above(own_server, token, "consent")
    agree(shop, token, "I agree. Call me on Monday.")
    reworded(own_server)
    (kept,) = receipt(child)["texts"]
    assert kept["hash"] == read
    assert "wants to write to Linden Tea in the chat" in kept["text"]
    assert NEWLY not in kept["text"] and "Call me" not in kept["text"]
    assert escape("how Linden Tea can check it") in page_of(shop, read).text


@pytest.mark.parametrize("to", ["company", pytest.param("installation", marks=pytest.mark.prove)])
def test_what_was_said_of_a_proof_is_read_by_its_hash(own_server: Server, to: str) -> None:
    shop = open_shop(own_server)
    boss: Person = shop.admin
    token = letter(own_server, shop.inbox["id"] if to == "company" else "", "Mine?")["token"]
    if to == "installation":
        boss = operator(own_server)
    (request,) = requests_of(boss)
    boss.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
    read = read_above(own_server, token, "prove")
    prove(own_server, token, "Tea on Monday")
    reworded(own_server)
    if to == "company":
        page = page_of(shop, read)
    else:
        page = httpx2.get(f"{own_server.origin}/privacy?version={read}")
    assert page.status_code == 200
    assert "For example your customer number" in page.text
    assert NEWLY not in page.text and "Tea on Monday" not in page.text
