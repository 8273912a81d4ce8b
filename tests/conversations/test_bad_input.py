"""Malformed, oversize, wrong, flooding: one clear error each, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.cast import Shop
from tests.harness.people import Line, Refused, client_id


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not json", "malformed"),
        ('{"t":"dance"}', "unknown_frame"),
        ('{"t":"send","id":"short","conversation":null,"text":"x"}', "unknown_frame"),
        ('{"t":"send","id":"client-000001","conversation":7,"text":"x"}', "unknown_frame"),
        (
            '{"t":"send","id":"client-000001","conversation":null,"text":"x","admin":true}',
            "unknown_frame",
        ),
        ("[" * 2000, "unknown_frame"),
    ],
)
def test_a_broken_frame_gets_one_error_and_the_line_goes_on(
    shop: Shop, frame: str, code: str
) -> None:
    mira, conversation = shop.asks("Hello")
    line = mira.line()
    line.socket.send(frame)
    assert line.hear("error")["code"] == code
    assert line.send(conversation, "Still here")["seq"] == 2


def test_too_many_broken_frames_end_the_line(shop: Shop) -> None:
    line = shop.arta.socket()
    for _ in range(5):
        line.socket.send("?")
    with pytest.raises(ConnectionClosed) as closed:
        for _ in range(6):
            line.hear("message")
    assert closed.value.rcvd and closed.value.rcvd.code == 4400


def test_an_oversize_frame_ends_the_line_and_nothing_is_stored(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    line = mira.line()
    line.say(t="send", id=client_id(), conversation=conversation, text="x" * 70_000)
    with pytest.raises(ConnectionClosed) as closed:
        line.hear("ack")
    assert closed.value.rcvd and closed.value.rcvd.code == 1009
    assert len(mira.get(mira.path("/messages"))["items"]) == 1


def test_a_ticket_opens_one_socket_once(shop: Shop) -> None:
    ticket = shop.arta.post("/api/live/ticket")["ticket"]
    Line(shop.server, ticket)
    for wrong in (ticket, "made-up"):
        with pytest.raises(ConnectionClosed) as closed:
            Line(shop.server, wrong)
        assert closed.value.rcvd and closed.value.rcvd.code == 4401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_socket_from_another_site_is_refused(shop: Shop, origin: str | None) -> None:
    url = shop.server.origin.replace("http", "ws") + "/live"
    with pytest.raises(Exception, match="403"):
        connect(url, origin=origin)  # type: ignore[arg-type]  # a plain string is what an attacker sends


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Silkroad": "0"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_write_that_another_site_caused_is_refused(shop: Shop, headers: dict[str, str]) -> None:
    answer = shop.admin.ask("POST", "/api/inboxes", {}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")


def test_unknown_keys_wrong_types_and_huge_bodies_are_refused_in_one_shape(shop: Shop) -> None:
    path = f"/api/conversations/{shop.asks('Hello')[1]}/messages"
    for body, status in (
        ({"client_id": client_id(), "text": "x", "author": "admin"}, 422),
        ({"client_id": client_id(), "text": 7}, 422),
        ({"client_id": client_id(), "text": "x" * 4001}, 422),
        ({"client_id": client_id(), "text": "   "}, 422),
        ({"client_id": client_id(), "text": "x" * 70_000}, 413),
    ):
        with pytest.raises(Refused) as no:
            shop.arta.post(path, body)
        assert no.value.status == status
    broken = shop.arta.ask("POST", path, headers={"Content-Type": "application/json"}, content=b"{")
    assert broken.json()["code"] == "malformed"
    wrong_method = shop.arta.ask("DELETE", path)
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "GET, POST")


def test_a_flood_is_slowed_and_then_ended(own_slow: Shop) -> None:
    mira, conversation = own_slow.asks("Hello")
    line = mira.line()
    with pytest.raises(ConnectionClosed) as closed:
        for _ in range(200):
            line.say(t="typing", conversation=conversation, on=True)
        while True:
            frame = json.loads(line.socket.recv(timeout=5))
            assert frame["code"] == "throttled"
    assert closed.value.rcvd and closed.value.rcvd.code == 4429


def test_a_visitor_who_floods_without_a_socket_is_slowed(shop: Shop) -> None:
    mira, _ = shop.asks("Hello")
    with pytest.raises(Refused) as no:
        for _ in range(60):
            mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "again"})
    assert (no.value.status, no.value.code) == (429, "throttled")
    assert int(no.value.headers["retry-after"]) >= 1


def test_the_machines_other_name_leads_to_the_address_that_works(shop: Shop) -> None:
    port = shop.server.port
    page = shop.visitor().ask("GET", "/c/some", headers={"Host": f"localhost:{port}"})
    assert page.status_code == 307
    assert page.headers["location"] == f"{shop.server.origin}/c/some"
    here = shop.visitor().ask("GET", "/c/some")
    assert here.status_code == 200


def test_a_message_that_can_never_be_taken_is_named_in_its_refusal(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    line = mira.line()
    line.say(t="send", id="too-long-0001", conversation=conversation, text="x" * 4001)
    refused = line.hear("error")
    assert (refused["id"], refused["code"]) == ("too-long-0001", "unknown_frame")
