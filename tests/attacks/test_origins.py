"""Requests from elsewhere: other sites' pages, other origins, hosts and addresses made up. S11."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect
from websockets.typing import Origin

from silkroad.http.operations import Operation
from silkroad.kit.permissions import Permission
from silkroad.parts import OPERATIONS
from tests.cast import attested, new_phone, open_shop, policy_hash, set_up
from tests.harness.people import Person, everybody_leaves, present
from tests.harness.server import Server
from tests.installation.operator import operator

from .asking import asked
from .enterprise import Street, as_before

EVIL = "evil.example"
WRITES = [operation for operation in OPERATIONS if operation.method != "GET"]


def origins(own: str) -> dict[str, str]:
    """Return every form of an origin that is not ours, however like it looks."""
    parts = urlsplit(own)
    host, port = parts.hostname or "", parts.port or 0
    return {
        "null": "null",
        "foreign": f"https://{EVIL}",
        "suffix": f"{own}.{EVIL}",
        "prefix": f"http://evil-{host}:{port}",
        "our name below theirs": f"http://{host}.{EVIL}:{port}",
        "other port": f"http://{host}:{port + 1}",
        "no port": f"http://{host}",
        "other scheme": f"https://{host}:{port}",
        "user": f"http://{host}:{port}@{EVIL}",
        "our user": f"http://{EVIL}@{host}:{port}",
        "capitals": f"HTTP://{host.upper()}:{port}",
        "path": f"{own}/",
        "another name of this machine": f"http://localhost:{port}",
        "two": f"{own} https://{EVIL}",
        "nothing": " ",
    }


def foreign(own: str) -> list[dict[str, str]]:
    """Return the headers that pages elsewhere cause; without our own header nobody is ours."""
    return [
        {"X-Silkroad": "0"},
        {"X-Silkroad": ""},
        {"X-Silkroad": "1, 1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        *({"Origin": origin} for origin in origins(own).values() if origin.strip()),
    ]


@pytest.mark.usefixtures("_unchanged")
def test_no_write_can_be_caused_by_another_site(street: Street) -> None:
    let_in = []
    for operation in WRITES:
        person = who_may(street, operation)
        for headers in foreign(street.server.origin):
            with as_before(person):
                answer = asked(operation, street.ours.ids).by(person, headers)
            if (answer.status_code, answer.json()["code"]) != (403, "wrong_origin"):
                let_in.append((operation.name, headers, answer.text))
    assert let_in == []


@pytest.mark.usefixtures("_unchanged")
def test_without_our_header_no_write_is_ours_even_without_an_origin(street: Street) -> None:
    """Old browsers send no Origin with a form; no form can send our header."""
    for operation in WRITES:
        person = who_may(street, operation)
        bare = {"X-Silkroad": "", "Origin": "", "Sec-Fetch-Site": ""}
        with as_before(person):
            answer = asked(operation, street.ours.ids).by(person, bare)
        assert answer.json()["code"] == "wrong_origin", operation.name


def who_may(street: Street, operation: Operation) -> Person:
    if operation.policy.permission is Permission.OPERATE:
        return street.operator
    return street.ours.visitor if operation.door == "widget" else street.ours.admin


def test_a_line_opens_to_our_own_origin_only(street: Street) -> None:
    own = street.server.origin
    url = own.replace("http", "ws") + "/live"
    opened = []
    for name, origin in {**origins(own), "absent": None}.items():
        try:
            with connect(url, origin=Origin(origin) if origin else None, proxy=None):
                opened.append(name)
        except InvalidHandshake:
            continue
    assert opened == []
    with connect(url, origin=Origin(own), proxy=None):
        pass


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trusts no proxy."""
    here = present()
    server = Server(tmp_path_factory.mktemp("bare") / "data", trusted_proxies="")
    set_up(server)
    yield server
    everybody_leaves(but=here)
    server.stop()


LIES = {
    "Host": EVIL,
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Server": EVIL,
    "Forwarded": f"host={EVIL};proto=https;for=203.0.113.7",
    "X-Original-Url": f"https://{EVIL}/",
    "X-Rewrite-Url": f"https://{EVIL}/",
}


def test_no_header_moves_a_link_or_a_page_elsewhere(bare: Server) -> None:
    shop = open_shop(bare)
    inbox = shop.inbox["id"]
    draft = {"name": "New", "phone": new_phone(), "role": "agent", "inbox_ids": []}
    company = {"company_name": "New", "region": "eu", "name": "New", "phone": new_phone()}
    boss = operator(bare)
    for person, method, path, body in (
        (shop.admin, "POST", "/api/invitations", draft | attested(shop.admin)),
        (shop.admin, "GET", f"/api/inboxes/{inbox}/snippet", None),
        (boss, "POST", "/api/operator/administrators", company | attested(boss)),
        (shop.visitor(), "GET", f"/api/widget/{inbox}", None),
        (shop.admin, "POST", "/api/me/passkeys/options", {}),
    ):
        answer = person.ask(method, path, body, headers=LIES)
        assert answer.status_code == 200, answer.text
        assert EVIL not in answer.text
        assert bare.origin in answer.text or "127.0.0.1" in answer.text
    for path in ("/", "/sign-in", f"/widget/{inbox}", "/widget.js", "/openapi.json", "/privacy"):
        answer = shop.admin.ask("GET", path, headers=LIES)
        ours = f"{bare.origin}/"  # a page that was asked for under another name is asked for again
        assert answer.status_code == 200 or answer.headers["location"].startswith(ours), path
        assert EVIL not in answer.text + str(answer.headers), path
        assert "strict-transport-security" not in answer.headers, "nobody said so but the caller"


def test_a_made_up_address_does_not_evade_a_limit(bare: Server) -> None:
    codes, read = [], policy_hash(Person(bare, "Caller"))
    for number in range(25):
        caller = Person(bare, "Caller")
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-Ip": f"203.0.113.{number}"}
        body = {"phone": f"+121755501{number:02}", "purpose": "sign_up"}
        body["notice_hash"] = read
        codes.append(caller.ask("POST", "/api/codes", body, headers=headers).status_code)
    assert codes[-1] == 429
    assert set(codes) == {200, 429}
