"""Clause 5.5: what opens a copy has to hold to its last byte; if it ends midway, the copy does."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from zipfile import BadZipFile, ZipFile

import pytest

from silkroad.files import MOST_BYTES
from tests.attacks.enterprise import ask
from tests.attacks.words import Words
from tests.cast import Member, Shop
from tests.harness.people import Json

from .persons import Held, fill
from .section_4_3.board import Board, approve, draft, meet, propose

BEGINNING = 1000  # bytes
FAR_MORE_THAN_IS_ON_ITS_WAY = b"All of it.\n" * (MOST_BYTES // 11)


def ended(board: Board, record: Json) -> None:
    board.second.delete(f"/api/exceptions/{record['id']}")


def no_administrator_any_more(board: Board, _: Json) -> None:
    change = {"role": "agent", "inbox_ids": []}
    board.second.patch(f"/api/members/{board.first.member_id}", change)


def removed(board: Board, _: Json) -> None:
    board.second.delete(f"/api/members/{board.first.member_id}")


def signed_out(board: Board, _: Json) -> None:
    board.first.post("/api/sign-out")


def nothing(_: Board, __: Json) -> None:
    """Change nothing: then it is a whole file."""


@pytest.mark.parametrize("happens", [ended, no_administrator_any_more, removed, signed_out])
def test_an_end_midway_ends_the_copy(shop: Shop, happens: Callable[[Board, Json], None]) -> None:
    sent, both = after(shop, happens)
    assert [one.id.encode() in sent for one in both].count(True) == 1, "the other one was delivered"
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(sent))


def test_a_copy_that_nobody_ends_is_whole(shop: Shop) -> None:
    sent, both = after(shop, nothing)
    names = ZipFile(io.BytesIO(sent)).namelist()
    assert all(f"{one.id}/index.html" in names for one in both)


def after(shop: Shop, happens: Callable[[Board, Json], None]) -> tuple[bytes, list[Held]]:
    """Return all that came of a copy of two people with large files, and who they are.

    It happens when the beginning has come.
    """
    board = meet(shop)
    both = [fill(shop, who, Words()) for who in (board.mira, board.noor)]
    for who in (board.mira, board.noor):
        large = who.upload(who.path("/files"), "all.txt", FAR_MORE_THAN_IS_ON_ITS_WAY)
        ask(who, "All of it", file_ids=[large["id"]])
    ids = [one.id for one in both]
    case = draft("EX04", board.mira, data=["MSG", "FIL", "CON"], subjects=ids)
    record = propose(board.shop.admin, case)
    for member in (board.first, board.second):
        record = approve(member, record)
    with closing(HTTPConnection("127.0.0.1", shop.server.port, timeout=20)) as line:
        coming = ask_slowly(line, board.first, f"/api/exceptions/{record['id']}/copies")
        beginning = coming.read(BEGINNING)
        happens(board, record)
        try:
            return beginning + coming.read(), both
        except IncompleteRead as broken:
            assert happens is not nothing
            return beginning + broken.partial, both


def ask_slowly(line: HTTPConnection, by: Member, path: str) -> HTTPResponse:
    """Ask as the console does, and return the answer before it is read."""
    cookies = "; ".join(f"{name}={value}" for name, value in by.cookies.items())
    headers = {"X-Silkroad": "1", "Origin": by.server.origin, "Content-Type": "application/json"}
    more = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": by.address, "Cookie": cookies}
    line.request("POST", path, json.dumps({"language": "en"}), {**headers, **more})
    coming = line.getresponse()
    assert coming.status == 200
    return coming
