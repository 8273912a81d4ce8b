"""Clauses 6.1 and 7b: whoever is erased is shut out at once, while the rows still wait."""

from __future__ import annotations

import httpx2

from silkroad.kit.clock import HOUR
from tests.attacks.enterprise import ask, vouched
from tests.attacks.words import Words
from tests.cast import Shop, VisitorOf, open_shop, publish
from tests.harness.people import Json
from tests.harness.server import Server
from tests.privacy.letters import letter, requests_of

from .persons import LETTERS, Held, fill, left_of, until


def test_a_customer_who_comes_back_is_new_and_their_link_is_dead(own_server: Server) -> None:
    """The keys are gone, and what cannot be deleted holds the rest up."""
    shop = open_shop(own_server)
    shop.admin.put("/api/publications", {"allowed": True})
    door = f"/api/inboxes/{shop.inbox['id']}/identity-secret"
    secret = shop.admin.post(door, {"details": ["name"]})["secret"]
    told = vouched(secret, {"id": "customer-7", "name": "Mira"})
    mira, noor = signed_in(shop, told), started(shop, "Noor")
    url, others = publish(mira.visitor)["url"], publish(noor.visitor)["url"]
    assert httpx2.get(url).status_code == 200
    letter(own_server, shop.inbox["id"], "Delete me", "erasure", mira.visitor)
    (request,) = requests_of(shop.admin)
    voucher = mira.visitor.get(mira.visitor.path())["contact_url"].rpartition("voucher=")[2]
    (blob,) = own_server.data.rglob(mira.file)
    blob.unlink()
    blob.mkdir()
    shop.admin.post(f"/api/requests/{request['id']}/erasure", {"sure": True})
    until(lambda: "job_failed" in own_server.errors.read_text())
    assert {"visitors", "messages"} <= left_of(shop, mira), "the rows are still there"
    assert "publications" not in left_of(shop, mira)
    assert httpx2.get(url).status_code == 404
    assert httpx2.get(others).status_code == 200, "and somebody else's is as it was"
    late = {"voucher": voucher}
    assert voucher
    letter(own_server, shop.inbox["id"], "Is this still me?", "access", **late)
    (unknown,) = [one for one in requests_of(shop.admin) if one["kind"] == "access"]
    assert unknown["verified_by"] is None, "what their chat gave them vouches for nobody"
    again = signed_in(shop, told)
    assert again.id != mira.id
    own_server.kill()
    blob.rmdir()
    own_server.start()
    own_server.let_pass(HOUR)
    until(lambda: left_of(shop, mira) == LETTERS)
    assert ask(again.visitor, "Am I still here?")["conversation_id"] == again.conversation


def signed_in(shop: Shop, told: Json) -> Held:
    """Return a customer that the company's site vouches for, and all that is held of them."""
    customer = shop.visitor("Mira")
    customer.accept_notice(identity=told)
    return fill(shop, customer, Words())


def started(shop: Shop, name: str) -> Held:
    visitor: VisitorOf = shop.visitor(name)
    visitor.accept_notice()
    return fill(shop, visitor, Words())
