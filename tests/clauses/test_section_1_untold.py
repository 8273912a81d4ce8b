"""Clauses 1.8d and 4.1.6 in a running server: what is new waits for whoever was not told of it.

What has changed gravely does as well, see ``test_section_8_untold``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from silkroad.privacy.campaigns.points import DOOR
from tests.attacks import stored
from tests.cast import Member, open_shop, publish, question, receipt, set_up
from tests.clauses.campaigns import hears_of_it, mark, news, updated, without, writes
from tests.harness.people import Json, Person, Refused, client_id
from tests.harness.server import Server
from tests.push.world import World, a_world

GOOD = "linden blossom in June"
FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Firefox/140.0"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from a_world(tmp_path / "woken")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose people can be made to have been told another record."""
    with Server(tmp_path_factory.mktemp("untold") / "data") as running:
        set_up(running)
        yield running


def test_a_new_detail_is_not_taken_before_it_was_told(seeded: Server) -> None:
    shop = open_shop(seeded)
    mira, talk = shop.asks("Is the jasmine tea organic?")
    updated(seeded, without("messages.client_id"))
    before = stored.all_of(seeded, "messages")
    assert writes(mira) == (428, "changes_unread")
    line = mira.line()
    assert line.send(talk, "Hello?")["code"] == "changes_unread"
    assert stored.all_of(seeded, "messages") == before, "nothing of it is kept"
    shown = mira.get(mira.path("/messages"))["items"]
    assert [one["text"] for one in shown] == ["Is the jasmine tea organic?"], "the rest goes on"
    late, _ = shop.asks("And I?", "Ana")
    assert writes(late) == (200, ""), "who came after it has read the new notice"
    hears_of_it(mira)
    assert writes(mira) == (200, "")
    assert line.send(talk, "From the line that was open all the time")["t"] == "ack"
    line.close()


def test_a_new_detail_is_taken_on_no_consent_from_before_it(world: World) -> None:
    """It is of a kind that was agreed to, and all the same nobody has agreed to it."""
    shop = open_shop(world.server)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    laptop, phone = world.device(shop.arta), world.visitors_device(mira)
    updated(world.server, without("devices.agent"))
    people: list[Person] = [shop.arta, mira]
    for person in people:
        (told,) = news(person)
        assert (told["text"]["weight"], told["asked"]) == ("major", ["wake_up"])
        assert told["text"]["lines"][0].startswith("More is now used to wake ")
        assert told["text"]["lines"][0].endswith(": Devices.")
        mark(person, told, "read")  # which is no yes
        assert question(person)["state"] == "expired"
    again = world.service.subscribe(shop.arta.get("/api/me")["vapid_public_key"])
    refused = shop.arta.ask("PUT", "/api/me/devices", again.subscription)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_required")
    shop.asks("Anybody there?", "Jon")
    world.wakes_nobody(laptop, phone, again)
    of_ours = [row for row in stored.all_of(world.server, "devices") if is_of(row, people)]
    assert of_ours == [], "what was known of a device goes with the consent"
    for person in people:
        assert "superseded" in [one["event"] for one in receipt(person)["records"]]
    newest = world.device(shop.arta)
    assert question(shop.arta)["state"] == "given"
    shop.asks("And now?", "Ana")
    world.wakes(newest)
    assert question(mira)["state"] == "expired", "each chooses for themselves"


def is_of(row: Json, people: list[Person]) -> bool:
    return row["owner_id"] in {receipt(person)["records"][0]["subject_id"] for person in people}


def test_who_answers_a_customer_goes_on(seeded: Server) -> None:
    shop = open_shop(seeded)
    mira, talk = shop.asks("Is the jasmine tea organic?")
    updated(seeded, without("messages.client_id"))
    hears_of_it(shop.arta)
    shop.arta.post(f"/api/conversations/{talk}/messages", said := note("Yes, it is."))
    assert mira.get(mira.path("/messages"))["items"][-1]["text"] == said["text"]


def test_nobody_writes_something_new_about_somebody_who_was_not_told(seeded: Server) -> None:
    shop = open_shop(seeded)
    updated(seeded, without("members.role"))
    hears_of_it(shop.admin)
    place, body = f"/api/members/{shop.wei.member_id}", {"role": "admin"}
    refused = shop.admin.ask("PATCH", place, body)
    assert (refused.status_code, refused.json()["code"]) == (428, "changes_unread")
    assert role_of(shop.admin, shop.wei.member_id) == "agent"
    hears_of_it(shop.wei)
    shop.admin.patch(place, body)
    assert role_of(shop.admin, shop.wei.member_id) == "admin"


def test_the_proof_that_somebody_was_told_waits_for_nothing(seeded: Server) -> None:
    shop = open_shop(seeded)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    updated(seeded, without("campaign_people.told_at", "consents.at", "visitors.notice_hash"))
    hears_of_it(mira)
    assert writes(mira) == (200, "")


def test_what_the_law_wants_noted_waits_all_the_same(seeded: Server) -> None:
    shop = open_shop(seeded)
    shop.admin.put("/api/publications", {"allowed": True})
    mira, _ = shop.asks("Is the jasmine tea organic?")
    updated(seeded, without("publications.kinds"))
    with pytest.raises(Refused) as no:
        publish(mira)
    assert (no.value.status, no.value.code) == (428, "changes_unread")
    hears_of_it(mira)
    assert publish(mira)["url"]


def test_who_signs_in_before_they_were_told_leaves_nothing_new(seeded: Server) -> None:
    shop = open_shop(seeded)
    shop.arta.put("/api/me/password", {"password": GOOD})
    updated(seeded, without("sessions.agent"))
    newest = signs_in_elsewhere(shop.arta)
    assert browser_of(newest) == ""
    hears_of_it(newest)
    assert browser_of(signs_in_elsewhere(shop.arta)) == "Firefox · Windows"


def test_whatever_is_new_at_the_door_it_lets_in_who_can_be_told_only_inside(
    seeded: Server,
) -> None:
    shop = open_shop(seeded)
    shop.arta.put("/api/me/password", {"password": GOOD})
    mira, talk = shop.asks("Is the jasmine tea organic?")
    names = [f"{one.name}.{column}" for one in stored.tables(seeded) for column in one.columns]
    updated(seeded, without(*(name for name in names if name.partition(".")[0] in DOOR)))
    people: list[Person] = [signs_in_elsewhere(shop.arta), mira]
    mira.accept_notice()
    for person, line in zip(people, (people[0].socket(), mira.line()), strict=True):
        assert line.send(talk, "Here I am")["t"] == "ack", "which has nothing new in it"
        line.close()
        hears_of_it(person)


def signs_in_elsewhere(member: Member) -> Person:
    """Sign the same person in on another browser."""
    person, body = Person(member.server, member.name), {"phone": member.phone, "password": GOOD}
    answer = person.ask("POST", "/api/sign-in/password", body, headers=FIREFOX)
    assert answer.status_code == 200, answer.text
    return person


def browser_of(person: Person) -> str:
    sessions = person.get("/api/me/sessions")["items"]
    return next(str(one["agent"]) for one in sessions if one["current"])


def note(text: str) -> Json:
    return {"client_id": client_id(), "text": text}


def role_of(admin: Person, member_id: str) -> str:
    team = admin.get("/api/members")["items"]
    return next(str(one["role"]) for one in team if one["id"] == member_id)
