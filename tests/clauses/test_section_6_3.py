"""Clause 6.3a: who has to say their age first, or asks a guardian, takes back as easily as before.

They agreed when nobody asked how old they are. A yes did not cost a birth date, so no withdrawal
does; and nothing else opens by it (7a).
"""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from silkroad.http import visitor_cookie
from silkroad.kit.permissions import WHILE_HELD, Permission
from silkroad.parts import OPERATIONS
from tests.attacks import stored
from tests.cast import Shop, VisitorOf, publish, question, receipt, says_yes, takes_back, yes_to
from tests.clauses.persons import waiting
from tests.clauses.test_section_6_consent import SUBSCRIPTION, refusal
from tests.clauses.test_section_7 import aged, say
from tests.harness.people import Json, Refused, client_id

UNASKED, CHILD = "birth_date_required", "guardian_required"


@pytest.fixture(params=[UNASKED, CHILD])
def held(request: pytest.FixtureRequest) -> str:
    """Where somebody stands: asked for their age, or a child whose guardian has not agreed."""
    return str(request.param)


class Mira(VisitorOf):
    """A visitor who agreed to wake-ups and a microphone, and shows her conversation by a link."""

    link: Json


@pytest.fixture
def mira(shop: Shop, held: str) -> Mira:
    shop.admin.put("/api/publications", {"allowed": True})
    mira = Mira(shop.server, "Mira")
    mira.inbox_id = shop.inbox["id"]
    mira.accept_notice()
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Is it organic?"})
    token = mira.post(mira.path("/handover"))["token"]
    window = {"token": token, "subscription": SUBSCRIPTION, "page": None, "consent": yes_to(mira)}
    mira.put(mira.path("/push"), window)
    says_yes(mira, "microphone")
    mira.link = publish(mira)
    shop.admin.put("/api/age-gate", {"asks": True})
    if held == CHILD:
        waiting(mira, aged(10))
    assert mira.get(mira.path())["held"] == held
    return mira


def devices_of(mira: Mira) -> list[Json]:
    here = stored.find(mira.server, "publications", id=mira.link["publication"]["id"])
    found = stored.all_of(mira.server, "devices")
    return [row for row in found if row["owner_id"] == here["visitor_id"]]


def test_a_consent_is_seen_and_taken_back(mira: Mira) -> None:
    assert question(mira)["state"] == "given"
    assert len(devices_of(mira)) == 1
    takes_back(mira, "wake_up")
    mira.server.rest()
    assert question(mira)["state"] == "withdrawn"
    assert devices_of(mira) == []
    assert question(mira, "microphone")["state"] == "given", "each purpose by itself"
    assert receipt(mira)["records"][-1]["event"] == "withdrawn"


def test_a_device_is_woken_no_more(mira: Mira) -> None:
    mira.delete(mira.path("/push"))
    mira.server.rest()
    assert devices_of(mira) == []


def test_a_link_is_found_and_ended(mira: Mira) -> None:
    door = mira.path("/publications")
    (item,) = mira.get(door)["items"]
    assert item["state"] == "open"
    (item,) = mira.delete(f"{door}/{item['id']}")["items"]
    assert item["state"] == "ended"
    assert httpx2.get(mira.link["url"]).status_code == 410


def test_a_no_to_an_exception_is_said_and_not_undone(mira: Mira, held: str) -> None:
    door = mira.path("/exceptions")
    no: Json = {"code": "EX11", "refused": True}
    assert mira.put(f"{door}/refusals", no)["refused"] == ["EX11"]
    assert refusal(mira, "PUT", f"{door}/refusals", {**no, "refused": False}) == (403, held)
    assert mira.get(door)["refused"] == ["EX11"]


def test_this_browser_is_forgotten(mira: Mira) -> None:
    mira.delete(mira.path("/visitor"))
    assert visitor_cookie(mira.inbox_id) not in mira.cookies
    assert mira.get(mira.path())["held"] is None


def test_it_tells_no_age_and_opens_nothing_else(mira: Mira, held: str, shop: Shop) -> None:
    takes_back(mira, "wake_up")
    mira.delete(mira.path(f"/publications/{mira.link['publication']['id']}"))
    known = [] if held == UNASKED else ["asked"]
    assert [row["standing"] for row in wards(shop)] == known
    yes = {"purpose": "camera", "answer": "given", **yes_to(mira, "camera")}
    assert refusal(mira, "PUT", mira.path("/consents"), yes) == (403, held)
    told = mira.get(mira.path("/publications"))
    assert told["allowed"] is False
    again = {"notice_hash": told["notice"]["hash"], "language": "en", "days": 7}
    assert refusal(mira, "POST", mira.path("/publications"), again) == (403, held)
    openings: list[Callable[[], object]] = [lambda: say(mira, "Hello?"), mira.line]
    for opening in openings:
        with pytest.raises(Refused, match=held):
            opening()


def test_only_what_gives_nothing_is_open_to_whoever_is_held() -> None:
    """Looking at one's own choices, hearing what changed, and ending them: no message, no yes."""
    assert {Permission.KNOCK, Permission.TAKE_BACK} == WHILE_HELD
    back = [o for o in OPERATIONS if o.policy.permission is Permission.TAKE_BACK]
    assert {o.door for o in back} == {"widget"}
    assert {kind.value for o in back for kind in o.policy.returns} <= {"CNS", "AUD", "CON"}, (
        "the contact of who answers may be news"
    )
    writing = {o.name for o in back if o.method not in {"GET", "DELETE"}}
    assert writing == {
        "widget.consents_withdraw",
        "widget.mark_campaign",
        "widget.refuse_exception",
    }


def wards(shop: Shop) -> list[Json]:
    here = shop.admin.workspace_id
    return [row for row in stored.all_of(shop.server, "wards") if row["workspace_id"] == here]
