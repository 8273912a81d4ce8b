"""A stolen disk: no byte of it tells what was written, by whom, or how to get in. S16, S17."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pyotp
import pytest

from tests.cast import set_up
from tests.clauses.verbs.sweep import files, forms, hits, places
from tests.fakes.push_service import PushService
from tests.harness.people import Person
from tests.harness.ports import free_port
from tests.harness.server import Server
from tests.installation.operator import operator_token
from tests.push.world import Time, World

from .enterprise import Enterprise, ask, founded, said

PASSWORD = "linden blossom in zq June"
AGENT = "zqbrowserqz/1.0 (Windows NT 10.0) Firefox/140.0"
CHINESE = "你们有菩提茶吗"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world whose server logs all that it can, and shows its metrics."""
    time, port = Time(), str(free_port())
    with PushService(time) as service:
        server = Server(
            tmp_path / "data",
            log_level="debug",
            metrics_port=port,
            private_targets=service.origin,
        )
        set_up(server)
        yield World(server, service, time)
        server.stop()


def test_no_byte_of_the_disk_the_log_or_the_metrics_tells_anything(world: World) -> None:
    server = world.server
    of = founded(world)
    secrets = lived(of) | doors(of) | {word for word in of.words.shown if "company" in word}
    at_work = places(server)
    names = {Path(path).name for path in at_work}
    assert names >= {"silkroad.db", "silkroad.db-wal", "keyring.db", "metrics"}
    assert hits(at_work, secrets) == []
    assert hits(at_work, ["$argon2id$", "BEGIN PRIVATE KEY"]) == []
    assert server.stop() == 0
    at_rest = files(server.data, server.errors)
    assert hits(at_rest, secrets) == []
    (server.data / "blobs" / "planted").write_bytes(CHINESE.encode("utf-16-le"))
    assert len(hits(files(server.data), secrets)) == 1
    server.start()
    kept = of.agent.get(f"/api/conversations/{of.ids['conversation']}/messages")["items"]
    assert CHINESE in [message["text"] for message in kept], "nothing was stored: nothing is proved"


def lived(of: Enterprise) -> set[str | bytes]:
    """Do what else leaves traces, and return every word of it."""
    admin, words = of.admin, of.words
    ask(of.visitor, CHINESE)
    admin.ask("PUT", "/api/me/password", {"password": PASSWORD}, headers={"User-Agent": AGENT})
    totp = admin.post("/api/me/totp")["secret"]
    admin.put("/api/me/totp", {"code": pyotp.TOTP(totp).now()})
    sign_in = {"phone": admin.phone, "password": PASSWORD}
    wrong = {**sign_in, "password": words.say("wrongpassword")}
    thief = Person(of.server, "Thief")
    for body in (wrong, sign_in, {**sign_in, "totp": "000000"}):
        assert thief.ask("POST", "/api/sign-in/password", body).status_code == 401
    path = f"/api/conversations/{of.ids['conversation']}"
    broken = {"client_id": "short", "text": words.say("refused")}
    assert admin.ask("POST", f"{path}/messages", broken).status_code == 422
    admin.upload(f"{path}/files", f"{words.say('again')}.csv", said(words, "rows"))
    admin.ask("GET", f"/{words.say('path')}?q={words.say('query')}")
    line = of.agent.socket()
    line.say(t="send", id="client-socket", conversation=of.ids["conversation"], text="zqsocketqz")
    line.socket.send(f'{{"t":"{words.say("frame")}"')
    line.hear("ack")
    return {CHINESE, PASSWORD, AGENT, totp, "zqsocketqz"} | words.secret


def doors(of: Enterprise) -> set[str | bytes]:
    """Return everything that opens a door: cookies, codes, links, tickets, keys; and addresses."""
    people = (of.admin, of.agent, of.visitor)
    tokens = {token for person in people for token in person.cookies.values()}
    tokens |= {of.server.setup_token, operator_token(of.server)}
    tokens |= {
        of.agent.post("/api/live/ticket")["ticket"],
        of.visitor.post(of.visitor.path("/ticket"))["ticket"],
    }
    tokens |= {of.visitor.post(of.visitor.path("/handover"))["token"]}
    tokens |= {of.admin.post(f"/api/inboxes/{of.ids['inbox']}/identity-secret")["secret"]}
    tokens |= {
        text for browser in (of.browser, of.phone) for text in browser.subscription["keys"].values()
    }
    codes = {code for line in of.server.heard for code in re.findall(r"^SMS.*\b(\d{6})\b", line)}
    assert len(codes) > 3
    bare = {base64.urlsafe_b64decode(token + "==") for token in tokens}
    return tokens | codes | bare | {person.address for person in people}


def test_the_sweep_finds_what_is_planted(tmp_path: Path) -> None:
    for number, form in enumerate(forms(CHINESE)):
        (tmp_path / f"{number}.bin").write_bytes(bytes(range(256)) + form + bytes(99))
    planted = files(tmp_path)
    assert {path for path, _ in hits(planted, [CHINESE])} == set(planted)
    assert hits(planted, ["你们有咖啡吗"]) == []
    assert hits({"a": b'"code": 123456}'}, ["123456"])
    assert not hits({"a": b"12:00:01.123456Z 91234567"}, ["123456"])
    for before in range(3):
        words = {"a": base64.b64encode(bytes(before) + b"zq-in-the-middle-qz" + b"around")}
        assert hits(words, ["zq-in-the-middle-qz"]), before


def test_the_sweep_finds_what_a_database_keeps_in_the_clear(tmp_path: Path) -> None:
    path = tmp_path / "silkroad.db"
    with closing(apsw.Connection(str(path))) as file:
        file.execute("PRAGMA journal_mode=WAL; CREATE TABLE talks (text TEXT)").fetchall()
        file.execute("INSERT INTO talks VALUES ('zqplantedqz')").fetchall()
        in_the_log = hits(files(tmp_path), ["zqplantedqz"])
    assert in_the_log == [(f"{path}-wal", "zqplantedqz")]
    assert hits(files(tmp_path), ["zqplantedqz"]) == [(str(path), "zqplantedqz")]
