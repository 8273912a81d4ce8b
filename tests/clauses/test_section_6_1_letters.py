"""Clause 6.1a: a copy has the letters to the privacy contact as well, each its own writer's."""

from __future__ import annotations

import json

import pytest

from silkroad.kit.languages import LANGUAGES
from silkroad.privacy.copies.phrases import WORDS as COPY_WORDS
from tests.cast import Shop, VisitorOf
from tests.harness.people import Person
from tests.privacy.letters import letter, reply, requests_of

from .persons import child_of, copied, lines, text_of

COPY = "/api/contact/copy"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_wrote_to_the_contact_is_in_their_copy(shop: Shop, language: str) -> None:
    mine, other = started(shop), started(shop)
    first = letter(
        shop.server,
        shop.inbox["id"],
        "Who reads <this>?",
        "complaint",
        mine,
        reach="m@mail.example",
    )
    letter(shop.server, shop.inbox["id"], "Somebody else's", "complaint", other)
    letter(shop.server, shop.inbox["id"], "A stranger's", "complaint")
    answered = next(r for r in requests_of(shop.admin) if r["reference"] == first["reference"])
    shop.admin.post(f"/api/requests/{answered['id']}/answers", {"text": "Two of us"})
    asked = letter(shop.server, shop.inbox["id"], "All of it, please", "access", mine)
    wish = {"token": asked["token"], "language": language}
    (mine_now,) = (r for r in requests_of(shop.admin) if r["kind"] == "access")
    for by, path in (
        (Person(shop.server, "Mira"), COPY),
        (shop.admin, f"/api/requests/{mine_now['id']}/copies"),
    ):
        copy = copied(by, path, wish if path == COPY else {"language": language})
        found = {row["reference"]: row for row in lines(copy, "contact_requests")}
        assert set(found) == {first["reference"], asked["reference"]}
        said = [(m["author"], m["text"]) for m in found[first["reference"]]["messages"]]
        assert said == [("person", "Who reads <this>?"), ("team", "Two of us")]
        assert found[first["reference"]]["reach"] == "m@mail.example"
        told = text_of(copy)
        assert "Somebody else's" not in told and "A stranger's" not in told
        assert shop.admin.member_id not in str(found), "who answered is nobody's to hand on"
        about = json.loads(copy.read("about.json"))["people"]
        assert [people["contact_requests"] for people in about.values()] == [2]
        page = copy.read("index.html").decode()
        title = next(w for w in COPY_WORDS.values() if w.language == language)
        assert title.tables["contact_requests"] in page
        assert "Who reads &lt;this&gt;?" in page and "Two of us" in page


def test_a_guardians_letters_are_in_no_copy_of_the_childs(shop: Shop) -> None:
    shop.admin.put("/api/age-gate", {"asks": True})
    child, token = child_of(shop)
    reply(shop.server, token, "Between us: he is adopted")
    asked = letter(shop.server, shop.inbox["id"], "And mine?", "access", child.visitor)
    for wish in (token, asked["token"]):
        copy = copied(Person(shop.server, "S"), COPY, {"token": wish, "language": "en"})
        (only,) = lines(copy, "contact_requests")
        assert [message["text"] for message in only["messages"]] == ["And mine?"]
        assert "adopted" not in text_of(copy)


def started(shop: Shop) -> VisitorOf:
    visitor = shop.visitor("Mira")
    visitor.accept_notice()
    return visitor
