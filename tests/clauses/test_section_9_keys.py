"""Clauses 7a, 9b: what somebody shows who they are with has a key, which ends with it.

The bytes of what was deleted may lie in a log, in dead rows or in a backup for long. So each test
copies a row before, and afterwards tries every key that there is.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import apsw
import pytest

from tests.attacks.stored import all_of
from tests.cast import Shop, open_shop
from tests.clauses.persons import until, waiting
from tests.harness.people import Person
from tests.harness.server import Server
from tests.privacy.copied import Copied
from tests.privacy.letters import (
    consent,
    days_pass,
    letter,
    opened,
    prove,
    requests_of,
    unmasked,
)

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
SECRET = "Zirkelstein 4711"
WRITTEN = {"name": "Shpresa", "relationship": "parent", "evidence": SECRET}
ENDS = {
    "accepted": ("PUT", "identity", {"accepted": True}),
    "rejected": ("PUT", "identity", {"accepted": False}),
    "asked for something else": ("POST", "identity", {"check": "code"}),
    "answered": ("POST", "answers", {"text": "Thank you"}),
    "closed": ("PUT", "closed", {"outcome": "withdrawn"}),
}
"""All that ends a proof, beside the clock."""


@pytest.mark.parametrize("how", ENDS)
def test_what_was_copied_of_a_proof_opens_no_more_after_the_decision(
    own_server: Server, how: str
) -> None:
    """Its bytes may lie in a log, in dead rows or in a backup: there is no key to them."""
    shop = open_shop(own_server)
    request_id, proof, _ = proof_of(shop)
    assert proof.opened() == SECRET
    method, rest, body = ENDS[how]
    assert shop.admin.ask(method, f"/api/requests/{request_id}/{rest}", body).status_code == 200
    own_server.rest()
    assert proof.opened() is None
    if how != "closed":
        assert opened(shop.admin, request_id)["messages"][0]["text"] == "You lost my order"


def test_after_a_week_it_opens_no_more_either(own_server: Server) -> None:
    shop = open_shop(own_server)
    _, proof, _ = proof_of(shop)
    days_pass(own_server, 7 * DAY - 2 * MINUTE)
    assert proof.opened() == SECRET
    days_pass(own_server, 3 * MINUTE)
    assert proof.opened() is None


def test_a_further_proof_has_a_further_key(own_server: Server) -> None:
    shop = open_shop(own_server)
    request_id, proof, token = proof_of(shop)
    path = f"/api/requests/{request_id}/identity"
    shop.admin.put(path, {"accepted": False})
    shop.admin.post(path, {"check": "proof"})
    (request,) = all_of(own_server, "contact_requests")
    assert request["proof_key"] is None
    prove(own_server, token, "Another one")
    own_server.rest()
    assert proof.opened() is None
    assert unmasked(shop.admin, request_id)["proof"] == "Another one"


def test_what_was_copied_of_a_request_opens_no_more_once_it_is_forgotten(
    own_server: Server,
) -> None:
    shop = open_shop(own_server)
    letter(own_server, shop.inbox["id"], SECRET, "complaint", reach="a@mail.example")
    (row,) = all_of(own_server, "contact_requests")
    (said,) = all_of(own_server, "contact_messages")
    reach = Copied(own_server, "contact_requests", "reach", row, row["id"])
    text = Copied(own_server, "contact_messages", "text", said, f"{row['id']}:1")
    shop.admin.put(f"/api/requests/{row['id']}/closed", {"outcome": "done"})
    days_pass(own_server, 364 * DAY)
    assert (reach.opened(), text.opened()) == ("a@mail.example", SECRET)
    days_pass(own_server, 2 * DAY)
    assert all_of(own_server, "contact_requests") == []
    assert (reach.opened(), text.opened()) == (None, None)


@pytest.mark.sqlite
def test_a_key_whose_end_was_held_up_is_destroyed_all_the_same(own_server: Server) -> None:
    """The keyring does not answer, the server dies, and all has failed often: it is still owed."""
    shop = open_shop(own_server)
    request_id, proof, _ = proof_of(shop)
    with closing(apsw.Connection(str(own_server.data / "keys" / "keyring.db"))) as keyring:
        keyring.execute("BEGIN IMMEDIATE")
        shop.admin.put(f"/api/requests/{request_id}/identity", {"accepted": True})
        until(lambda: "job_failed" in own_server.errors.read_text())
        own_server.kill()
    assert proof.opened() == SECRET
    with closing(apsw.Connection(str(own_server.data / "silkroad.db"))) as rows:
        rows.execute("UPDATE jobs SET attempts = 50 WHERE kind = 'DestroyKey'")
        assert rows.changes() == 1
    own_server.start()
    days_pass(own_server, DAY)
    assert proof.opened() is None


@pytest.mark.parametrize("how", ["rejected", "taken back", "over"])
def test_what_was_copied_of_a_consent_opens_no_more_once_it_is_over(
    own_server: Server, how: str
) -> None:
    """It is kept as long as the consent holds; then there is no key to what lies of it anywhere."""
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    day = datetime.now(UTC).date() - timedelta(days=14 * 365)  # 14 in a few days, for leap years
    token = waiting(shop.visitor(), str(day))
    consent(own_server, token, WRITTEN)
    (row,) = all_of(own_server, "wards")
    written = Copied(own_server, "wards", "consent", row, row["visitor_id"])
    born = Copied(own_server, "wards", "birth_date", row, row["visitor_id"])
    (request,) = requests_of(shop.admin)
    path = f"/api/requests/{request['id']}/identity"
    if how == "rejected":
        shop.admin.put(path, {"accepted": False})
    else:
        shop.admin.put(path, {"accepted": True})
        days_pass(own_server, DAY)
        assert WRITTEN["evidence"] in str(written.opened()), "it holds, and can be looked at"
        new_year = datetime(day.year + 15, 1, 1, tzinfo=UTC) - datetime.now(UTC)
        if how == "over":
            days_pass(own_server, round(new_year.total_seconds() * 1000))
        else:
            Person(own_server, "Shpresa").post("/api/contact/revoke", {"token": token})
    own_server.rest()
    assert written.opened() is None
    (row,) = all_of(own_server, "wards")
    assert (row["consent"], row["consent_key"]) == (None, None)
    assert born.opened() == str(day), "and what is known of the child is another matter"


def proof_of(shop: Shop) -> tuple[str, Copied, str]:
    """Let somebody write and prove who they are.

    Return the request's id, the proof as it lies in its row, and the token of the link.
    """
    server = shop.server
    sent = letter(server, shop.inbox["id"], "You lost my order", "complaint")
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
    prove(server, sent["token"], SECRET)
    (row,) = all_of(server, "contact_requests")
    proof = Copied(server, "contact_requests", "proof", row, row["id"])
    return request["id"], proof, sent["token"]
