"""Requests that say more than they may: keys that are not theirs, hosts, addresses, origins.

S4, S11. Made from the registry: every body at every depth, every write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from msgspec.structs import fields

from silkroad.app import DECLARATIONS, FRAMES, OPERATIONS
from silkroad.http.operations import Operation
from silkroad.kit.permissions import Permission
from silkroad.live.frames import FrameOperation
from tests.cast import new_phone, open_shop, set_up
from tests.harness.people import Person, everybody_leaves, present
from tests.harness.server import Server
from tests.installation.operator import operator

from . import stored
from .asking import asked, levels, placed, sample
from .enterprise import Street, as_before

EVIL = "evil.example"
FOREIGN = (
    {"X-Silkroad": "0"},
    {"Origin": f"https://{EVIL}"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


def keys() -> set[str]:
    """Return every name that means something somewhere: all columns, all fields of all bodies."""
    columns = {column for tables in DECLARATIONS for table in tables.values() for column in table}
    bodies = [o.body for o in OPERATIONS if o.body] + [o.result for o in OPERATIONS]
    return columns | {name for body in bodies for name in getattr(body, "__struct_fields__", ())}


KEYS = sorted(keys())
WRITES = [operation for operation in OPERATIONS if operation.method != "GET"]


@pytest.fixture
def _unchanged(street: Street) -> Iterator[None]:
    """What we have stays as it was."""
    before = stored.rows_about(street.server, street.ours.private)
    yield
    after = stored.rows_about(street.server, street.ours.private)
    assert stored.changes(before, after) == []


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_no_body_takes_a_key_that_it_does_not_declare(street: Street, operation: Operation) -> None:
    ours, taken = street.ours, []
    person = who_may(street, operation)
    for level in levels(operation.body, ours.ids) if operation.body else ():
        for key in (key for key in KEYS if key not in level.declared):
            body = placed(level.body, (*level.way, key), "admin")
            with as_before(person):
                answer = replace(asked(operation, ours.ids), body=body).by(person)
            if answer.status_code != 422 or f"unknown field `{key}`" not in answer.text:
                taken.append((*level.way, key, answer.text))
    assert taken == []


def who_may(street: Street, operation: Operation) -> Person:
    if operation.policy.permission is Permission.OPERATE:
        return street.operator
    return street.ours.visitor if operation.door == "widget" else street.ours.admin


def test_no_question_takes_a_key_that_it_does_not_declare(street: Street) -> None:
    for operation, query in ((o, o.query) for o in OPERATIONS if o.query):
        for key in set(KEYS) - {field.encode_name for field in fields(query)}:
            ask = replace(asked(operation, street.ours.ids), query={key: "admin"})
            assert ask.by(who_may(street, operation)).status_code == 422, (operation.name, key)


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.frame.__name__)
def test_no_frame_takes_a_key_that_it_does_not_declare(
    street: Street, frame: FrameOperation
) -> None:
    undeclared = sorted(set(KEYS) - {field.encode_name for field in fields(frame.frame)})
    for at_once in (undeclared[at : at + 4] for at in range(0, len(undeclared), 4)):
        line = street.ours.admin.socket()
        for key in at_once:
            line.say(**sample(frame.frame, street.ours.ids), **{key: "admin"})
            heard = line.hear("error", "ack", "message", "typing", "read", "resumed")
            assert heard.get("code") == "unknown_frame", key
            assert f"`{key}`" in heard["detail"]
        line.close()


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
def test_no_write_can_be_caused_by_another_site(street: Street, operation: Operation) -> None:
    person = who_may(street, operation)
    for headers in FOREIGN:
        with as_before(person):
            answer = asked(operation, street.ours.ids).by(person, headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin"), headers


@pytest.mark.usefixtures("_unchanged")
def test_looking_changes_nothing(street: Street) -> None:
    for operation in (o for o in OPERATIONS if o.method == "GET"):
        for person in (street.ours.admin, street.ours.agent, street.ours.visitor):
            asked(operation, street.ours.ids).by(person)


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
        (shop.admin, "POST", "/api/invitations", draft),
        (shop.admin, "GET", f"/api/inboxes/{inbox}/snippet", None),
        (boss, "POST", "/api/operator/administrators", company),
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
    codes = []
    for number in range(25):
        caller = Person(bare, "Caller")
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-Ip": f"203.0.113.{number}"}
        body = {"phone": f"+121755501{number:02}", "purpose": "sign_up"}
        codes.append(caller.ask("POST", "/api/codes", body, headers=headers).status_code)
    assert codes[-1] == 429
    assert set(codes) == {200, 429}
