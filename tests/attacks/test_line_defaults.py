"""A socket as anybody can open one: from our own origin, with a ticket, in small plain frames."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from silkroad.accounts.passwords.model import hashed
from tests.cast import Shop
from tests.harness.people import Line
from tests.harness.server import Server


def knock(server: Server, origin: str | None, query: str = "", **more: str) -> ClientConnection:
    url = f"{server.origin.replace('http', 'ws')}/live{query}"
    claimed = Origin(origin) if origin is not None else None
    return connect(url, origin=claimed, additional_headers=more, max_size=2**20)


@pytest.mark.parametrize("form", ["{}.evil.example", "null", "https://{h}", "http://{h}@evil", ""])
def test_a_foreign_origin_opens_nothing(server: Server, form: str) -> None:
    origin = form.format(server.origin, h=urlsplit(server.origin).netloc)
    with pytest.raises(InvalidStatus) as refused:
        knock(server, origin)
    assert refused.value.response.status_code == 403
    with pytest.raises(InvalidStatus):
        knock(server, None)


def test_neither_a_cookie_nor_an_address_is_a_ticket(shop: Shop) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in shop.arta.cookies.items())
    ticket = shop.arta.post("/api/live/ticket")["ticket"]
    with knock(shop.server, shop.server.origin, f"?ticket={ticket}", Cookie=cookie) as line:
        line.send(json.dumps({"t": "hello", "ticket": ""}))
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=5)
    assert closed.value.rcvd and closed.value.rcvd.code == 4401
    Line(shop.server, ticket).close()  # it was not used up either


def test_a_line_is_not_compressed_though_it_is_offered(server: Server) -> None:
    with knock(server, server.origin) as line:
        assert line.request is not None
        assert line.response is not None
        assert "permessage-deflate" in line.request.headers["Sec-WebSocket-Extensions"]
        assert "Sec-WebSocket-Extensions" not in line.response.headers


def test_a_password_costs_what_it_should() -> None:
    assert hashed("linden blossom").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
