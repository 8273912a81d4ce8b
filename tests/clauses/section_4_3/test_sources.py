"""Public sources, contracts, safe operation, news, research. 4.3.6 to 4.3.11."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import open_shop, set_up
from tests.harness.engines import Engine
from tests.harness.people import Json, Refused
from tests.harness.server import Server

from .board import (
    GROUNDS,
    Board,
    about,
    approve,
    begin,
    draft,
    meet,
    person,
    propose,
    refusal,
    say,
)

WITH_SOURCE = ("EX06", "EX08")


# 4.3.6, 4.3.8


@pytest.mark.parametrize("code", WITH_SOURCE)
@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"source": None}, "$.grounds.source"),
        ({"source": "on her page"}, "$.grounds.source"),
        ({"source_date": None}, "$.grounds.source_date"),
        ({"source_date": "2026-02-30"}, "$.grounds.source_date"),
        ({"source_date": "2999-01-01"}, "$.grounds.source_date"),
    ],
)
def test_what_is_public_has_an_address_and_a_day(
    board: Board, code: str, change: Json, place: str
) -> None:
    grounds = {"reason": "It is on her page", **GROUNDS[code], **change}
    assert refusal(board.first, draft(code, board.mira, grounds=grounds)) == f"422 invalid {place}"


@pytest.mark.parametrize("code", WITH_SOURCE)
def test_the_persons_own_no_stops_it(board: Board, code: str) -> None:
    begin(board, draft(code, board.mira, subjects=[], everybody=True))
    assert [board.covered(who) for who in (board.mira, board.noor)] == [code, code]
    say(board.mira, code, no=True)
    assert about(board.mira)["refused"] == [code]
    assert [board.covered(who) for who in (board.mira, board.noor)] == ["nothing", code]
    begin(board, draft(code, board.mira))
    assert board.covered(board.mira) == "nothing", "it was asked for once more behind her back"
    other = next(name for name in WITH_SOURCE if name != code)
    begin(board, draft(other, board.mira))
    assert board.covered(board.mira) == other, "she said nothing about that one"
    say(board.mira, other, no=True)
    say(board.mira, code, no=False)
    assert board.covered(board.mira) == code


def test_a_duty_by_law_does_not_ask_the_person(board: Board) -> None:
    begin(board, draft("EX01", board.mira))
    with pytest.raises(Refused, match="invalid"):
        say(board.mira, "EX01", no=True)
    assert board.covered(board.mira) == "EX01"


# 4.3.7


def test_a_contract_reaches_only_what_it_needs(board: Board) -> None:
    def with_fields(*fields: str, data: str = "CON") -> Json:
        grounds = {"reason": "She ordered tea", "fields": list(fields)}
        return draft("EX07", board.mira, grounds=grounds, data=[data])

    bare = draft("EX07", board.mira, grounds={"reason": "She ordered tea"})
    assert refusal(board.first, bare) == "422 invalid $.grounds.fields"
    for field in ("devices.endpoint", "visitors.shoe_size"):
        beyond = with_fields("visitors.email", field)
        assert refusal(board.first, beyond) == "422 invalid $.grounds.fields"
    assert refusal(board.first, with_fields("visitors.email", data="PRO")) == "422 invalid $.data"
    begin(board, with_fields("visitors.email"))
    assert board.covered(board.mira, "CON", "visitors.email") == "EX07"
    assert board.covered(board.mira, "CON", "visitors.phone") == "nothing"
    assert board.covered(board.mira, "CON") == "nothing"
    needed = board.first.get("/api/exceptions")["contract_fields"]
    assert needed["visitors.email"] == "CON" and "devices.endpoint" not in needed


# 4.3.9


@pytest.mark.parametrize("data", ["MSG", "FIL", "CON", "DEV"])
def test_running_safely_reaches_no_content(board: Board, data: str) -> None:
    for kinds in ([data], ["NET", data]):
        body = draft("EX09", board.mira, data=kinds)
        assert refusal(board.first, body) == "422 invalid $.data"


def test_running_safely_reaches_networks_and_operations_for_a_week(board: Board) -> None:
    begin(board, draft("EX09", board.mira, 6.9, data=["NET", "OPS"]))
    kinds = ("NET", "OPS", "MSG", "FIL")
    assert [board.covered(board.mira, kind) for kind in kinds] == [
        *("EX09", "EX09"),
        *("nothing", "nothing"),
    ]


# 4.3.10, 4.3.11


def test_only_the_press_reports_news(tmp_path: Path, engine: Engine, board: Board) -> None:
    assert refusal(board.first, draft("EX10", board.mira)) == "403 exception_off"
    with Server(tmp_path / "data", on=engine, deployment_type="press") as server:
        set_up(server)
        paper = meet(open_shop(server, "The Linden Post"))
        record = propose(paper.first, draft("EX10", paper.mira))
        approve(paper.second, record)
        assert paper.covered(paper.mira) == "nothing", "one approver was enough"
        approve(paper.third, record)
        assert paper.covered(paper.mira) == "EX10"


def test_research_is_about_everybody_and_opens_nothing_but_the_anonymiser(board: Board) -> None:
    """What comes out of that is in section_d_7."""
    picked = draft("EX11", board.mira, everybody=False, subjects=[person(board.mira)])
    assert refusal(board.first, picked) == "422 invalid $.everybody"
    record = propose(board.first, draft("EX11", board.mira))
    approve(board.second, record)
    assert board.third.get(f"/api/exceptions/{record['id']}")["state"] == "proposed"
    assert approve(board.third, record)["state"] == "active"
    for data in ("MSG", "CON"):
        assert board.covered(board.mira, data) == "nothing", "it lets people be looked at"
    say(board.mira, "EX11", no=True)
    assert about(board.mira)["refused"] == ["EX11"]
    kinds = {kind["code"]: kind["off"] for kind in board.first.get("/api/exceptions")["kinds"]}
    assert {code: off for code, off in kinds.items() if off} == {"EX10": "press_only"}
