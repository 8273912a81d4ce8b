"""Words of the policy: who is who, and who decides about what. Clauses D.2, D.3, D.5, D.6."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from silkroad.engines.database import Statement
from silkroad.engines.database.purposes import is_sensitive
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import metadata
from silkroad.kit.clock import DAY, MINUTE
from silkroad.kit.inventory import (
    OPERATORS,
    SHORT,
    Column,
    Controller,
    DataClass,
    Purpose,
    personal,
)
from silkroad.kit.purposes import bits_of
from silkroad.parts import DECLARATIONS
from tests.attacks.stored import all_of, find
from tests.cast import Shop, attested, new_phone, open_shop
from tests.clauses.verbs.sweep import sweep
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.privacy.letters import letter, opened, read_above, requests_of, unmasked

PROOF = "Zirkelstein 4711"


def test_each_grant_of_a_role_is_in_the_audit_trail(shop: Shop) -> None:
    admin, arta, wei = shop.admin.member_id, shop.arta.member_id, shop.wei.member_id
    assert [granted for _, granted, _ in grants(shop)] == [admin, arta, wei], "as they came in"
    shop.admin.patch(f"/api/members/{arta}", {"role": "admin"})
    shop.arta.patch(f"/api/members/{wei}", {"role": "admin"})
    shop.arta.patch(f"/api/members/{wei}", {"role": "agent"})
    since = [(admin, arta, "admin"), (arta, wei, "admin"), (arta, wei, "agent")]
    assert grants(shop)[3:] == since, "who granted which role, and to whom"
    assert shop.wei.ask("PATCH", f"/api/members/{wei}", {"role": "admin"}).status_code == 403
    assert grants(shop)[3:] == since, "what was refused is no grant"


def grants(shop: Shop) -> list[tuple[str, str, str]]:
    """Return who granted what role to whom, in order, as it lies in the database."""
    return [
        (entry["actor_id"], entry["target_id"], msgspec.json.decode(entry["detail"])["role"])
        for entry in sorted(all_of(shop.server, "audit_entries"), key=itemgetter("row"))
        if entry["workspace_id"] == shop.admin.workspace_id and entry["action"] == "role.granted"
    ]


def test_a_week_after_a_refusal_nothing_on_the_disk_is_left_of_it(own_server: Server) -> None:
    """A running SQLite still has sealed bytes in its write-ahead log; a stopped one has none."""
    shop = open_shop(own_server)
    draft = {"name": "Lena", "phone": new_phone(), "role": "agent", "inbox_ids": []}
    created = shop.admin.post("/api/invitations", draft | attested(shop.admin))
    token = created["url"].partition("#")[2]
    Person(own_server, "Lena").post("/api/invitations/decline", {"token": token})
    row = find(own_server, "invitations", id=created["invitation"]["id"])
    known = [row[column] for column in ("name", "phone", "phone_index", "token_hash")]
    own_server.let_pass(7 * DAY - MINUTE)
    own_server.rest()
    assert {word for _, word in sweep(own_server, known)} == set(map(str, known)), "it is there"
    own_server.let_pass(2 * MINUTE)
    own_server.rest()
    assert all_of(own_server, "invitations") == []
    assert own_server.stop() == 0
    assert sweep(own_server, known) == []


def test_what_is_sensitive_is_closed_covered_and_each_reading_of_it_on_record(
    own_server: Server,
) -> None:
    """A proof: neither stored without a yes, nor shown unless somebody asks to see it."""
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "Delete me", "erasure")
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
    read = read_above(own_server, sent["token"], "prove")
    body = {"token": sent["token"], "proof": PROOF, "notice_hash": read}
    mira = Person(own_server, "Mira")
    with pytest.raises(Refused, match="consent_required"):
        mira.post("/api/contact/prove", body)
    with pytest.raises(Refused, match="wrong_step"):
        unmasked(shop.admin, request["id"])
    assert find(own_server, "contact_requests", id=request["id"])["proof"] is None
    mira.post("/api/contact/prove", {**body, "agreed": True})
    assert sweep(own_server, [PROOF]) == [], "sealed"
    told = opened(shop.admin, request["id"])
    assert told["masked"] and PROOF not in str(told)
    assert readings(own_server) == []
    assert unmasked(shop.admin, request["id"])["proof"] == PROOF
    assert readings(own_server) == [
        (shop.admin.member_id, request["id"], {"column": "contact_requests.proof"})
    ]


def readings(server: Server) -> list[tuple[str, str, Json]]:
    """Return who read what is sensitive, of whom, and which field it was."""
    return [
        (entry["actor_id"], entry["target_id"], msgspec.json.decode(entry["detail"]))
        for entry in all_of(server, "audit_entries")
        if entry["action"] == "sensitive.revealed"
    ]


def test_every_sensitive_field_is_covered_in_the_engine() -> None:
    """Whoever adds one finds it covered, and comes here to say how it is read."""
    sensitive = {
        f"{table}.{name}"
        for tables in DECLARATIONS
        for table, columns in tables.items()
        for name, column in columns.items()
        if column.sensitivity == "S3"
    }
    assert sensitive == {"contact_requests.proof", "wards.birth_date", "wards.consent"}
    for place in sensitive:
        table, name = place.split(".")
        assert is_sensitive(metadata.tables[table].c[name])


@pytest.mark.parametrize("purpose", sorted(OPERATORS))
def test_the_operator_cannot_give_itself_a_purpose_with_what_a_company_controls(
    purpose: Purpose,
) -> None:
    def message(*purposes: Purpose, of: Controller) -> Column:
        kept: Any = {
            "source": "subject",
            "basis": "contract",
            "retention": SHORT,
            "erasure": "shred",
            "sealed": True,
        }
        return personal("visitor", DataClass.MESSAGE, "S2", *purposes, controller=of, **kept)

    assert message(Purpose.CONVERSATION, of="tenant").controller == "tenant"
    with pytest.raises(ValueError, match="company decides"):
        message(Purpose.CONVERSATION, purpose, of="tenant")
    assert message(purpose, of="operator").purposes == {purpose}


def test_nothing_that_a_company_controls_is_shown_to_the_operator() -> None:
    """Each column of a company's, asked for by a statement across all of them."""
    companies = [
        (table, name)
        for tables in DECLARATIONS
        for table, columns in tables.items()
        for name, column in columns.items()
        if column.controller == "tenant" and column.data not in {"OPS", "-"}
    ]
    assert {("messages", "body"), ("visitors", "name"), ("members", "phone")} <= set(companies)
    for table, name in companies:
        asked = Statement(select(metadata.tables[table].c[name]), across="a test's own")
        EVERY_STATEMENT.remove(asked)
        assert not asked.purposes & bits_of(OPERATORS), (table, name)
