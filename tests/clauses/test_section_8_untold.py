"""Clause 8.0b where nobody consents: what has changed gravely goes on for whoever was told of it.

What rests on consent is closed until somebody chooses; see ``test_section_8``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Member, VisitorOf, open_shop, says_yes, set_up
from tests.clauses.campaigns import (
    Edit,
    hears_of_it,
    line_of,
    mark,
    may_speak,
    news,
    no_contacts,
    updated,
    without,
    writes,
)
from tests.clauses.persons import waiting
from tests.clauses.test_section_7 import WORDS, aged
from tests.harness.people import Json, Refused, client_id
from tests.harness.server import Server
from tests.privacy.letters import consent, page_under, read_above, seen

UNTOLD = (428, "changes_unread")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose people can be made to have been told another record."""
    with Server(tmp_path_factory.mktemp("untold") / "data") as running:
        set_up(running)
        yield running


def another(purpose: str, **cells: Json) -> Edit:
    """Before, this stood in a purpose's line."""
    return lambda record: line_of(record, purpose).update(cells)


def another_period_of_one_detail(record: dict[str, Any]) -> None:
    detail = next(one for one in record["details"] if one["name"] == "messages.body")
    detail["kept"] = "a day"


CHANGES: dict[str, Edit] = {
    "a new kind of data": no_contacts,
    "a new legal ground": another("conversation", grounds=["legitimate_interest"]),
    "a longer period": another("conversation", kept=["a day"]),
    "of one detail": another_period_of_one_detail,
    "another controller": another("conversation", controllers=["operator"]),
    "other people": another("conversation", subjects=["visitor"]),
}


def answers(member: Member, talk: str) -> tuple[int, str]:
    body = {"client_id": client_id(), "text": "Yes, it is."}
    answer = member.ask("POST", f"/api/conversations/{talk}/messages", body)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize("before", CHANGES.values(), ids=CHANGES)
def test_what_has_changed_gravely_goes_on_when_somebody_was_told(
    seeded: Server, before: Edit
) -> None:
    shop = open_shop(seeded)
    mira, talk = shop.asks("Is the jasmine tea organic?")
    updated(seeded, before)
    line = mira.line()
    assert writes(mira) == UNTOLD
    assert line.send(talk, "Hello?")["code"] == "changes_unread"
    assert answers(shop.arta, talk) == UNTOLD
    for path in ("/api/conversations", f"/api/conversations/{talk}/messages"):
        assert shop.arta.get(path)["items"], "what is one's own, one may see"
    seen = mira.get(mira.path("/messages"))["items"]
    assert [one["text"] for one in seen] == ["Is the jasmine tea organic?"]
    hears_of_it(shop.arta)
    assert answers(shop.arta, talk) == (200, ""), "who is absent is answered all the same"
    assert writes(mira) == UNTOLD
    mira.accept_notice()
    assert writes(mira) == UNTOLD, "to come in is not to be told"
    hears_of_it(mira)
    assert writes(mira) == (200, "")
    assert line.send(talk, "From the line that was open all the time")["t"] == "ack"
    line.close()
    late, _ = shop.asks("And I?", "Ana")
    assert writes(late) == (200, ""), "who came after it has read the new notice"


def test_the_rest_goes_on(seeded: Server) -> None:
    """Another purpose is not touched, and nobody is kept from going."""
    shop = open_shop(seeded)
    says_yes(shop.arta, "microphone")
    mira, talk = shop.asks("Is the jasmine tea organic?")
    updated(seeded, another("teamwork", grounds=["legitimate_interest"]))
    refused = shop.arta.ask("PATCH", "/api/me", {"name": "Arta B."})
    assert (refused.status_code, refused.json()["code"]) == UNTOLD
    assert writes(mira) == answers(shop.arta, talk) == (200, "")
    assert may_speak(shop.arta) == 200
    hears_of_it(shop.arta)
    shop.arta.patch("/api/me", {"name": "Arta B."})
    assert shop.wei.ask("DELETE", "/api/me/membership").status_code == 200, "untold, but free to go"


def test_who_has_to_say_their_age_is_told_all_the_same(seeded: Server) -> None:
    """A later detail about a child waits for that, and it costs neither an age nor a guardian."""
    child = asking(seeded)
    updated(seeded, without("wards.birth_date"))
    newest = max(news(child), key=lambda one: one["text"]["opened_at"])["text"]
    assert newest["weight"] == "major"
    assert newest["lines"][0].startswith("Something sensitive is now used to answer your question")
    assert newest["lines"][0].endswith(": Age and guardians.")
    assert child.get(child.path())["held"] == "birth_date_required"
    with pytest.raises(Refused, match="changes_unread"):
        waiting(child, aged(10))
    hears_of_it(child)
    assert waiting(child, aged(10))


def test_a_guardians_link_stores_nothing_of_which_the_child_was_not_told(seeded: Server) -> None:
    child = asking(seeded)
    token = waiting(child, aged(10))
    updated(seeded, without("wards.consent"))
    with pytest.raises(Refused, match="changes_unread"):
        consent(seeded, token, WORDS)
    read = read_above(seeded, token, "consent")
    page = page_under(seeded, token, act="consent", notice_hash=read, **WORDS)
    assert "The child has to open the chat and see it first" in page
    assert [word for word in ("Shpresa", "4711") if word not in page] == [], "nothing is lost"
    assert child.get(child.path())["held"] == "guardian_required"
    for told in news(child):
        mark(child, told, "read")
    assert news(child) == []
    consent(seeded, token, WORDS)
    assert seen(seeded, token)["guardian"] == "claimed"


def asking(server: Server) -> VisitorOf:
    """Let a company ask for birth dates whose visitor was there before."""
    shop = open_shop(server)
    child = shop.visitor("Lis")
    child.accept_notice()
    shop.admin.put("/api/age-gate", {"asks": True})
    return child


@pytest.mark.parametrize("purpose", ["registration", "authentication", "security", "rights"])
def test_what_is_needed_to_be_told_closes_for_nobody(seeded: Server, purpose: str) -> None:
    shop = open_shop(seeded)
    mira, talk = shop.asks("Is the jasmine tea organic?")
    updated(seeded, another(purpose, grounds=["consent"]))
    assert news(mira)[0]["text"]["weight"] == "major"
    line = shop.arta.socket()
    assert line.send(talk, "Yes, it is.")["t"] == "ack"
    line.close()
    shop.arta.patch("/api/me", {"name": "Arta B."})
    assert writes(mira) == (200, "")
