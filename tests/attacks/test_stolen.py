"""What somebody has taken along is worth nothing once the access behind it has ended. S5, S13."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from silkroad.http import visitor_cookie
from silkroad.kit.clock import SystemClock
from silkroad.kit.permissions import Permission
from silkroad.kit.randomness import SystemRandomness
from silkroad.kit.scope import Scope
from silkroad.live.hub import Hub
from silkroad.live.socket import FeedOf, Socket, Still
from silkroad.live.tickets.memory import MemoryTickets
from silkroad.parts import FRAMES, OPERATIONS
from tests.cast import Member, Shop, VisitorOf, open_inbox
from tests.harness.people import Line, Person, client_id

from .asking import Ask, asked, missing
from .endings import ENDS_A_SESSION, out_by_the_inbox, out_by_the_member

AT_ONCE = 1.0  # seconds
REVOKED = 4403
BEGIN_ANEW = 1012
IDS = {
    "campaign": "cmp_",
    "consent": "cns_",
    "conversation": "cnv_",
    "device": "dev_",
    "exception": "exc_",
    "file": "fil_",
    "inbox": "inb_",
    "invitation": "inv_",
    "member": "mbr_",
    "passkey": "psk_",
    "publication": "pub_",
    "request": "req_",
    "session": "ses_",
    "visitor": "vis_",
    "wake": "wak_",
    "workspace": "wsp_",
}
NOBODY = {kind: missing(prefix) for kind, prefix in IDS.items()}


class Thief(Person):
    """Somebody who copied an agent's cookie and opened a line."""

    def __init__(self, shop: Shop) -> None:
        super().__init__(shop.server, "Thief")
        self.cookies = dict(shop.arta.cookies)
        self.line = self.socket()


@pytest.mark.parametrize("ends", ENDS_A_SESSION, ids=lambda ends: ends.__name__)
def test_no_door_opens_to_a_session_that_ended(shop: Shop, ends: Callable[[Shop], None]) -> None:
    thief = Thief(shop)
    ends(shop)
    assert thief.line.closes_with() == REVOKED
    for operation in (o for o in OPERATIONS if o.door == "console"):
        ask = asked(operation, NOBODY)
        answer = Ask(operation, ask.names, {}, ask.body).by(thief)
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out"), operation.name
    assert thief.set_cookies == []


@pytest.mark.parametrize("out", [out_by_the_member, out_by_the_inbox], ids=lambda out: out.__name__)
def test_who_loses_an_inbox_hears_and_sees_no_more_of_it(
    shop: Shop, out: Callable[[Shop], None]
) -> None:
    visitor, _ = shop.asks("Private words")
    thief = Thief(shop)
    feed = thief.line.welcome["feed"]
    out(shop)
    said = {"client_id": client_id(), "text": "Not for Arta any more"}
    visitor.post(visitor.path("/messages"), said)
    assert not heard_before_the_end(thief.line, "Not for Arta")
    again = thief.socket()
    again.say(t="resume", feed=feed)
    assert again.hear("message", "conversation", "resumed", "gap")["t"] == "resumed"


def heard_before_the_end(line: Line, words: str) -> bool:
    """Whether a line that is to begin anew has heard these words first."""
    heard = ""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            heard += str(line.socket.recv(timeout=AT_ONCE))
    assert closed.value.rcvd and closed.value.rcvd.code == BEGIN_ANEW
    return words in heard


def test_a_visitors_token_is_good_for_one_inbox_only(shop: Shop, stranger: Member) -> None:
    visitor, conversation = shop.asks("Private words")
    token = visitor.cookies[visitor_cookie(shop.inbox["id"])]
    for inbox_id in (open_inbox(shop.admin, "Other")["id"], open_inbox(stranger)["id"]):
        thief = VisitorOf(shop.server, "Thief")
        thief.inbox_id = inbox_id
        thief.cookies = {visitor_cookie(inbox_id): token, "__Host-silkroad": token}
        assert thief.get(thief.path())["visitor"] is None
        for path in ("/messages", f"/files/{NOBODY['file']}"):
            assert thief.ask("GET", thief.path(path)).status_code == 401
        assert thief.ask("POST", thief.path("/ticket"), {}).status_code == 428
        assert thief.ask("GET", "/api/me").status_code == 401
        theirs = thief.accept_notice()
        assert theirs["conversation_id"] is None
        assert thief.line().send(conversation, "let me in")["code"] == "not_found"


def test_a_forgotten_browser_hears_and_opens_nothing_more(shop: Shop) -> None:
    visitor, conversation = shop.asks("Private words")
    line, kept = visitor.line(), dict(visitor.cookies)
    ticket = visitor.post(visitor.path("/ticket"))["ticket"]
    visitor.delete(visitor.path("/visitor"))
    assert line.closes_with() == REVOKED
    with pytest.raises(ConnectionClosed) as closed:
        Line(shop.server, ticket)
    assert closed.value.rcvd and closed.value.rcvd.code == 4401
    visitor.cookies = kept
    for operation in (o for o in OPERATIONS if o.door == "widget"):
        if operation.policy.permission in {Permission.CHAT, Permission.TAKE_BACK}:
            ask = asked(operation, {**NOBODY, "inbox": shop.inbox["id"]})
            expected = 428 if operation.notice_first else 401
            assert ask.by(visitor).status_code == expected, operation.name
    assert shop.arta.get(f"/api/conversations/{conversation}")["last_seq"] == 1


def test_an_end_that_comes_while_a_line_opens_is_not_missed() -> None:
    """The moment cannot be hit from outside: so a socket is opened here, and ends at once."""
    scope = Scope("wsp_here", "agent", "member", "mbr_gone", session_id="ses_gone")
    hub, clock = Hub(), SystemClock()
    tickets = MemoryTickets(clock, SystemRandomness())
    looks: list[Scope] = []

    async def still(asked: Scope) -> Scope | None:
        """Find access as it was, and let it end before the answer arrives."""
        looks.append(asked)
        if len(looks) > 1:
            return None
        hub.end_actor(asked.workspace_id, asked.actor_id)
        return asked

    async def feed_of(_: Scope) -> int:
        return 0

    sent = asyncio.run(opened(hub, tickets, clock, still, feed_of, scope))
    assert sent[-1] == {"type": "websocket.close", "code": 4401}
    assert len(hub) == 0


async def opened(
    hub: Hub,
    tickets: MemoryTickets,
    clock: SystemClock,
    still: Still,
    feed_of: FeedOf,
    scope: Scope,
) -> list[dict[str, Any]]:
    """Open a socket without a server around it, and return what it sends."""
    ticket, _expires_at = await tickets.issue(scope)
    coming = iter(
        [
            {"type": "websocket.connect"},
            {"type": "websocket.receive", "text": json.dumps({"t": "hello", "ticket": ticket})},
            {"type": "websocket.disconnect"},
        ]
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(coming)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    serving = Socket(
        None,
        FRAMES,
        origin="https://chat.example",
        hub=hub,
        tickets=tickets,
        clock=clock,
        still=still,
        feed_of=feed_of,
        frames_per_second=20,
    )
    await serving({"headers": [(b"origin", b"https://chat.example")]}, receive, send)
    return sent
