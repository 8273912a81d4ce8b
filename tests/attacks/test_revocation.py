"""Whoever loses access loses all of it within a second: lines, tickets, sessions, files. S5."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx2
import pytest

from tests.cast import Shop, VisitorOf, open_inbox, says_yes, takes_back, yes_to
from tests.harness.people import client_id
from tests.harness.server import Server

from .asking import POINT
from .endings import (
    ENDS_A_SESSION,
    archived,
    forgotten,
    no_administrator_any_more,
    out_by_the_inbox,
    out_by_the_member,
    removed,
    taken_over,
)
from .revocation import LOOK_EVERY, Access, Nodes, at

SECRET = b"private words of a customer\n"
SUBSCRIPTION = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/somewhere",
    "keys": {"p256dh": POINT, "auth": "A" * 22},
}


@pytest.fixture
def nodes(server: Server) -> Nodes:
    """One node: who acts and who has to notice are the same.

    ``shop`` is at the node that acts. In a cluster another one notices, within five seconds.
    """
    return Nodes(server, server, within=1.0)


class Talk:
    """A visitor who has sent a file to the shop."""

    def __init__(self, shop: Shop, content: bytes = SECRET) -> None:
        self.visitor, self.conversation = shop.asks("Private words")
        sent = self.visitor.upload(self.visitor.path("/files"), "private.txt", content)
        self.file = sent["id"]
        body = {"client_id": client_id(), "text": "", "file_ids": [self.file]}
        self.visitor.post(self.visitor.path("/messages"), body)


def artas(shop: Shop, nodes: Nodes, talk: Talk, **more: str) -> Access:
    """Return what somebody has who copied Arta's cookie."""
    paths = {
        "file": f"/api/files/{talk.file}",
        "conversation": f"/api/conversations/{talk.conversation}",
    }
    return Access(at(nodes.sees, shop.arta), "/api/live/ticket", paths | more)


def visitors(nodes: Nodes, talk: Talk) -> Access:
    """Return what somebody has who copied the visitor's cookie."""
    thief = VisitorOf(nodes.sees, "Thief")
    thief.inbox_id, thief.cookies = talk.visitor.inbox_id, dict(talk.visitor.cookies)
    paths = {"file": thief.path(f"/files/{talk.file}"), "messages": thief.path("/messages")}
    return Access(thief, thief.path("/ticket"), paths)


@pytest.mark.parametrize("ends", ENDS_A_SESSION, ids=lambda ends: ends.__name__)
def test_all_that_a_session_opened_is_shut(
    shop: Shop, nodes: Nodes, ends: Callable[[Shop], None]
) -> None:
    has = artas(shop, nodes, Talk(shop), me="/api/me")
    ends(shop)
    has.gone(nodes.within)


@pytest.mark.parametrize("out", [out_by_the_member, out_by_the_inbox], ids=lambda out: out.__name__)
def test_what_an_inbox_held_is_shut_with_it(
    shop: Shop, nodes: Nodes, out: Callable[[Shop], None]
) -> None:
    has = artas(shop, nodes, Talk(shop))
    out(shop)
    has.gone(nodes.within, but="ticket")
    assert has.person.get("/api/conversations")["items"] == []


def test_who_is_an_administrator_no_more_manages_nothing(shop: Shop, nodes: Nodes) -> None:
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", {"role": "admin"})
    has = artas(shop, nodes, Talk(shop), invitations="/api/invitations")
    no_administrator_any_more(shop)
    has.gone(nodes.within, but="ticket")


@pytest.mark.parametrize("ends", [forgotten, archived, taken_over], ids=lambda ends: ends.__name__)
def test_what_a_visitor_had_is_shut(
    shop: Shop, nodes: Nodes, ends: Callable[[Shop, VisitorOf], None]
) -> None:
    talk = Talk(shop)
    has = visitors(nodes, talk)
    ends(shop, talk.visitor)
    has.gone(nodes.within)


def test_what_is_not_ended_stays(shop: Shop, nodes: Nodes) -> None:
    """So the trial above can fail: a colleague's end, or another inbox's, shuts nothing here."""
    talk = Talk(shop)
    has = artas(shop, nodes, talk)
    shop.wei.post("/api/sign-out")
    archived(shop, visitor_of_another_inbox(shop))
    with pytest.raises(AssertionError, match="still good"):
        has.gone(0.2)


def visitor_of_another_inbox(shop: Shop) -> VisitorOf:
    visitor = VisitorOf(shop.server, "Elsewhere")
    visitor.inbox_id = open_inbox(shop.admin, "Other")["id"]
    return visitor


def test_what_was_agreed_to_ends_with_the_consent(shop: Shop, nodes: Nodes) -> None:
    """Clause 6.3b: devices, grants and the gate, at the node that only hears of it as well."""
    shop.arta.put("/api/me/devices", {**SUBSCRIPTION, "consent": yes_to(shop.arta)})
    says_yes(shop.arta, "microphone")
    there = at(nodes.sees, shop.arta)
    granted = there.post("/api/me/media/microphone")
    line = there.socket("/api/live/ticket")
    began = time.monotonic()
    for purpose in ("wake_up", "microphone"):
        takes_back(shop.arta, purpose)
    while there.get("/api/me/devices")["items"]:
        assert time.monotonic() - began <= nodes.within, "the device is still there"
        time.sleep(LOOK_EVERY)
    refused = there.ask("POST", "/api/me/media/microphone", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_required")
    assert there.get("/api/me/media")["items"][0]["ends_at"] < granted["ends_at"]
    while line.hear("changed", within=nodes.within)["what"] != "consents":
        pass  # another node may still be telling of what was before
    assert there.ask("GET", "/api/conversations").status_code == 200


def test_a_download_that_has_begun_may_end_and_no_other_begins(shop: Shop, nodes: Nodes) -> None:
    content = b"private,words\n" * 200_000
    talk = Talk(shop, content)
    thief, path = at(nodes.sees, shop.arta), f"/api/files/{talk.file}"
    cookies = {"Cookie": "; ".join(f"{k}={v}" for k, v in thief.cookies.items())}
    with httpx2.stream("GET", nodes.sees.address + path, headers=cookies) as begun:
        parts = begun.iter_raw(1000)
        got = [next(parts)]
        removed(shop)
        assert thief.ask("GET", path).status_code == 401
        got += parts
    assert b"".join(got) == content
