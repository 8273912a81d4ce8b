"""Who may have figures made, when, and what is written down of it. Clauses 4.3.11, D.7."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from silkroad.privacy.anonymous import CEILING, DEFAULT, FLOOR
from tests.attacks import stored
from tests.attacks.enterprise import vouched
from tests.cast import invite, open_inbox, open_shop
from tests.clauses.campaigns import Edit, hears_of_it, line_of, updated
from tests.clauses.persons import waiting
from tests.clauses.test_section_8_6 import assess
from tests.harness.people import Json, Refused
from tests.harness.server import Server

from .linkage import everybody
from .town import Town, allow, ask_for, bounds, extract, next_month, research


def uses(town: Town) -> list[Json]:
    items: list[Json] = town.admin.get("/api/exceptions/report")["items"]
    return items


def no(town: Town, body: Json) -> str:
    with pytest.raises(Refused) as refused:
        town.admin.post("/api/exceptions", body)
    return f"{refused.value.code} {refused.value.problem['fields'][0]['path']}"


def test_without_a_living_exception_nothing_is_made(town: Town) -> None:
    month, before = town.months[0], len(uses(town))
    kept = stored.all_of(town.server, "research_extracts")
    assert ask_for(town.admin, month).json()["code"] == "exception_required"
    first, second, third = town.boards
    record = first.post("/api/exceptions", research(town))
    assert record["approvals_needed"] == 2
    second.post(f"/api/exceptions/{record['id']}/approvals")
    assert ask_for(town.admin, month).json()["code"] == "exception_required", "one hand was enough"
    assert stored.all_of(town.server, "research_extracts") == kept
    third.post(f"/api/exceptions/{record['id']}/approvals")
    assert ask_for(town.admin, month).status_code == 200
    second.delete(f"/api/exceptions/{record['id']}")
    assert ask_for(town.admin, month).json()["code"] == "exception_required", "it is over"
    assert len(uses(town)) == before + 1, "what was refused is no use"


def test_each_download_is_a_use_of_nobody_in_particular(town: Town) -> None:
    record = allow(town)
    before = len(uses(town))
    for form in ("csv", "json"):
        given = ask_for(town.boards[1], town.months[0], form)
        assert given.headers["content-type"].startswith(("text/csv", "application/json"))
        assert f'filename="conversations-{town.months[0]}.{form}"' in str(given.headers)
    new = uses(town)[: len(uses(town)) - before]
    assert [(use["asked"], use["subject_id"], use["code"]) for use in new] == [
        ("research.extract", "", "EX11")
    ] * 2
    assert {use["exception_id"] for use in new} == {record["id"]}
    assert {use["actor_id"] for use in new} == {town.boards[1].member_id}


def test_the_sums_may_be_looked_at_when_the_exception_is_over(town: Town) -> None:
    """To improve is to read what was given out, and only its sums (1.2.2)."""
    record, month = allow(town), town.months[0]
    given = extract(town.admin, month)
    town.admin.delete(f"/api/exceptions/{record['id']}")
    before = len(uses(town))
    figures = town.admin.get(f"/api/research/figures/{month}")
    for place, column in enumerate(given["columns"]):
        sums: Counter[str] = Counter()
        for values, people in given["lines"]:
            sums[values[place]] += people
        told = {figure["value"]: figure["people"] for figure in figures["columns"][column]}
        assert told == {value: n for value, n in sums.items() if value != "*"}
    assert "lines" not in figures
    assert len(uses(town)) == before
    assert town.shop.arta.ask("GET", f"/api/research/figures/{month}").status_code == 403
    assert town.admin.ask("GET", "/api/research/figures/2020-01").status_code == 404


def test_it_is_for_everybody_for_research_and_for_nothing_else(town: Town) -> None:
    somebody = stored.all_of(town.server, "visitors")[0]["id"]
    picked: Json = {"everybody": False, "subjects": [somebody]}
    assert no(town, research(town, **picked)) == "invalid $.everybody"
    assert no(town, research(town, purpose="conversation")) == "invalid $.purpose"
    assert no(town, research(town, data=["MSG"])) == "invalid $.data"
    assert no(town, research(town, data=["CON", "MSG", "NET"])) == "invalid $.data"
    duty: Json = {"grounds": {"reason": "because", "statute": "Some Law"}, "code": "EX01"}
    for purpose in ("research", "improvement"):
        asked = research(town, purpose=purpose, data=["CON"], **duty)
        assert no(town, asked) == "invalid $.purpose"


def test_only_months_that_are_over_are_given_out(town: Town) -> None:
    allow(town)
    for month in (f"{town.now:%Y-%m}", "2020-01", "2999-12"):
        refused = ask_for(town.admin, month)
        assert refused.json()["fields"][0]["path"] == "$.month", month
    assert ask_for(town.admin, "2027-13").status_code == 422


def test_a_month_with_few_people_is_not_given_out(town: Town) -> None:
    allow(town)
    quiet = town.admin.get("/api/research")["months"][5]["month"]
    before = len(uses(town))
    assert ask_for(town.admin, quiet).json()["code"] == "too_few_people"
    assert len(uses(town)) == before


def test_the_company_chooses_within_floor_and_ceiling(own_town: Town) -> None:
    town = own_town
    assert town.admin.get("/api/research")["k"] == DEFAULT
    for wrong in (FLOOR - 1, CEILING + 1, 0):
        assert town.admin.ask("PUT", "/api/research", {"k": wrong}).status_code == 422
    assert town.boards[1].put("/api/research", {"k": 25})["k"] == 25
    allow(town)
    given = extract(town.admin, town.months[1])
    assert given["k"] == 25 and all(people >= 25 for _, people in given["lines"])
    noted = [e for e in stored.all_of(town.server, "audit_entries") if "research." in e["action"]]
    assert {"research.k_set", "research.given_out"} <= {e["action"] for e in noted}


def test_no_figures_are_given_out_while_that_is_locked(own_town: Town) -> None:
    """8.6: neither new ones, nor those that were made before, nor their sums."""
    town, (first, second) = own_town, own_town.months
    allow(town)
    town.admin.put("/api/research", {"k": FLOOR})
    extract(town.admin, second)
    assess(town.admin, "research", 3)
    kept, before = stored.all_of(town.server, "research_extracts"), len(uses(town))
    for month in (first, second):
        assert ask_for(town.admin, month).json()["code"] == "feature_locked"
        sums = town.admin.ask("GET", f"/api/research/figures/{month}")
        assert (sums.status_code, sums.json()["code"]) == (403, "feature_locked")
    assert stored.all_of(town.server, "research_extracts") == kept
    assert len(uses(town)) == before, "what was refused is no use"
    assess(town.admin, "research", 1)
    assert extract(town.admin, second)["k"] == FLOOR
    assert town.admin.get(f"/api/research/figures/{second}")["people"]


def test_who_says_no_is_in_no_figure_and_no_child_is(own_town: Town) -> None:
    allow(own_town)
    month = own_town.months[1]
    people = everybody(own_town.server, own_town.admin.workspace_id, *bounds(month))
    for visitor in own_town.shop.visitors[-4:]:
        visitor.put(visitor.path("/exceptions/refusals"), {"code": "EX11", "refused": True})
    own_town.admin.put("/api/age-gate", {"asks": True})
    waiting(own_town.shop.visitors[-5], f"{own_town.now.year - 9}-01-01")
    given = extract(own_town.admin, month)
    assert given["people"] + given["left_out"] == len(people) - 5


def test_a_customer_in_two_inboxes_is_one_person(own_town: Town) -> None:
    """And one no is enough for both."""
    town, shops = own_town, [own_town.shop.inbox, open_inbox(own_town.admin, "Second")]
    refusers = []
    for inbox in shops:
        town.shop.inbox = inbox
        door = f"/api/inboxes/{inbox['id']}/identity-secret"
        secret = town.admin.post(door)["secret"]
        town.comes(identity=vouched(secret, {"id": "customer-7"}))
        refusers.append(town.comes(identity=vouched(secret, {"id": "customer-8"})))
    refuser = refusers[0]
    refuser.put(refuser.path("/exceptions/refusals"), {"code": "EX11", "refused": True})
    for _ in range(12):
        town.comes()
    month = f"{town.now:%Y-%m}"
    town.until(next_month(town.now))
    town.signs_in(*town.boards)
    allow(town)
    given = extract(town.admin, month)
    assert given["people"] + given["left_out"] == 13


def no_research(record: dict[str, Any]) -> None:
    lines = record["activities"]
    record["activities"] = [line for line in lines if line["purpose"] != "research"]


def research_on_another_ground(record: dict[str, Any]) -> None:
    line_of(record, "research")["grounds"] = ["consent"]


@pytest.mark.parametrize("before", [no_research, research_on_another_ground])
def test_who_was_not_told_of_it_is_in_no_figure(own_server: Server, before: Edit) -> None:
    """After an update that brings figures, or makes something else of them, whoever was there
    before is counted once they know.
    """
    shop = open_shop(own_server, push=False)
    boards = [shop.admin, *(invite(shop.admin, n, [], role="admin") for n in ("Besa", "Luan"))]
    town = Town(shop, boards, datetime.now(UTC))
    people = [town.comes() for _ in range(7)]
    updated(own_server, before)
    for _ in range(9):
        town.comes()
    for visitor in people[:3]:
        hears_of_it(visitor)
    month = f"{town.now:%Y-%m}"
    town.until(next_month(town.now))
    town.signs_in(*town.boards)
    town.admin.put("/api/research", {"k": FLOOR})
    allow(town)
    given = extract(town.admin, month)
    assert given["people"] + given["left_out"] == 9 + 3
