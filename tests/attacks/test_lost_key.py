"""A key is gone, as after an erasure: what it sealed stays shut, and everything else goes on."""

from __future__ import annotations

import time
from contextlib import closing

import apsw

from tests.cast import open_shop
from tests.harness.people import client_id
from tests.harness.server import Server

SOON = 2.0


def test_a_lost_key_stops_nobody_else(own_server: Server) -> None:
    shop = open_shop(own_server)
    known, conversation = shop.asks("Still readable")
    lost = shop.visitor("Lost")
    visitor_id = lost.accept_notice()["visitor"]["id"]
    own_server.stop()
    with closing(apsw.Connection(str(own_server.data / "keys" / "keyring.db"))) as keyring:
        keyring.execute("DELETE FROM keys WHERE key_id = ?", (visitor_id,)).fetchall()
        assert keyring.changes() == 1
    own_server.start()
    body = {"client_id": client_id(), "text": "Under no key"}
    answer = lost.ask("POST", lost.path("/messages"), body)
    assert (answer.status_code, answer.json()["code"]) == (410, "erased")
    started = time.monotonic()
    assert known.line().send(conversation, "And writing goes on")["seq"] == 2
    assert time.monotonic() - started < SOON
    assert len(shop.arta.get("/api/conversations")["items"]) == 1
