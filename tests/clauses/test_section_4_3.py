"""The eleven exceptions to consent: grounded, approved, each use in a report, over in time.

Whether something may be done without consent is asked of the running server as a gate would ask.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from silkroad.kit.clock import DAY, HOUR, MINUTE
from silkroad.privacy.exceptions import KINDS
from tests.attacks import stored
from tests.cast import Member, Shop, VisitorOf, in_days, invite, open_shop, set_up
from tests.harness.engines import Engine
from tests.harness.people import Json, Refused
from tests.harness.server import Server

GOOD = "linden blossom in June"
GROUNDS: dict[str, dict[str, Json]] = {
    "EX01": {"statute": "Accounting Act, article 9"},
    "EX02": {"instrument": "Order 12 of 2026-11-01"},
    "EX03": {"instrument": "Health order 4"},
    "EX04": {"case_id": "2026/117"},
    "EX06": {"source": "https://mira.example/about", "source_date": "2026-01-02"},
    "EX07": {"fields": ["visitors.email"]},
    "EX08": {"source": "https://register.example/7", "source_date": "2026-01-02"},
}
DANGEROUS = ("EX02", "EX03", "EX04")
WITH_SOURCE = ("EX06", "EX08")


class Board(NamedTuple):
    """A company with four administrators, and two visitors who wrote to it."""

    shop: Shop
    first: Member
    second: Member
    third: Member
    mira: VisitorOf
    noor: VisitorOf

    @property
    def server(self) -> Server:
        return self.shop.server

    def covered(self, visitor: VisitorOf, data: str = "CON", field: str = "") -> str:
        """Ask whether this person's data may be touched without their consent."""
        place = self.shop.admin.workspace_id
        return self.server.cover(place, person(visitor), "conversation", data, field)


def person(visitor: VisitorOf) -> str:
    return str(visitor.get(visitor.path())["visitor"]["visitor"]["id"])


def meet(shop: Shop) -> Board:
    names = ("Besa", "Driton", "Luan")
    first, second, third = (invite(shop.admin, name, [], role="admin") for name in names)
    mira, noor = shop.visitor("Mira"), shop.visitor("Noor")
    for visitor in (mira, noor):
        visitor.accept_notice()
    return Board(shop, first, second, third, mira, noor)


@pytest.fixture
def board(shop: Shop) -> Board:
    return meet(shop)


@pytest.fixture
def own_board(own_server: Server) -> Board:
    return meet(open_shop(own_server))


def draft(code: str, visitor: VisitorOf, days: float = 0.9, **changes: Json) -> Json:
    """What somebody asks for who has everything that is needed."""
    return {
        "code": code,
        "grounds": {"reason": "The auditor asks for it", **GROUNDS.get(code, {})},
        "purpose": "conversation",
        "data": ["CON"],
        "subjects": [person(visitor)],
        "expires_at": in_days(days),
        **changes,
    }


def propose(by: Member, body: Json) -> Json:
    return by.post("/api/exceptions", body)


def approve(by: Member, record: Json) -> Json:
    return by.post(f"/api/exceptions/{record['id']}/approvals")


def begin(board: Board, body: Json) -> Json:
    """Let somebody ask and as many others agree as it takes."""
    record = propose(board.shop.admin, body)
    for member in (board.first, board.second)[: record["approvals_needed"]]:
        record = approve(member, record)
    assert record["state"] == "active"
    return record


def refusal(by: Member, body: Json) -> str:
    """Ask for what is refused, and return the code with the place if there is one."""
    before = rows(by)
    with pytest.raises(Refused) as no:
        propose(by, body)
    assert rows(by) == before, "something was stored"
    places = [field["path"] for field in no.value.problem.get("fields", [])]
    return " ".join([str(no.value.status), no.value.code, *places])


def rows(member: Member) -> int:
    tables = ("exceptions", "exception_subjects", "exception_uses")
    return sum(len(stored.all_of(member.server, table)) for table in tables)


def report(member: Member) -> list[Json]:
    items: list[Json] = member.get("/api/exceptions/report")["items"]
    return items


# 4.3 all of them


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
    data = ["NET"] if code == "EX09" else ["CON"]
    late = draft(code, board.mira, longest + 0.1, data=data)
    assert refusal(board.first, late) == "422 invalid $.expires_at"
    past = draft(code, board.mira, -0.1, data=data)
    assert refusal(board.first, past) == "422 invalid $.expires_at"
    assert propose(board.first, draft(code, board.mira, longest - 0.1, data=data))["id"]


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


def listed(member: Member) -> set[str]:
    return {record["id"] for record in member.get("/api/exceptions")["items"]}


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


def told(visitor: VisitorOf) -> list[Json]:
    """Wait until the worker has told a person something, and return it."""
    for _ in range(500):
        if about(visitor)["notices"]:
            break
    notices: list[Json] = about(visitor)["notices"]
    return notices


def about(visitor: VisitorOf) -> Json:
    return visitor.get(visitor.path("/exceptions"))


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


def say(visitor: VisitorOf, code: str, *, no: bool) -> None:
    visitor.put(visitor.path("/exceptions/refusals"), {"code": code, "refused": no})


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
        research = draft("EX11", paper.mira)
        assert refusal(paper.first, research) == "403 exception_off"


def test_research_waits_for_an_anonymiser(board: Board) -> None:
    assert refusal(board.first, draft("EX11", board.mira)) == "403 exception_off"
    kinds = {kind["code"]: kind["off"] for kind in board.first.get("/api/exceptions")["kinds"]}
    assert {code: off for code, off in kinds.items() if off} == {
        "EX10": "press_only",
        "EX11": "no_anonymiser",
    }
