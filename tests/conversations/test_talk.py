"""A visitor asks, an agent answers: live, in order, once, and for nobody else's ears."""

from __future__ import annotations

import time

import pytest

from silkroad.conversations.queries import MOST_INTERNAL
from tests.cast import Member, Shop, invite, open_inbox
from tests.harness.people import Refused, client_id


def test_a_visitors_words_reach_the_agent_live_and_the_answer_comes_back(shop: Shop) -> None:
    arta = shop.arta.socket()
    mira = shop.visitor()
    mira.accept_notice()
    line = mira.line()
    ack = line.send(None, "Do you have linden tea? 你们有菩提茶吗?")
    assert (ack["t"], ack["seq"]) == ("ack", 1)
    heard = arta.hear("message")["message"]
    assert heard["text"] == "Do you have linden tea? 你们有菩提茶吗?"
    assert heard["conversation_id"] == ack["conversation"]
    assert arta.send(ack["conversation"], "Yes, fresh ones.")["seq"] == 2
    answer = line.hear("message")["message"]
    assert (answer["text"], answer["seq"], answer["author"]["name"]) == (
        "Yes, fresh ones.",
        2,
        "Arta",
    )
    assert "position" not in answer, "a visitor must not learn the workspace's volume"


def test_the_same_client_id_again_is_the_same_message(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    line = mira.line()
    once = line.send(conversation, "Only once", as_id="same-id-0001")
    again = line.send(conversation, "Only once", as_id="same-id-0001")
    by_http = mira.post(mira.path("/messages"), {"client_id": "same-id-0001", "text": "Only once"})
    assert once["seq"] == again["seq"] == by_http["seq"] == 2
    texts = [m["text"] for m in mira.get(mira.path("/messages"))["items"]]
    assert texts == ["Hello", "Only once"]


def test_every_note_is_on_some_page_however_many_there_are(shop: Shop) -> None:
    notes_each = MOST_INTERNAL // 3 + 20
    mira, conversation = shop.asks("The first")
    path = f"/api/conversations/{conversation}/messages"
    for part in range(3):
        for number in range(notes_each):
            note = {"client_id": client_id(), "text": f"note {part}-{number}", "note": True}
            shop.arta.post(path, note)
        mira.post(mira.path("/messages"), {"client_id": client_id(), "text": f"public {part}"})
    backwards, forwards = by_pages(shop.arta, path, "before"), by_pages(shop.arta, path, "after")
    wanted = ["The first"]
    for part in range(3):
        wanted += [f"note {part}-{number}" for number in range(notes_each)] + [f"public {part}"]
    assert backwards == wanted
    assert forwards == wanted[1:], "what came after the first"


def by_pages(agent: Member, path: str, way: str) -> list[str]:
    """Return all that was written, read page by page from one end to the other."""
    texts: list[str] = []
    cursor = "?after=1" if way == "after" else "?"
    while True:
        page = agent.get(f"{path}{cursor}&limit=100")
        some = [m["text"] for m in page["items"] if m.get("text")]
        texts = texts + some if way == "after" else some + texts
        if not page["more"]:
            return texts
        public = [m["seq"] for m in page["items"] if m["lane"] == "public"]
        cursor = f"?{way}={public[-1 if way == 'after' else 0]}"


def test_another_enterprise_cannot_tell_a_conversation_from_nothing(
    shop: Shop, stranger: Member
) -> None:
    _, conversation = shop.asks("Private words")
    foreign, missing = (
        stranger.ask("GET", f"/api/conversations/{name}") for name in (conversation, "cnv_nothing")
    )
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    for verb, path, body in (
        ("POST", "/messages", {"client_id": client_id(), "text": "in"}),
        ("PUT", "/assignee", {"member_id": None}),
        ("PUT", "/state", {"state": "closed"}),
        ("PUT", "/read", {"seq": 1}),
    ):
        answer = stranger.ask(verb, f"/api/conversations/{conversation}{path}", body)
        assert answer.status_code == 404, (verb, path)
    assert stranger.socket().send(conversation, "in")["code"] == "not_found"
    assert stranger.get("/api/conversations")["items"] == []


def test_one_visitor_cannot_reach_anothers_conversation(shop: Shop) -> None:
    _, conversation = shop.asks("Mine alone")
    nosy = shop.visitor("Nosy")
    nosy.accept_notice()
    line = nosy.line()
    assert line.send(conversation, "let me in")["code"] == "not_found"
    line.say(t="resume", conversation=conversation, seq=0)
    assert line.hear("error", "message")["t"] == "error"
    assert nosy.get(nosy.path("/messages"))["items"] == []


def test_an_agent_outside_the_inbox_hears_and_sees_nothing(shop: Shop) -> None:
    other = open_inbox(shop.admin, "Wholesale")
    outsider = invite(shop.admin, "Besa", [other["id"]])
    ear = outsider.socket()
    _, conversation = shop.asks("For the shop's agents")
    assert ear.hears_nothing("message")
    assert outsider.get("/api/conversations")["items"] == []
    with pytest.raises(Refused) as no:
        outsider.get(f"/api/conversations/{conversation}/messages")
    assert no.value.code == "not_found"


def test_notes_and_events_never_reach_the_visitor(shop: Shop) -> None:
    mira, conversation = shop.asks("Where is my parcel?")
    line = mira.line()
    path = f"/api/conversations/{conversation}"
    note = {
        "client_id": client_id(),
        "text": "She is a regular",
        "note": True,
        "mentions": [shop.wei.member_id],
    }
    assert shop.arta.post(f"{path}/messages", note)["lane"] == "internal"
    shop.arta.put(f"{path}/assignee", {"member_id": shop.wei.member_id})
    shop.arta.put(f"{path}/state", {"state": "closed"})
    assert line.hears_nothing("message")
    line.say(t="resume", conversation=conversation, seq=1)
    assert line.hear("resumed", "message")["t"] == "resumed"
    assert [m["text"] for m in mira.get(mira.path("/messages"))["items"]] == ["Where is my parcel?"]
    kinds = [m["kind"] for m in shop.wei.get(f"{path}/messages")["items"]]
    assert kinds == ["text", "note", "event", "event"]


def test_only_a_note_mentions_and_only_colleagues_of_the_inbox(
    shop: Shop, stranger: Member
) -> None:
    _, conversation = shop.asks("Hello")
    path = f"/api/conversations/{conversation}/messages"
    for body in (
        {"client_id": client_id(), "text": "hi", "mentions": [shop.wei.member_id]},
        {"client_id": client_id(), "text": "hi", "note": True, "mentions": [stranger.member_id]},
    ):
        with pytest.raises(Refused) as no:
            shop.arta.post(path, body)
        assert no.value.status in {404, 422}


def test_unread_counts_are_right_for_each_agent_and_each_device(shop: Shop) -> None:
    mira, conversation = shop.asks("One")
    line = mira.line()
    line.send(conversation, "Two")
    assert shop.arta.get("/api/conversations")["items"][0]["unread"] == 2
    desk, phone = shop.arta.socket(), shop.arta.socket()
    desk.say(t="read", conversation=conversation, seq=1)
    assert phone.hear("read")["seq"] == 1
    assert line.hear("read")["reader"]["kind"] == "member"
    assert shop.arta.get(f"/api/conversations/{conversation}")["unread"] == 1
    assert shop.wei.get(f"/api/conversations/{conversation}")["unread"] == 2
    desk.send(conversation, "Here I am")
    assert shop.arta.get(f"/api/conversations/{conversation}")["unread"] == 0
    assert shop.arta.get("/api/conversations/counts")["unread"] == 0
    desk.say(t="read", conversation=conversation, seq=1)
    assert shop.arta.get(f"/api/conversations/{conversation}")["read_seq"] == 3, "never back"


def test_a_closed_conversation_opens_again_when_the_visitor_writes(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    path = f"/api/conversations/{conversation}"
    shop.arta.put(f"{path}/state", {"state": "closed"})
    assert [c["id"] for c in shop.arta.get("/api/conversations?filter=closed")["items"]] == [
        conversation
    ]
    ear = shop.arta.socket()
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "One more thing"})
    assert ear.hear("conversation")["conversation"]["state"] == "open"
    assert shop.arta.get(path)["waiting_since"] is not None


def test_answering_takes_an_unassigned_conversation_on(shop: Shop) -> None:
    _, conversation = shop.asks("Anybody there?")
    path = f"/api/conversations/{conversation}"
    shop.wei.post(f"{path}/messages", {"client_id": client_id(), "text": "Yes"})
    taken = shop.wei.get(path)
    assert (taken["assignee_id"], taken["waiting_since"]) == (shop.wei.member_id, None)
    assert shop.wei.get("/api/conversations/counts")["mine"] == 1
    handed = shop.wei.put(
        f"{path}/assignee", {"member_id": shop.arta.member_id, "note": "Knows tea better"}
    )
    assert handed["assignee_id"] == shop.arta.member_id
    (note,) = [m for m in shop.arta.get(f"{path}/messages")["items"] if m["kind"] == "note"]
    assert (note["text"], note["mentions"]) == ("Knows tea better", [shop.arta.member_id])


def test_after_an_absence_a_client_hears_exactly_what_it_missed(shop: Shop) -> None:
    mira, conversation = shop.asks("One")
    arta = shop.arta.socket()
    feed = arta.welcome["feed"]
    arta.close()
    line = mira.line()
    for text in ("Two", "Three"):
        line.send(conversation, text)
    shop.wei.put(f"/api/conversations/{conversation}/assignee", {"member_id": shop.wei.member_id})
    back = shop.arta.socket()
    back.say(t="resume", feed=feed)
    heard = []
    while (frame := back.hear("message", "conversation", "resumed"))["t"] != "resumed":
        heard.append(frame)
    assert [f["message"]["text"] for f in heard if f["t"] == "message"] == ["Two", "Three", ""]
    assert heard[-1]["conversation"]["assignee_id"] == shop.wei.member_id
    assert [f["feed"] for f in heard] == list(range(feed + 1, frame["feed"] + 1))
    again = mira.line()
    again.say(t="resume", conversation=conversation, seq=1)
    assert [again.hear("message")["message"]["seq"] for _ in range(2)] == [2, 3]
    assert again.hear("resumed")["seq"] == 3


def test_a_snoozed_conversation_wakes_when_its_time_comes(shop: Shop) -> None:
    _, conversation = shop.asks("Later please")
    path = f"/api/conversations/{conversation}/state"
    with pytest.raises(Refused) as no:
        shop.arta.put(path, {"state": "snoozed", "until": 1})
    assert no.value.problem["fields"][0]["path"] == "$.until"
    ear = shop.arta.socket()
    soon = int(time.time() * 1000) + 1500
    assert shop.arta.put(path, {"state": "snoozed", "until": soon})["state"] == "snoozed"
    assert ear.hear("conversation")["conversation"]["state"] == "snoozed"
    assert ear.hear("conversation")["conversation"]["state"] == "open"


def test_typing_shows_to_the_other_side_and_to_colleagues(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    line, arta, wei = mira.line(), shop.arta.socket(), shop.wei.socket()
    arta.say(t="typing", conversation=conversation, on=True)
    assert wei.hear("typing")["author"]["name"] == "Arta"
    assert line.hear("typing")["on"] is True
    assert arta.hears_nothing("typing")
    line.say(t="typing", conversation=conversation, on=True)
    assert arta.hear("typing")["author"]["kind"] == "visitor"


def test_lists_page_through_everything_once(shop: Shop) -> None:
    asked = {shop.asks(f"Question {n}", f"V{n}")[1] for n in range(7)}
    found: list[str] = []
    cursor = ""
    while True:
        page = shop.arta.get(f"/api/conversations?filter=unassigned&limit=3&cursor={cursor}")
        found += [c["id"] for c in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert len(found) == 7
    assert set(found) == asked
    with pytest.raises(Refused) as no:
        shop.arta.get("/api/conversations?cursor=nonsense")
    assert no.value.status == 422


def test_what_a_gone_colleague_had_taken_on_goes_back_to_the_team(shop: Shop) -> None:
    _, conversation = shop.asks("Anybody?")
    path = f"/api/conversations/{conversation}"
    shop.arta.post(f"{path}/messages", {"client_id": client_id(), "text": "I am here"})
    ear = shop.wei.socket()
    shop.admin.delete(f"/api/members/{shop.arta.member_id}")
    heard = ear.hear("conversation")["conversation"]
    assert (heard["id"], heard["assignee_id"]) == (conversation, None)
    assert shop.wei.get("/api/conversations/counts")["unassigned"] == 1


def test_a_question_closed_without_an_answer_does_not_wait_for_ever(shop: Shop) -> None:
    _, conversation = shop.asks("Never mind")
    path = f"/api/conversations/{conversation}/state"
    assert shop.arta.put(path, {"state": "closed"})["waiting_since"] is None
    assert shop.arta.put(path, {"state": "open"})["waiting_since"] is None


def test_paging_forward_brings_the_notes_in_between_once(shop: Shop) -> None:
    mira, conversation = shop.asks("One")
    path = f"/api/conversations/{conversation}/messages"
    shop.wei.post(path, {"client_id": client_id(), "text": "early", "note": True})
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Two"})
    shop.wei.post(path, {"client_id": client_id(), "text": "late", "note": True})
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Three"})

    def after(seq: int) -> list[str]:
        return [m["text"] for m in shop.wei.get(f"{path}?after={seq}")["items"]]

    assert after(1) == ["early", "Two", "late", "Three"]
    assert after(2) == ["late", "Three"]
    assert after(3) == []


def test_a_visitor_coming_and_going_is_nobodys_presence(shop: Shop) -> None:
    mira, _ = shop.asks("Hello")
    ear = shop.arta.socket()
    mira.line().close()
    assert ear.hears_nothing("presence")


def test_who_comes_back_looks_again_at_team_and_inboxes(shop: Shop) -> None:
    arta = shop.arta.socket()
    arta.say(t="resume", feed=arta.welcome["feed"])
    assert [arta.hear("changed")["what"] for _ in range(2)] == ["members", "inboxes"]
    assert arta.hear("resumed")
