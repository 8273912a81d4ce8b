"""The verbs themselves can tell: each finds what is planted, and is content without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from silkroad.kit.clock import MINUTE
from silkroad.parts import FRAMES, OPERATIONS
from tests.attacks.asking import OBJECTS, POINT
from tests.cast import Shop, VisitorOf, open_shop, set_up, yes_to
from tests.harness.engines import Engine
from tests.harness.people import Json, client_id
from tests.harness.server import Server

from .verbs.gate import gate, nothing_changes
from .verbs.routes import frames, routes
from .verbs.sweep import places, sweep
from .verbs.trap import calls, trapped

CANARY, NAME = "zq-canary-of-the-verbs-qz", "Zqnameqz"
ENDPOINT = "https://fcm.googleapis.com/fcm/send/zq-endpoint-qz"
DEVICE = {"endpoint": ENDPOINT, "keys": {"p256dh": POINT, "auth": "A" * 22}}


@pytest.fixture
def server(tmp_path: Path, engine: Engine) -> Iterator[Server]:
    """A server that reaches nobody."""
    with trapped(tmp_path / "data", on=engine) as running:
        set_up(running)
        yield running


@pytest.fixture
def shop(server: Server) -> Shop:
    return open_shop(server)


def test_the_sweep_finds_a_word_wherever_it_was_left(shop: Shop) -> None:
    server = shop.server
    shop.asks(CANARY, NAME)
    assert sweep(server, [CANARY, NAME]) == []
    assert any("silkroad.db" in place or place == "messages" for place in places(server))
    company = shop.admin.get("/api/me")["workspace"]["id"]
    assert sweep(server, [company]), "ids lie there in the clear, and are found"
    (server.data / "planted").write_text(f"…{CANARY}…")
    assert [Path(place).name for place, _ in sweep(server, [CANARY])] == ["planted"]


def test_a_gate_that_is_open_or_leaves_a_trace_is_found(shop: Shop) -> None:
    arta, wei = shop.arta, shop.wei
    gate(arta, "PATCH", f"/api/members/{wei.member_id}", {"role": "admin"}, code="forbidden")
    with pytest.raises(AssertionError):
        gate(arta, "PATCH", "/api/me", {"name": "Another"}, code="forbidden")
    with pytest.raises(AssertionError), nothing_changes(shop.server):
        arta.patch("/api/me", {"name": "One more"})
    with pytest.raises(AssertionError), nothing_changes(shop.server):
        asked = {"phone": arta.phone, "purpose": "sign_in"}
        arta.post("/api/codes", asked)
    with nothing_changes(shop.server):
        arta.get("/api/me")


def test_every_door_is_asked_as_who_one_is(shop: Shop) -> None:
    visitor, conversation = shop.asks(CANARY)
    ids = everything(shop, visitor, conversation)
    told = routes(shop.arta, ids)
    assert sorted(one.door for one in told) == sorted(operation.name for operation in OPERATIONS)
    assert {one.door for one in told if CANARY in one.said} >= {"conversations.messages"}
    stranger = VisitorOf(shop.server, "Roland")
    assert [one.door for one in routes(stranger, ids) if CANARY in one.said] == []
    answered = frames(shop.wei.socket(), ids)
    assert answered.keys() == {frame.frame.__name__ for frame in FRAMES}


def test_the_trap_holds_what_would_have_left_and_nobody_was_reached(shop: Shop) -> None:
    server = shop.server
    visitor, conversation = shop.asks(CANARY)
    pass_a_minute(server)
    assert calls(server) == [], "nobody asked to be woken"
    shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
    answer: Json = {"client_id": client_id(), "text": f"{CANARY}, again"}
    visitor.post(visitor.path("/messages"), answer)
    pass_a_minute(server)
    (call,) = calls(server)
    assert (call.recipient, call.method, call.url) == ("google_push", "POST", ENDPOINT)
    assert CANARY not in str(call)
    assert conversation not in str(call)


def pass_a_minute(server: Server) -> None:
    """Let what was done take effect, and what follows from it a little later."""
    server.rest()
    server.let_pass(MINUTE)
    server.rest()


def everything(shop: Shop, visitor: VisitorOf, conversation: str) -> dict[str, str]:
    """Return one thing of each kind, as far as a shop has it, and else one that is not there."""
    nothing = dict.fromkeys(OBJECTS.values(), "nothing")
    return nothing | {
        "workspace": shop.admin.workspace_id,
        "inbox": shop.inbox["id"],
        "member": shop.wei.member_id,
        "conversation": conversation,
        "file": visitor.upload(visitor.path("/files"), "words.txt", b"words\n")["id"],
    }
