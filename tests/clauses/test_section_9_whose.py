"""Clauses 6.1a, 7b, 9b: whoever came from no chat, and was verified, sees and erases all the same.

A parent who followed the notice's link, or a customer without their old browser: the team says
whose data it is, of its own visitors and on record, and it is nobody's consent.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from silkroad.kit.clock import DAY
from tests.attacks.stored import all_of
from tests.attacks.words import Words
from tests.cast import Shop, VisitorOf, open_shop
from tests.clauses.persons import grown_up
from tests.clauses.test_section_7 import aged
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.privacy.letters import (
    code_for,
    days_pass,
    letter,
    opened,
    page_under,
    prove,
    requests_of,
    seen,
)

from .persons import LETTERS, agree, copied, fill, left_of, text_of, until, waiting
from .verbs.gate import nothing_changes
from .verbs.sweep import sweep

COPY, ERASE = "/api/contact/copy", "/api/contact/erase"


def test_a_parent_who_came_by_the_notice_sees_and_has_it_erased(shop: Shop) -> None:
    """Where nobody is asked for their age, a child is a visitor like any other.

    So whoever calls themselves a parent may be none: the team erases, and no link does.
    """
    child, other = (fill(shop, started(shop), Words()) for _ in range(2))
    parent, (request_id, token) = Person(shop.server, "Shpresa"), verified(shop, "guardian")
    wish = {"token": token, "language": "en"}
    detail = opened(shop.admin, request_id)
    assert (detail["may_bind"], detail["visitor_id"], detail["rights"]) == (True, None, [])
    for path, body in ((COPY, wish), (ERASE, {"token": token, "sure": True})):
        with nothing_changes(shop.server), pytest.raises(Refused, match="not_found"):
            parent.post(path, body)
    detail = bind(shop, request_id, child.id)
    assert (detail["visitor_id"], detail["rights"]) == (child.id, ["copy", "erase"])
    page = seen(shop.server, token)
    assert (page["rights"], page["guardian"]) == (["copy"], None)
    assert "Nobody knows for sure that the child is under 14" in page_under(shop.server, token)
    with nothing_changes(shop.server), pytest.raises(Refused, match="not_verified"):
        parent.post(ERASE, {"token": token, "sure": True})
    by_link = text_of(copied(parent, COPY, wish))
    by_team = text_of(copied(shop.admin, path_of(request_id, "copies"), {"language": "en"}))
    for told in (by_link, by_team):
        assert [word for word in sorted(child.words.secret) if word not in told] == []
        assert [word for word in other.words.secret if word in told] == []
    (entry,) = choices(shop, request_id)
    assert entry["actor_id"] == shop.admin.member_id
    assert json.loads(entry["detail"]) == {"subject": child.id}
    shop.admin.post(path_of(request_id, "erasure"), {"sure": True})
    until(lambda: left_of(shop, child) == LETTERS)
    assert sweep(shop.server, {w for w in child.words.secret if w.startswith("zq")}) == []
    assert left_of(shop, other)
    with nothing_changes(shop.server), pytest.raises(Refused, match="wrong_step"):
        bind(shop, request_id, other.id)


@pytest.mark.parametrize(
    ("kind", "theirs", "teams"),
    [
        ("access", ["copy"], ["copy"]),
        ("correction", [], ["copy"]),
        ("erasure", [], ["copy", "erase"]),
    ],
)
def test_a_customer_without_their_browser_gets_what_their_chat_would_have_given(
    shop: Shop, kind: str, theirs: list[str], teams: list[str]
) -> None:
    mine, other = (fill(shop, started(shop), Words()) for _ in range(2))
    request_id, token = verified(shop, kind, by="code")
    assert bind(shop, request_id, mine.id)["rights"] == teams
    assert seen(shop.server, token)["rights"] == theirs
    told = text_of(copied(shop.admin, path_of(request_id, "copies"), {"language": "en"}))
    assert [word for word in sorted(mine.words.secret) if word not in told] == []
    assert [word for word in other.words.secret if word in told] == []
    if "erase" in teams:
        shop.admin.post(path_of(request_id, "erasure"), {"sure": True})
        until(lambda: left_of(shop, mine) == LETTERS)
        assert left_of(shop, other)


def test_nobody_is_bound_before_it_is_known_who_asks(shop: Shop) -> None:
    visitor = own_id(started(shop))
    for kind in ("access", "correction", "erasure", "guardian"):
        letter(shop.server, shop.inbox["id"], "It is about me", kind)
        (request,) = (r for r in requests_of(shop.admin) if r["kind"] == kind)
        refused(shop, "not_verified", request["id"], visitor)
        shop.admin.post(path_of(request["id"], "identity"), {"check": "proof"})
        assert not opened(shop.admin, request["id"])["may_bind"]
        refused(shop, "not_verified", request["id"], visitor)


def test_only_a_visitor_of_the_same_company_is_bound_by_its_administrators(
    own_server: Server,
) -> None:
    shop, rival = open_shop(own_server), open_shop(own_server, "Rival Ltd")
    ours, theirs = own_id(started(shop)), own_id(started(rival))
    erased = fill(shop, started(shop), Words())
    gone, _ = verified(shop, "erasure")
    bind(shop, gone, erased.id)
    shop.admin.post(path_of(gone, "erasure"), {"sure": True})
    request_id, _ = verified(shop, "access")
    for nobody in (theirs, "vis_" + "a" * 26, shop.arta.member_id, erased.id):
        refused(shop, "not_found", request_id, nobody)
    for by, code in ((shop.arta, "forbidden"), (rival.admin, "not_found")):
        with nothing_changes(own_server), pytest.raises(Refused, match=code):
            by.put(path_of(request_id, "subject"), {"visitor_id": ours, "sure": True})
    until(lambda: left_of(shop, erased) == LETTERS)
    refused(shop, "not_found", request_id, erased.id)


def test_whose_it_is_by_their_own_chat_nobody_changes(shop: Shop) -> None:
    shop.admin.put("/api/age-gate", {"asks": True})
    child, other = shop.visitor("Lis"), own_id(grown_up(shop))
    token = waiting(child, aged(10))
    (door,) = requests_of(shop.admin)
    refused(shop, "wrong_step", door["id"], other)
    agree(shop, token, "I agree")
    refused(shop, "wrong_step", door["id"], other)


def test_a_childs_own_link_is_about_the_child_also_when_a_newer_one_was_made(shop: Shop) -> None:
    shop.admin.put("/api/age-gate", {"asks": True})
    child, other = shop.visitor("Lis"), own_id(grown_up(shop))
    older = waiting(child, aged(10))
    (door,) = requests_of(shop.admin)
    waiting(child, aged(10))
    prove(shop.server, older, code_for(shop, door["id"]))
    detail = opened(shop.admin, door["id"])
    assert (detail["request"]["verified_by"], detail["may_bind"]) == ("code", False)
    refused(shop, "wrong_step", door["id"], other)


def test_what_is_closed_or_about_no_data_is_bound_to_nobody(shop: Shop) -> None:
    visitor = own_id(started(shop))
    request_id, _ = verified(shop, "access")
    shop.admin.put(path_of(request_id, "closed"), {"outcome": "done"})
    refused(shop, "wrong_step", request_id, visitor)
    question, _ = verified(shop, "question")
    refused(shop, "wrong_step", question, visitor)


def test_whom_it_opens_has_to_be_said_twice(shop: Shop) -> None:
    mine, (request_id, _) = own_id(started(shop)), verified(shop, "access")
    for body in ({"visitor_id": mine}, {"visitor_id": mine, "sure": False}):
        with nothing_changes(shop.server), pytest.raises(Refused, match="not_sure"):
            shop.admin.put(path_of(request_id, "subject"), body)


@pytest.mark.parametrize("taken_by", ["link", "team"])
def test_one_request_opens_no_second_person_once_a_copy_was_taken(
    shop: Shop, taken_by: str
) -> None:
    mine, other = (own_id(started(shop)) for _ in range(2))
    request_id, token = verified(shop, "access")
    bind(shop, request_id, mine)
    if taken_by == "link":
        copied(Person(shop.server, "Mira"), COPY, {"token": token, "language": "en"})
    else:
        copied(shop.admin, path_of(request_id, "copies"), {"language": "en"})
    detail = opened(shop.admin, request_id)
    assert (detail["may_bind"], detail["visitor_id"]) == (False, mine)
    for whom in (other, mine):
        refused(shop, "wrong_step", request_id, whom)
    assert seen(shop.server, token)["rights"] == ["copy"]


def test_a_wrong_choice_is_put_right_and_both_are_on_record(shop: Shop) -> None:
    wrong, right = (fill(shop, started(shop), Words()) for _ in range(2))
    request_id, token = verified(shop, "access")
    for chosen in (wrong, right):
        assert bind(shop, request_id, chosen.id)["may_bind"]
    told = text_of(copied(Person(shop.server, "Mira"), COPY, {"token": token, "language": "en"}))
    assert [word for word in sorted(right.words.secret) if word not in told] == []
    assert [word for word in wrong.words.secret if word in told] == []
    trail = choices(shop, request_id)
    assert [json.loads(entry["detail"])["subject"] for entry in trail] == [wrong.id, right.id]


# 7a, 7b: a guardian's rights hang on no setting, and are no consent


def test_to_be_bound_is_no_consent(shop: Shop) -> None:
    shop.admin.put("/api/age-gate", {"asks": True})
    child = shop.visitor("Lis")
    door, child_id = waiting(child, aged(10)), held_id(shop)
    request_id, token = verified(shop, "guardian")
    bind(shop, request_id, child_id)
    assert child.get(child.path())["held"] == "guardian_required"
    given = {row["subject_id"] for row in all_of(shop.server, "consents")}
    assert child_id not in given
    assert seen(shop.server, door)["guardian"] == "asked"
    assert seen(shop.server, token)["rights"] == ["copy", "erase"]
    shop.admin.put("/api/age-gate", {"asks": False})
    assert seen(shop.server, token)["rights"] == ["copy", "erase"]
    Person(shop.server, "Shpresa").post(ERASE, {"token": token, "sure": True})
    until(lambda: seen(shop.server, token)["erased_at"] is not None)


def test_a_child_who_said_to_be_older_is_still_their_guardians(shop: Shop) -> None:
    shop.admin.put("/api/age-gate", {"asks": True})
    child = fill(shop, grown_up(shop), Words())
    request_id, token = verified(shop, "guardian")
    bind(shop, request_id, child.id)
    wish = {"token": token, "language": "en"}
    told = text_of(copied(Person(shop.server, "Shpresa"), COPY, wish))
    assert [word for word in sorted(child.words.secret) if word not in told] == []
    assert seen(shop.server, token)["rights"] == ["copy"]


def test_from_the_14th_birthday_on_no_guardian_gets_it(own_server: Server) -> None:
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child, today = shop.visitor("Lis"), datetime.now(UTC).date()
    waiting(child, str(today.replace(year=today.year - 14) + timedelta(days=2)))
    child_id = held_id(shop)
    request_id, token = verified(shop, "guardian")
    bind(shop, request_id, child_id)
    assert seen(own_server, token)["rights"] == ["copy", "erase"]
    days_pass(own_server, 3 * DAY, shop.admin)
    page = seen(own_server, token)
    assert (page["of_age"], page["rights"]) == (True, [])
    assert opened(shop.admin, request_id)["rights"] == []
    for path, body in ((COPY, {"language": "en"}), (ERASE, {"sure": True})):
        with pytest.raises(Refused, match="not_verified"):
            Person(own_server, "Shpresa").post(path, {"token": token, **body})


def verified(shop: Shop, kind: str, by: str = "proof") -> tuple[str, str]:
    """Let somebody write who comes from no chat, and be verified; their request and its token."""
    sent = letter(shop.server, shop.inbox["id"], "It is about me", kind)
    (request,) = (r for r in requests_of(shop.admin) if r["reference"] == sent["reference"])
    path, token = path_of(request["id"], "identity"), str(sent["token"])
    if by == "code":
        prove(shop.server, token, code_for(shop, request["id"]))
    else:
        shop.admin.post(path, {"check": "proof"})
        prove(shop.server, token, "Customer 4711")
        shop.admin.put(path, {"accepted": True})
    return str(request["id"]), token


def bind(shop: Shop, request_id: str, visitor_id: str) -> Json:
    """Let the administrator say whose data a request is about."""
    return shop.admin.put(path_of(request_id, "subject"), {"visitor_id": visitor_id, "sure": True})


def refused(shop: Shop, code: str, request_id: str, visitor_id: str) -> None:
    with nothing_changes(shop.server), pytest.raises(Refused, match=code):
        bind(shop, request_id, visitor_id)


def path_of(request_id: str, rest: str) -> str:
    return f"/api/requests/{request_id}/{rest}"


def choices(shop: Shop, request_id: str) -> list[Json]:
    """Return what the trail says of who was chosen for a request."""
    trail = all_of(shop.server, "audit_entries")
    return [e for e in trail if (e["action"], e["target_id"]) == ("request.bound", request_id)]


def started(shop: Shop) -> VisitorOf:
    visitor = shop.visitor("Mira")
    visitor.accept_notice()
    return visitor


def own_id(visitor: VisitorOf) -> str:
    return str(visitor.get(visitor.path())["visitor"]["visitor"]["id"])


def held_id(shop: Shop) -> str:
    """Return who the child is that waits: their own chat does not tell them more than that."""
    (door,) = requests_of(shop.admin)
    return str(opened(shop.admin, door["id"])["visitor_id"])
