"""Clause 5.5: an authority gets what its request names, and only the register's entry opens it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from silkroad.kit.clock import DAY, HOUR
from tests.attacks.enterprise import ask
from tests.attacks.stored import all_of
from tests.attacks.words import Words
from tests.cast import Member, Shop, open_shop, sign_up
from tests.harness.people import Json, Refused
from tests.harness.server import Server

from .persons import Held, copied, fill, lines, text_of
from .section_4_3.board import GOOD, Board, approve, begin, draft, listed, meet, propose, report
from .verbs.gate import nothing_changes

WISH = {"language": "en"}


class Case(NamedTuple):
    """A board, and two visitors of whom everything is held; the authority asks for the first."""

    board: Board
    mira: Held
    noor: Held

    def draft(self, **changes: Json) -> Json:
        return draft("EX04", self.board.mira, **{"data": ["MSG", "FIL", "CON"], **changes})


def opened_case(shop: Shop) -> Case:
    board = meet(shop)
    return Case(board, *(fill(shop, who, Words()) for who in (board.mira, board.noor)))


@pytest.fixture
def case(shop: Shop) -> Case:
    return opened_case(shop)


def path(record: Json) -> str:
    return f"/api/exceptions/{record['id']}/copies"


def refused(by: Member, record: Json, code: str) -> None:
    with nothing_changes(by.server), pytest.raises(Refused, match=code):
        by.post(path(record), WISH)


def test_an_authority_gets_whom_its_request_names_and_what_it_reaches(case: Case) -> None:
    board = case.board
    record = begin(board, case.draft())
    ear = board.third.socket()
    copy = copied(board.first, path(record), WISH)
    told = text_of(copy)
    shown = {w for w in case.mira.words.secret if "endpoint" not in w}
    assert [word for word in sorted(shown) if word not in told] == []
    assert [word for word in case.noor.words.secret if word in told] == []
    assert case.noor.id not in told
    assert not {"data/devices.jsonl", "data/consents.jsonl"} & set(copy.namelist()), "not asked for"
    assert {row["conversation_id"] for row in lines(copy, "messages")} == {case.mira.conversation}
    uses = report(board.first)
    assert {(use["data"], use["subject_id"], use["asked"]) for use in uses} == {
        (data, case.mira.id, "exceptions.copies") for data in ("MSG", "FIL", "CON")
    }
    assert {use["actor_id"] for use in uses} == {board.first.member_id}
    audit = [e for e in all_of(board.server, "audit_entries") if e["target_id"] == record["id"]]
    assert [e["actor_id"] for e in audit if e["action"] == "exception.handed_over"] == [
        board.first.member_id
    ]
    assert ear.hear("changed")["what"] == "exceptions", "the company is told"
    copied(board.second, path(record), WISH)
    assert len(report(board.first)) == 2 * len(uses), "each download is a use"


def test_before_the_second_approval_nothing_is_made(case: Case) -> None:
    board = case.board
    record = propose(board.shop.admin, case.draft())
    refused(board.shop.admin, record, "not_approved")
    approve(board.first, record)
    refused(board.first, record, "not_approved")
    refused(board.third, record, "not_approved")
    assert report(board.first) == []


def test_after_its_end_nothing_is_made(own_server: Server) -> None:
    case = opened_case(open_shop(own_server))
    board = case.board
    board.first.put("/api/me/password", {"password": GOOD})
    ended, left = begin(board, case.draft()), begin(board, case.draft(expires_at=None) | soon(case))
    board.second.delete(f"/api/exceptions/{ended['id']}")
    refused(board.first, ended, "exception_over")
    copied(board.first, path(left), WISH)
    own_server.let_pass(DAY + HOUR)
    signed_in = {"phone": board.first.phone, "password": GOOD}
    board.first.post("/api/sign-in/password", signed_in)
    refused(board.first, left, "exception_over")


def soon(case: Case) -> Json:
    return {"expires_at": case.draft()["expires_at"]}


def test_nobody_else_opens_it(case: Case) -> None:
    board = case.board
    record = begin(board, case.draft())
    refused(board.shop.arta, record, "forbidden")
    rival = sign_up(board.server, "Rival Ltd", "Roland")
    refused(rival, record, "not_found")
    barred = begin(board, case.draft(barred=True))
    assert barred["id"] not in listed(board.third)
    refused(board.third, barred, "not_found")
    for other in ("EX02", "EX03", "EX01"):
        refused(board.first, begin(board, draft(other, board.mira)), "wrong_step")
    with nothing_changes(board.server), pytest.raises(Refused, match="signed_out"):
        stranger = board.mira
        stranger.post(path(record), WISH)


def test_two_who_are_named_have_a_folder_each(case: Case) -> None:
    board = case.board
    both = {"subjects": [case.mira.id, case.noor.id, board.second.member_id]}
    copy = copied(board.first, path(begin(board, case.draft() | both)), WISH)
    for mine, other in ((case.mira, case.noor), (case.noor, case.mira)):
        part = text_of(copy, f"{mine.id}/")
        assert "question" in part and not [w for w in other.words.secret if w in part]
        assert all(w in part for w in mine.words.secret if "endpoint" not in w)
    assert board.second.member_id in copy.read("about.json").decode(), "colleagues are left out"


def test_who_is_named_after_an_erasure_is_not_there(case: Case) -> None:
    board = case.board
    record = begin(board, case.draft() | {"subjects": ["vis_" + "a" * 26]})
    refused(board.first, record, "wrong_step")
    assert ask(case.mira.visitor, "Still here")
