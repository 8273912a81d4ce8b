"""The gate of consent asks the register: an exception stands in for an answer that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Shop, VisitorOf, answer, open_shop, receipt, says_yes, takes_back
from tests.harness.people import Json, Refused
from tests.push.world import a_world

from .board import GROUNDS, Board, begin, draft, propose, report


def hear(visitor: VisitorOf, device: str = "microphone") -> Json:
    return visitor.post(visitor.path(f"/media/{device}"))


def refused(visitor: VisitorOf, device: str = "microphone") -> bool:
    before = visitor.get(visitor.path("/media"))
    with pytest.raises(Refused, match="consent_required"):
        hear(visitor, device)
    return bool(visitor.get(visitor.path("/media")) == before)


def about_sound(code: str, visitor: VisitorOf) -> Json:
    return draft(code, visitor, purpose="microphone", data=["REC"])


def test_the_gate_opens_to_an_exception_and_notes_each_use(board: Board) -> None:
    assert refused(board.mira)
    record = begin(board, about_sound("EX05", board.mira))
    assert hear(board.mira)["device"] == "microphone"
    assert refused(board.noor), "somebody else is covered too"
    assert refused(board.mira, "camera"), "another purpose is covered too"
    (use,) = report(board.third)
    assert (use["exception_id"], use["purpose"], use["data"]) == (record["id"], "microphone", "REC")
    assert (use["asked"], use["consent_id"], use["said_no"]) == ("media.microphone", "", False)
    board.third.delete(f"/api/exceptions/{record['id']}")
    assert refused(board.mira)
    assert report(board.third) == [use], "what was refused is no use"


def test_whoever_agrees_needs_no_exception(board: Board) -> None:
    begin(board, about_sound("EX05", board.mira))
    says_yes(board.mira, "microphone")
    assert hear(board.mira)
    assert report(board.third) == []


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
def test_a_no_is_heard_unless_a_law_asks_whatever_they_said(board: Board, how: str) -> None:
    if how == "refused":
        answer(board.mira, "microphone", "refused")
    else:
        says_yes(board.mira, "microphone")
        takes_back(board.mira, "microphone")
    (no,) = [record for record in receipt(board.mira)["records"] if record["event"] == how]
    begin(board, about_sound("EX05", board.mira))
    assert refused(board.mira)
    answer(board.mira, "microphone", "requested")
    assert refused(board.mira), "a question on the screen is no yes"
    assert report(board.third) == []
    order = begin(board, about_sound("EX02", board.mira))
    assert GROUNDS["EX02"]["instrument"] == order["grounds"]["instrument"]
    assert hear(board.mira)
    (use,) = report(board.third)
    assert (use["code"], use["consent_id"], use["said_no"]) == ("EX02", no["record_id"], True)


def test_whoever_is_woken_under_an_exception_is_so_no_longer_than_it(tmp_path: Path) -> None:
    for world in a_world(tmp_path / "data"):
        shop: Shop = open_shop(world.server)
        browser = world.service.subscribe(shop.arta.get("/api/me")["vapid_public_key"])
        with pytest.raises(Refused, match="consent_required"):
            shop.arta.put("/api/me/devices", browser.subscription)
        mira = shop.visitor()
        mira.accept_notice()
        body = draft("EX05", mira, purpose="wake_up", data=["DEV"])
        record = propose(shop.admin, body | {"subjects": [shop.arta.member_id]})
        shop.arta.put("/api/me/devices", browser.subscription)
        shop.asks("Anybody?", name="Ben")
        world.wakes(browser)
        asked = [use["asked"] for use in report(shop.admin)]
        assert sorted(asked) == ["devices.add", "wake_up"]
        shop.admin.delete(f"/api/exceptions/{record['id']}")
        shop.asks("And now?", name="Lea")
        world.wakes_nobody(browser)
        assert shop.arta.get("/api/me/devices")["items"] == []
        assert len(report(shop.admin)) == len(asked)
