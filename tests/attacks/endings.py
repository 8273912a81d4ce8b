"""The ways in which somebody's access ends: Arta's in her shop, or a visitor's."""

from __future__ import annotations

from tests.accounts.authenticator import Device
from tests.cast import Shop, VisitorOf, ask_to_sign_up, policy_hash, takes_back
from tests.harness.people import Json, Person

from .enterprise import elsewhere, vouched


def signed_out(shop: Shop) -> None:
    shop.arta.post("/api/sign-out")


def signed_out_everywhere(shop: Shop) -> None:
    elsewhere(shop.arta).delete("/api/me/sessions")


def revoked_from_another_browser(shop: Shop) -> None:
    (other,) = (s["id"] for s in shop.arta.get("/api/me/sessions")["items"] if s["current"])
    elsewhere(shop.arta).delete(f"/api/me/sessions/{other}")


def password_changed(shop: Shop) -> None:
    elsewhere(shop.arta).put("/api/me/password", {"password": "linden blossom in June"})


def passkey_added(shop: Shop) -> None:
    owner = elsewhere(shop.arta)
    asked = owner.post("/api/me/passkeys/options")
    made = Device(shop.server.origin).register(asked["options"])
    key = {"challenge_id": asked["challenge_id"], "credential": made, "name": "Key"}
    owner.post("/api/me/passkeys", key)


def removed(shop: Shop) -> None:
    shop.admin.delete(f"/api/members/{shop.arta.member_id}")


def left(shop: Shop) -> None:
    shop.arta.delete("/api/me/membership")


def gone_to_another_workspace(shop: Shop) -> None:
    """Found a second company on another browser, and go there with the first one."""
    other = Person(shop.server, "Arta")
    challenge = ask_to_sign_up(other, shop.arta.phone)
    company = {"company_name": "Second", "name": "Arta", "region": "eu", "language": "en"}
    proof = {"challenge_id": challenge["challenge_id"], "code": shop.server.code(shop.arta.phone)}
    read = {"notice_hash": policy_hash(other)}
    me = other.post("/api/sign-up", {**company, **proof, **read})
    shop.arta.put("/api/me/workspace", {"workspace_id": me["workspace"]["id"]})


ENDS_A_SESSION = [
    signed_out,
    signed_out_everywhere,
    revoked_from_another_browser,
    password_changed,
    passkey_added,
    removed,
    left,
    gone_to_another_workspace,
]


# what ends with a part of her work


def out_by_the_member(shop: Shop) -> None:
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", {"inbox_ids": []})


def out_by_the_inbox(shop: Shop) -> None:
    change: Json = {"member_ids": [shop.wei.member_id]}
    shop.admin.patch(f"/api/inboxes/{shop.inbox['id']}", change)


def no_administrator_any_more(shop: Shop) -> None:
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", {"role": "admin"})
    change = {"role": "agent", "inbox_ids": []}
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", change)


def device_removed(shop: Shop) -> None:
    (device,) = shop.arta.get("/api/me/devices")["items"]
    shop.arta.delete(f"/api/me/devices/{device['id']}")


def agrees_no_more(shop: Shop) -> None:
    takes_back(shop.arta, "wake_up")


# visitors


def forgotten(shop: Shop, visitor: VisitorOf) -> None:
    assert shop.server is visitor.server
    visitor.delete(visitor.path("/visitor"))


def archived(shop: Shop, visitor: VisitorOf) -> None:
    shop.admin.delete(f"/api/inboxes/{visitor.inbox_id}")


def taken_back(shop: Shop, visitor: VisitorOf) -> None:
    assert shop.server is visitor.server
    takes_back(visitor, "wake_up")


def unsubscribed(_: Shop, visitor: VisitorOf) -> None:
    visitor.delete(visitor.path("/push"))


def taken_over(shop: Shop, visitor: VisitorOf) -> None:
    """Let another customer sign in on the company's site, in the same browser."""
    secret = shop.admin.post(f"/api/inboxes/{visitor.inbox_id}/identity-secret")["secret"]
    visitor.accept_notice(identity=vouched(secret, {"id": "customer-9"}))
