"""Words of the policy: who is who. Clause D.2."""

from __future__ import annotations

from operator import itemgetter

import msgspec

from tests.attacks.stored import all_of
from tests.cast import Shop


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
