"""Clauses 6.3a and 8.0b: a yes is to the details that rested on it, and to no further one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from silkroad.parts import DECLARATIONS
from silkroad.privacy import consent
from silkroad.privacy.consent.model import Recorded, terms_of
from tests.cast import open_shop, question, receipt, says_yes, takes_back
from tests.clauses.campaigns import may_speak, news
from tests.harness.people import Person
from tests.harness.server import Server
from tests.harness.wider import PLANTED


@pytest.fixture
def planted() -> Iterator[None]:
    """Let the program keep one more detail on a consent to the microphone."""
    consent.learn([*DECLARATIONS, PLANTED])
    yield
    consent.learn(DECLARATIONS)


def terms() -> dict[Recorded, str]:
    return {purpose: terms_of(purpose) for purpose in get_args(Recorded)}


def test_a_further_detail_is_another_thing_to_agree_to(request: pytest.FixtureRequest) -> None:
    before = terms()
    consent.learn(reversed(DECLARATIONS))
    assert terms() == before, "whatever their order is"
    request.getfixturevalue("planted")
    after = terms()
    assert {purpose for purpose in before if after[purpose] != before[purpose]} == {"microphone"}


def test_what_rests_on_another_ground_is_none_of_it() -> None:
    before = terms()
    others = [
        {
            table: {name: column for name, column in columns.items() if column.basis == "consent"}
            for table, columns in module.items()
        }
        for module in DECLARATIONS
    ]
    consent.learn(others)
    found = terms()
    consent.learn(DECLARATIONS)
    assert found == before


def test_whoever_agreed_before_it_is_asked_again(own_server: Server) -> None:
    """On a server that begins with it, whether or not there is a campaign about it."""
    shop = open_shop(own_server)
    mira, _ = shop.asks("Is it organic?")
    people: list[Person] = [shop.arta, mira]
    for person in people:
        for device in ("microphone", "camera"):
            says_yes(person, device)
    read = question(mira, "microphone")["notice"]["hash"]
    assert own_server.stop() == 0
    own_server.program = ("tests.harness.wider",)
    own_server.start()
    for person in people:
        assert news(person) == []
        assert [may_speak(person, device) for device in ("microphone", "camera")] == [403, 200]
        assert question(person, "microphone")["state"] == "expired"
        assert question(person, "microphone")["notice"]["hash"] != read
    takes_back(mira, "microphone")
    assert receipt(mira)["records"][-1]["event"] == "withdrawn"
    for person in people:
        assert says_yes(person, "microphone")["state"] == "given"
        assert may_speak(person) == 200
