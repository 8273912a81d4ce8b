"""Duties by law, security, investigations, emergencies. 4.3.1 to 4.3.5."""

from __future__ import annotations

import pytest

from silkroad.kit.clock import DAY, HOUR, MINUTE
from tests.harness.people import Json, Refused

from .board import (
    GOOD,
    GROUNDS,
    Board,
    about,
    approve,
    begin,
    draft,
    listed,
    person,
    propose,
    refusal,
    report,
    told,
)

DANGEROUS = ("EX02", "EX03", "EX04")


# 4.3.1


@pytest.mark.parametrize(
    ("without", "place"),
    [
        ({"grounds": {"reason": "because"}}, "$.grounds.statute"),
        ({"subjects": []}, "$.subjects"),
        ({"everybody": True}, "$.subjects"),
        ({"data": []}, "$.data"),
        ({"data": ["MSG"]}, "$.data"),
        ({"purpose": "advertising"}, "$.purpose"),
        ({"expires_at": None}, "$.expires_at"),
        ({"grounds": {"statute": "Some Law"}}, "$.grounds"),
    ],
)
def test_a_duty_by_law_names_statute_scope_and_end(board: Board, without: Json, place: str) -> None:
    body = draft("EX01", board.mira) | without
    assert refusal(board.first, body) == f"422 invalid {place}"


def test_a_duty_by_law_may_be_about_everybody(board: Board) -> None:
    begin(board, draft("EX01", board.mira, subjects=[], everybody=True))
    assert [board.covered(who) for who in (board.mira, board.noor)] == ["EX01", "EX01"]


# 4.3.2, 4.3.3, 4.3.4


@pytest.mark.parametrize("code", DANGEROUS)
def test_a_dangerous_one_takes_a_paper_and_two_approvers(board: Board, code: str) -> None:
    (need,) = GROUNDS[code]
    bare = draft(code, board.mira, grounds={"reason": "They said so"})
    assert refusal(board.first, bare) == f"422 invalid $.grounds.{need}"
    record = propose(board.first, draft(code, board.mira))
    with pytest.raises(Refused, match="own_proposal"):
        approve(board.first, record)
    once = approve(board.second, record)
    assert (once["state"], once["approvals_needed"]) == ("proposed", 2)
    assert board.covered(board.mira) == "nothing", "one approver was enough"
    with pytest.raises(Refused, match="already_exists"):
        approve(board.second, record)
    assert board.covered(board.mira) == "nothing", "one approver counted twice"
    assert approve(board.third, record)["state"] == "active"
    assert board.covered(board.mira) == code


def test_who_is_no_administrator_any_more_has_approved_nothing(own_board: Board) -> None:
    board = own_board
    record = propose(board.first, draft("EX02", board.mira))
    approve(board.second, record)
    board.first.patch(f"/api/members/{board.second.member_id}", {"role": "agent"})
    assert approve(board.third, record)["state"] == "proposed"
    assert board.covered(board.mira) == "nothing"
    board.first.patch(f"/api/members/{board.second.member_id}", {"role": "admin"})
    assert board.covered(board.mira) == "nothing", "it begins with an approval, not with a role"


def test_public_safety_ends_by_itself(own_board: Board) -> None:
    board = own_board
    board.first.put("/api/me/password", {"password": GOOD})
    record = begin(board, draft("EX03", board.mira, 29))
    board.server.let_pass(28 * DAY)
    assert board.covered(board.mira) == "EX03"
    board.server.let_pass(DAY + HOUR)
    assert board.covered(board.mira) == "nothing"
    signed_in = {"phone": board.first.phone, "password": GOOD}
    board.first.post("/api/sign-in/password", signed_in)
    assert board.first.get(f"/api/exceptions/{record['id']}")["state"] == "expired"


@pytest.mark.parametrize(
    ("without", "place"),
    [
        ({"grounds": {"reason": "The police called"}}, "$.grounds.case_id"),
        ({"subjects": []}, "$.subjects"),
        ({"subjects": [], "everybody": True}, "$.everybody"),
    ],
)
def test_an_investigation_names_case_and_people(board: Board, without: Json, place: str) -> None:
    assert refusal(board.first, draft("EX04", board.mira) | without) == f"422 invalid {place}"


def test_the_company_is_told_of_an_investigation(board: Board) -> None:
    ear = board.third.socket()
    record = begin(board, draft("EX04", board.mira))
    assert ear.hear("changed")["what"] == "exceptions"
    assert record["id"] in listed(board.third)


def test_unless_a_law_forbids_to_tell(board: Board) -> None:
    ear = board.third.socket()
    record = begin(board, draft("EX04", board.mira, barred=True))
    board.covered(board.mira)
    assert ear.hears_nothing("changed")
    assert record["id"] not in listed(board.third)
    assert report(board.third) == []
    for member in (board.shop.admin, board.first, board.second):
        assert record["id"] in listed(member)
        assert [use["code"] for use in report(member)] == ["EX04"]
    ordinary = draft("EX01", board.mira, barred=True)
    assert refusal(board.first, ordinary) == "422 invalid $.barred"


# 4.3.5


def test_an_emergency_waits_for_nobody_lasts_a_day_and_is_told_of(own_board: Board) -> None:
    board = own_board
    both = {"subjects": [person(board.mira), person(board.noor)]}
    for without, place in (
        ({"grounds": {"reason": ""}}, "$.grounds.reason"),
        ({"subjects": []}, "$.subjects"),
    ):
        assert refusal(board.first, draft("EX05", board.mira) | without) == f"422 invalid {place}"
    late = draft("EX05", board.mira, 1 + 5 * MINUTE / DAY)
    assert refusal(board.first, late) == "422 invalid $.expires_at"
    grounds = {"reason": "She wrote that she would hurt herself"}
    record = propose(board.first, draft("EX05", board.mira, 0.99, grounds=grounds) | both)
    assert record["state"] == "active"
    assert board.covered(board.mira, "MSG") == "nothing", "it reaches more than was asked for"
    assert board.covered(board.mira) == "EX05"
    assert about(board.mira)["notices"] == [], "she is told afterwards"
    board.server.let_pass(DAY)
    assert board.covered(board.mira) == "nothing"
    (notice,) = told(board.mira)
    known = {"code": "EX05", "clause": "4.3.5", "purpose": "conversation", "data": ["CON"]}
    assert notice | known | grounds | {"uses": 1} == notice
    assert about(board.noor)["notices"] == [], "nothing of hers was touched"


def test_who_ends_an_emergency_early_tells_of_it_as_well(board: Board) -> None:
    record = propose(board.first, draft("EX05", board.mira))
    board.covered(board.mira)
    board.second.delete(f"/api/exceptions/{record['id']}")
    assert [notice["uses"] for notice in about(board.mira)["notices"]] == [1]
    assert about(board.noor)["notices"] == []


def test_a_member_is_told_as_well(board: Board) -> None:
    arta = board.shop.arta
    body = draft("EX05", board.mira, subjects=[arta.member_id])
    record = propose(board.first, body)
    board.server.cover(arta.workspace_id, arta.member_id, "conversation", "CON")
    ear = arta.socket()
    board.second.delete(f"/api/exceptions/{record['id']}")
    assert ear.hear("changed")["what"] == "exceptions"
    assert [n["code"] for n in arta.get("/api/me/exceptions")["notices"]] == ["EX05"]
    assert board.shop.wei.get("/api/me/exceptions")["notices"] == []
