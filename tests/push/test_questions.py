"""A visitor asks: who is away is woken by an opaque id, who is here or has read it is not."""

from __future__ import annotations

import json

import pytest

from tests.cast import Member, Shop, invite, open_shop
from tests.harness.people import Json, Refused, client_id
from tests.push.world import World


def wake_of(member: Member, payload: bytes) -> Json:
    """Ask as the service worker does when it is woken."""
    return member.get(f"/api/wakes/{json.loads(payload)['id']}")


def test_everybody_in_the_inbox_is_woken_and_told_by_our_own_server(
    world: World, shop: Shop
) -> None:
    artas, weis = world.device(shop.arta), world.device(shop.wei)
    _, conversation = shop.asks("Is the jasmine tea organic?")
    [message] = world.wakes(artas)
    assert list(json.loads(message.payload)) == ["id"]
    assert b"jasmine" not in message.payload
    assert (message.urgency, message.contact) == ("high", "mailto:privacy@linden.example")
    assert 0 < message.ttl <= 24 * 3600
    assert wake_of(shop.arta, message.payload) == {
        "title": "A visitor",
        "body": "Is the jasmine tea organic?",
        "url": f"/c/{conversation}",
        "tag": conversation,
        "language": "en",
    }
    assert len(world.wakes(weis)) == 1


def test_a_wake_tells_only_its_own_member(world: World, shop: Shop, stranger: Member) -> None:
    phone = world.device(shop.arta)
    shop.asks("Is the jasmine tea organic?")
    [message] = world.wakes(phone)
    for other in (shop.wei, shop.admin, stranger):
        with pytest.raises(Refused) as no:
            wake_of(other, message.payload)
        assert no.value.code == "not_found"
    with pytest.raises(Refused) as no:
        wake_of(Member(world.server, "Nobody"), message.payload)
    assert no.value.code == "signed_out"


def test_only_the_assignee_is_woken(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    shop.arta.put(f"/api/conversations/{conversation}/assignee", {"member_id": shop.arta.member_id})
    artas, weis = world.device(shop.arta), world.device(shop.wei)
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Hello?"})
    world.wakes(artas)
    world.wakes_nobody(weis)
    assert weis.messages == []


def test_who_does_not_work_in_the_inbox_is_left_in_peace(
    world: World, shop: Shop, stranger: Member
) -> None:
    elsewhere = invite(shop.admin, "Liri", [])
    theirs = [world.device(person) for person in (elsewhere, shop.admin, stranger)]
    shop.asks("Is the jasmine tea organic?")
    world.wakes_nobody(*theirs)


def test_where_nobody_works_the_administrators_are_woken(world: World, shop: Shop) -> None:
    for agent in (shop.arta, shop.wei):
        shop.admin.delete(f"/api/members/{agent.member_id}")
    phone = world.device(shop.admin)
    shop.asks("Is the jasmine tea organic?")
    world.wakes(phone)


def test_when_the_assignee_has_gone_the_inbox_is_woken(world: World, shop: Shop) -> None:
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    shop.arta.put(f"/api/conversations/{conversation}/assignee", {"member_id": shop.arta.member_id})
    shop.admin.delete(f"/api/members/{shop.arta.member_id}")
    phone = world.device(shop.wei)
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Hello?"})
    world.wakes(phone)


def test_who_is_here_is_not_woken_until_they_step_away(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    line = shop.arta.socket()
    shop.asks("Is the jasmine tea organic?")
    world.wakes_nobody(phone)
    shop.arta.put("/api/me/presence", {"presence": "away"})
    world.let_pass(60)
    world.wakes(phone)
    line.close()


def test_a_question_that_comes_when_they_are_gone_does_not_wait_for_the_next_look(
    world: World, shop: Shop
) -> None:
    phone = world.device(shop.arta)
    line = shop.arta.socket()
    mira, _ = shop.asks("Is the jasmine tea organic?")
    world.wakes_nobody(phone)
    line.close()
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Hello?"})
    before = world.time.ahead
    [message] = world.wakes(phone)
    assert world.time.ahead - before < 30_000
    assert wake_of(shop.arta, message.payload)["body"] == "Hello?"


def test_what_was_read_elsewhere_wakes_nobody(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    _, conversation = shop.asks("Is the jasmine tea organic?")
    shop.arta.put(f"/api/conversations/{conversation}/read", {"seq": 1})
    world.wakes_nobody(phone)


def test_what_a_colleague_has_answered_wakes_nobody(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    _, conversation = shop.asks("Is the jasmine tea organic?")
    answer = {"client_id": client_id(), "text": "It is."}
    shop.wei.post(f"/api/conversations/{conversation}/messages", answer)
    world.wakes_nobody(phone)


def test_many_messages_are_one_wake_and_the_next_one_comes_after_half_a_minute(
    world: World, shop: Shop
) -> None:
    phone = world.device(shop.arta)
    mira, _ = shop.asks("Hello!")
    for text in ("I have a question.", "Is the jasmine tea organic?"):
        mira.post(mira.path("/messages"), {"client_id": client_id(), "text": text})
    [message] = world.wakes(phone)
    assert wake_of(shop.arta, message.payload)["body"] == "Is the jasmine tea organic?"
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Still there?"})
    world.wakes_nobody(phone)
    world.let_pass(30)
    first, second = world.wakes(phone, 2)
    assert wake_of(shop.arta, second.payload)["body"] == "Still there?"
    assert first.topic == second.topic


def test_two_conversations_are_two_wakes(world: World, shop: Shop) -> None:
    phone = world.device(shop.arta)
    shop.asks("Is the jasmine tea organic?", "Mira")
    shop.asks("Do you ship to Prizren?", "Besa")
    first, second = world.wakes(phone, 2)
    assert first.topic != second.topic


@pytest.mark.parametrize(
    ("text", "shown"),
    [("x" * 300, "x" * 99 + "…"), ("a  line\nand another", "a line and another")],
)
def test_a_long_question_is_cut_short(world: World, shop: Shop, text: str, shown: str) -> None:
    phone = world.device(shop.arta)
    shop.asks(text)
    [message] = world.wakes(phone)
    assert wake_of(shop.arta, message.payload)["body"] == shown


def test_a_note_wakes_those_it_mentions(world: World, shop: Shop) -> None:
    artas, weis = world.device(shop.arta), world.device(shop.wei)
    _, conversation = shop.asks("Is the jasmine tea organic?")
    for agent in (shop.arta, shop.wei):
        agent.put(f"/api/conversations/{conversation}/read", {"seq": 1})
    note = {
        "client_id": client_id(),
        "text": "Wei, do you know?",
        "note": True,
        "mentions": [shop.wei.member_id, shop.arta.member_id],
    }
    shop.arta.post(f"/api/conversations/{conversation}/messages", note)
    [message] = world.wakes(weis)
    told = wake_of(shop.wei, message.payload)
    assert (told["title"], told["body"]) == ("Arta mentioned you", "Wei, do you know?")
    world.wakes_nobody(artas)
    assert artas.messages == []


def test_a_question_that_a_colleague_answers_does_not_hide_a_note(world: World, shop: Shop) -> None:
    phone = world.device(shop.wei)
    mira, conversation = shop.asks("Is the jasmine tea organic?")
    path = f"/api/conversations/{conversation}/messages"
    mentions = [shop.wei.member_id]
    note = {"client_id": client_id(), "text": "Wei?", "note": True, "mentions": mentions}
    shop.admin.post(path, note)
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Hello?"})
    shop.arta.post(path, {"client_id": client_id(), "text": "It is."})
    [message] = world.wakes(phone)
    assert wake_of(shop.wei, message.payload)["body"] == "Wei?"


@pytest.mark.parametrize(
    ("language", "title"), [("sq", "Arta ju përmendi"), ("zh-CN", "Arta提到了您")]
)
def test_a_wake_speaks_the_members_language(
    world: World, shop: Shop, language: str, title: str
) -> None:
    shop.wei.patch("/api/me", {"language": language})
    phone = world.device(shop.wei)
    _, conversation = shop.asks("Is the jasmine tea organic?")
    shop.wei.put(f"/api/conversations/{conversation}/read", {"seq": 1})
    note = {"client_id": client_id(), "text": "?", "note": True, "mentions": [shop.wei.member_id]}
    shop.arta.post(f"/api/conversations/{conversation}/messages", note)
    [message] = world.wakes(phone)
    told = wake_of(shop.wei, message.payload)
    assert (told["title"], told["language"]) == (title, language)


def test_nobody_is_missed_when_the_server_dies_in_between(own_world: World) -> None:
    shop = open_shop(own_world.server)
    phone = own_world.device(shop.arta)
    key = shop.arta.get("/api/me")["vapid_public_key"]
    shop.asks("Is the jasmine tea organic?")
    own_world.server.kill()
    own_world.server.start()
    own_world.let_pass(0)
    own_world.wakes(phone)
    assert shop.arta.get("/api/me")["vapid_public_key"] == key
