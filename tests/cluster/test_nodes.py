"""Two nodes are one installation: whoever is at one hears, sees and loses what the other does."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.cast import Shop, sign_up
from tests.harness.people import Json, Line, Refused

from .cluster import Cluster, after_the_greeting

SOON = 2.0  # seconds; the hint comes at once, and a look follows within two seconds anyway


def test_who_is_let_in_at_one_node_is_known_at_the_other(cluster: Cluster, shop: Shop) -> None:
    me = shop.arta.goes_to(cluster.nodes[1]).get("/api/me")
    assert me["member"]["id"] == shop.arta.member_id


def test_the_other_node_knows_that_the_installation_was_set_up(cluster: Cluster) -> None:
    sign_up(cluster.nodes[1], "Second Door", "Sara")


def test_a_message_at_one_node_is_heard_at_the_other_in_order(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    wei, line = shop.wei.socket(), mira.line()
    for number in range(20):
        assert line.send(conversation, f"line {number}")["t"] == "ack"
    heard = [after_the_greeting(wei)["message"]["text"] for _ in range(20)]
    assert heard == [f"line {number}" for number in range(20)]
    assert wei.send(conversation, "An answer")["seq"] == 22
    assert line.hear("message")["message"]["text"] == "An answer"


def test_both_nodes_write_in_one_conversation_at_once_without_a_gap(shop: Shop) -> None:
    _mira, conversation = shop.asks("Hello")
    lines = [shop.arta.socket(), shop.wei.socket()]
    with ThreadPoolExecutor(2) as pool:
        acks = [ack for found in pool.map(partial(twenty, conversation), lines) for ack in found]
    assert sorted(ack["seq"] for ack in acks) == list(range(2, 42))


def twenty(conversation: str, line: Line) -> list[Json]:
    return [line.send(conversation, f"line {number}") for number in range(20)]


def test_somebody_is_seen_writing_from_the_other_node(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    wei, line = shop.wei.socket(), mira.line()
    line.say(t="typing", conversation=conversation, on=True)
    assert wei.hear("typing")["author"]["kind"] == "visitor"
    wei.say(t="typing", conversation=conversation, on=True)
    assert line.hear("typing")["author"]["name"] == "Wei"


def test_presence_is_the_same_at_every_node(shop: Shop) -> None:
    arta = shop.arta.socket()
    wei = shop.wei.socket()
    assert arta.hear("presence") == {
        "t": "presence",
        "member": shop.wei.member_id,
        "presence": "online",
    }
    assert presence_at(shop, shop.arta.member_id) == "online"
    shop.arta.put("/api/me/presence", {"presence": "away"})
    assert wei.hear("presence")["presence"] == "away"
    wei.close()
    assert arta.hear("presence", "presence")["member"]
    assert presence_at(shop, shop.wei.member_id) == "offline"


def presence_at(shop: Shop, member_id: str) -> str:
    """Return what the second node says of a member."""
    team = shop.wei.get("/api/members")["items"]
    return next(str(member["presence"]) for member in team if member["id"] == member_id)


def test_a_ticket_of_one_node_opens_one_socket_at_another(cluster: Cluster, shop: Shop) -> None:
    ticket = shop.arta.post("/api/live/ticket")["ticket"]
    assert Line(cluster.nodes[1], ticket).welcome["me"] == shop.arta.member_id
    for node in cluster.nodes:
        with pytest.raises(Exception, match="4401"):
            Line(node, ticket)


def test_access_that_ends_at_one_node_ends_at_the_other(shop: Shop) -> None:
    wei = shop.wei.socket()
    began = time.monotonic()
    shop.admin.delete(f"/api/members/{shop.wei.member_id}")
    assert wei.closes_with() == 4403
    assert time.monotonic() - began < SOON
    with pytest.raises(Refused):
        shop.wei.get("/api/me")


def test_an_archived_inbox_ends_its_visitors_at_the_other_node(
    cluster: Cluster, shop: Shop
) -> None:
    mira, _conversation = shop.asks("Hello")
    line = mira.socket(mira.path("/ticket"), at=cluster.nodes[1])
    shop.admin.delete(f"/api/inboxes/{shop.inbox['id']}")
    assert line.closes_with() == 4403


def test_a_visitor_who_is_forgotten_at_one_node_is_gone_at_the_other(
    cluster: Cluster, shop: Shop
) -> None:
    mira, _conversation = shop.asks("Hello")
    line = mira.socket(mira.path("/ticket"), at=cluster.nodes[1])
    mira.delete(mira.path("/visitor"))
    assert line.closes_with() == 4403


def test_a_ticket_from_before_opens_only_what_its_bearer_may_do_now(
    cluster: Cluster, shop: Shop
) -> None:
    _mira, conversation = shop.asks("Hello")
    ticket = shop.wei.post("/api/live/ticket")["ticket"]
    shop.admin.patch(f"/api/members/{shop.wei.member_id}", {"inbox_ids": []})
    line = Line(cluster.nodes[0], ticket)
    line.say(t="typing", conversation=conversation, on=True)
    assert line.hear("error")["code"] == "not_found"


def test_a_file_that_came_in_at_one_node_is_opened_at_the_other(shop: Shop) -> None:
    mira, _conversation = shop.asks("Hello")
    sent = mira.upload(mira.path("/files"), "tea.txt", b"linden\n")
    mira.post(
        mira.path("/messages"), {"client_id": "with-a-file", "text": "", "file_ids": [sent["id"]]}
    )
    assert shop.wei.ask("GET", f"/api/files/{sent['id']}").content == b"linden\n"
