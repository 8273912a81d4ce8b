"""Words of the policy: who is who. Clauses D.2, D.3."""

from __future__ import annotations

from operator import itemgetter

import msgspec

from silkroad.kit.clock import DAY, MINUTE
from tests.attacks.stored import all_of, find
from tests.cast import Shop, attested, new_phone, open_shop
from tests.clauses.verbs.sweep import sweep
from tests.harness.people import Person
from tests.harness.server import Server


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
