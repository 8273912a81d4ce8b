"""Clause 6.3b: a withdrawal counts also while its purpose is asked for anew (8.0b).

Whoever had the page open before has their switch before them still, and presses it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import (
    VisitorOf,
    answer,
    open_shop,
    question,
    receipt,
    says_yes,
    set_up,
    takes_back,
)
from tests.clauses.campaigns import may_speak, news, no_grants, updated
from tests.clauses.section_4_3.board import Board, begin, draft, meet, report
from tests.faults.below import below
from tests.harness.people import Person
from tests.harness.server import Server


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("midway") / "data") as running:
        set_up(running)
        yield running


@pytest.fixture
def board(seeded: Server) -> Board:
    return meet(open_shop(seeded))


def events(person: Person, purpose: str = "microphone") -> list[str]:
    return [one["event"] for one in receipt(person)["records"] if one["purpose"] == purpose]


@pytest.mark.parametrize("who", ["member", "visitor"])
def test_what_is_taken_back_in_the_middle_of_a_campaign_is_taken_back(
    board: Board, who: str
) -> None:
    person: Person = board.shop.arta if who == "member" else board.mira
    says_yes(person, "microphone")
    updated(board.server, no_grants)
    (told,) = news(person)
    assert told["asked"] == ["microphone"]
    for _ in range(2):
        takes_back(person, "microphone")
        assert events(person) == ["given", "superseded", "withdrawn"]
    assert question(person, "microphone")["state"] == "withdrawn"
    assert news(person)[0]["asked"] == [], "who has said no is not asked again"
    board.server.rest()
    assert events(person) == ["given", "superseded", "withdrawn"], "also when the ledger follows"
    assert may_speak(person) == 403
    says_yes(person, "microphone")
    assert may_speak(person) == 200, "and may change their mind"


def test_a_yes_that_stands_is_taken_back_whatever_the_clock_said_of_a_no(board: Board) -> None:
    """Where a clock went back, or another node's is ahead, a no before it lies behind it."""
    mira = board.mira
    answer(mira, "wake_up", "refused")
    says_yes(mira, "wake_up", recipient="Google")
    late = "UPDATE consent_records SET at = at + 60000 WHERE event = 'refused'"
    board.server.stop()
    below(board.server, late)
    board.server.start()
    assert question(mira)["state"] == "given"
    takes_back(mira, "wake_up")
    assert question(mira)["state"] == "withdrawn"


def test_it_reaches_every_recipient_behind_a_question_on_the_screen(board: Board) -> None:
    says_yes(board.mira, "wake_up", recipient="Google")
    board.shop.admin.delete("/api/processors/google_push")
    rejoin(board)
    answer(board.mira, "wake_up", "requested")
    assert news(board.mira)[0]["asked"] == ["wake_up"]
    takes_back(board.mira, "wake_up")
    (last,) = receipt(board.mira)["records"][-1:]
    assert (last["event"], last["recipient"]) == ("withdrawn", "Google")
    assert question(board.mira)["state"] == "withdrawn"
    assert news(board.mira)[0]["asked"] == []


def rejoin(board: Board) -> None:
    """Let a third party join again, which asks everybody anew."""
    items = board.shop.admin.get("/api/processors?language=en")["items"]
    shown = next(one for one in items if one["name"] == "google_push")["notice_hash"]
    given = {"notice_hash": shown, "language": "en", "contract": "Terms of 2026"}
    board.shop.admin.put("/api/processors/google_push", given)
    board.server.rest()


def test_no_exception_opens_over_it(board: Board) -> None:
    """As it opens over no withdrawal when there is no campaign."""
    mira, noor = board.mira, board.noor
    for visitor in (mira, noor):
        says_yes(visitor, "microphone")
        begin(board, draft("EX05", visitor, purpose="microphone", data=["REC"]))
    takes_back(noor, "microphone")
    updated(board.server, no_grants)
    assert may_speak(mira) == 200, "until she says no it stands in for the missing answer"
    asked = report(board.third)
    takes_back(mira, "microphone")
    assert [may_speak(visitor) for visitor in (mira, noor)] == [403, 403]
    answer(mira, "microphone", "requested")
    assert may_speak(mira) == 403, "a question on the screen is no yes"
    assert report(board.third) == asked


def test_who_answers_the_new_question_with_no_has_refused_it(board: Board) -> None:
    mira: VisitorOf = board.mira
    says_yes(mira, "microphone")
    updated(board.server, no_grants)
    answer(mira, "microphone", "refused")
    takes_back(mira, "microphone")
    assert events(mira) == ["given", "superseded", "refused"]
