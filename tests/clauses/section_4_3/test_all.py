"""What holds for all eleven: grounds, approval, an end, and each use in a report. Clause 4.3."""

from __future__ import annotations

import pytest

from silkroad.kit.clock import DAY
from silkroad.privacy.exceptions import KINDS
from tests.attacks import stored
from tests.cast import Member
from tests.harness.people import Refused

from .board import (
    Board,
    approve,
    begin,
    draft,
    person,
    propose,
    refusal,
    report,
)


def test_without_consent_and_exception_nothing_is_done(board: Board) -> None:
    assert board.covered(board.mira) == "nothing"
    begin(board, draft("EX01", board.mira))
    assert board.covered(board.mira) == "EX01"
    assert board.covered(board.noor) == "nothing", "somebody else is covered too"
    assert board.covered(board.mira, "NET") == "nothing", "another kind of data is covered too"
    place = board.shop.admin.workspace_id
    mira = person(board.mira)
    assert board.server.cover(place, mira, "security", "CON") == "nothing"
    assert len(report(board.shop.admin)) == 1, "a no is no use"


def test_every_use_is_in_the_report(board: Board, stranger: Member) -> None:
    record = begin(board, draft("EX01", board.mira))
    for _ in range(3):
        board.covered(board.mira)
    uses = report(board.third)
    assert [use["number"] for use in uses] == sorted((use["number"] for use in uses), reverse=True)
    about = {"exception_id": record["id"], "code": "EX01", "clause": "4.3.1", "asked": "the test"}
    about |= {"purpose": "conversation", "data": "CON", "subject_id": person(board.mira)}
    assert [use | about for use in uses] == uses and len(uses) == 3
    assert board.third.get(f"/api/exceptions/{record['id']}")["uses"] == 3
    older = board.third.get(f"/api/exceptions/report?before={uses[0]['number']}")["items"]
    assert older == uses[1:]
    assert report(stranger) == []
    foreign = stranger.ask("GET", f"/api/exceptions/{record['id']}")
    missing = stranger.ask("GET", f"/api/exceptions/exc_{'a' * 26}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_an_exception_that_was_ended_covers_nothing_any_more(board: Board) -> None:
    record = begin(board, draft("EX01", board.mira))
    assert board.covered(board.mira) == "EX01"
    ended = board.third.delete(f"/api/exceptions/{record['id']}")
    assert (ended["state"], ended["ended_by"]) == ("ended", board.third.member_id)
    assert board.covered(board.mira) == "nothing"
    for member, path in ((board.third, ""), (board.second, "/approvals")):
        with pytest.raises(Refused, match="exception_over"):
            address = f"/api/exceptions/{record['id']}{path}"
            member.post(address) if path else member.delete(address)
    assert len(report(board.first)) == 1, "its uses stay"


def test_nobody_approves_what_they_asked_for(board: Board) -> None:
    record = propose(board.first, draft("EX01", board.mira))
    assert record["state"] == "proposed"
    with pytest.raises(Refused, match="own_proposal"):
        approve(board.first, record)
    assert board.covered(board.mira) == "nothing"
    assert approve(board.second, record)["approved_by"] == [board.second.member_id]
    assert board.covered(board.mira) == "EX01"


def test_only_administrators_keep_the_register(board: Board) -> None:
    record = propose(board.first, draft("EX01", board.mira))
    doors = [("GET", ""), ("GET", "/report"), ("POST", ""), ("GET", f"/{record['id']}")]
    doors += [("POST", f"/{record['id']}/approvals"), ("DELETE", f"/{record['id']}")]
    for method, rest in doors:
        body = draft("EX01", board.mira) if method == "POST" and not rest else None
        answer = board.shop.arta.ask(method, f"/api/exceptions{rest}", body)
        assert answer.status_code == 403, rest
    assert board.first.get(f"/api/exceptions/{record['id']}")["state"] == "proposed"


def test_the_grounds_are_sealed(board: Board) -> None:
    grounds = {"reason": "zq-the-reason-qz", "statute": "zq-the-statute-qz"}
    record = begin(board, draft("EX01", board.mira, grounds=grounds))
    assert record["grounds"]["reason"] == "zq-the-reason-qz"
    board.covered(board.mira)
    found = [t.name for t in stored.tables(board.server) if "zq-the" in repr(t.rows)]
    assert found == []


@pytest.mark.parametrize("code", KINDS)
def test_none_lasts_longer_than_its_kind(board: Board, code: str) -> None:
    if KINDS[code].off:  # type: ignore[index]  # a code of the table
        assert refusal(board.first, draft(code, board.mira)) == "403 exception_off"
        return
    longest = KINDS[code].longest / DAY  # type: ignore[index]  # a code of the table
    data = {"EX09": ["NET"], "EX11": ["CON", "MSG"]}.get(code, ["CON"])
    late = draft(code, board.mira, longest + 0.1, data=data)
    assert refusal(board.first, late) == "422 invalid $.expires_at"
    past = draft(code, board.mira, -0.1, data=data)
    assert refusal(board.first, past) == "422 invalid $.expires_at"
    assert propose(board.first, draft(code, board.mira, longest - 0.1, data=data))["id"]
