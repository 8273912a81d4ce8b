"""One company with everybody who may come to its doors, and what is each one's own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.accounts.authenticator import Device
from tests.cast import (
    Member,
    VisitorOf,
    attested,
    in_days,
    invite,
    new_phone,
    open_inbox,
    open_shop,
    publish,
    switch_on,
)
from tests.harness.people import Json, Person, client_id
from tests.harness.server import Server
from tests.privacy.letters import letter
from tests.push.world import World, subscribe, wake_on, window_of

from . import stored
from .enterprise import Street, elsewhere, vouched

MEMBERS = ("agent", "agent elsewhere", "colleague", "admin")
VISITORS = ("visitor", "end user")


@dataclass
class Company:
    """``own`` says for everybody which objects are theirs, by kind; ``shared`` are nobody's own."""

    people: dict[str, Person]
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    next_door: str = ""  # another company's workspace

    def ids(self, who: str, about: str) -> dict[str, str]:
        """Return the objects of a request: one's own, or those of somebody else.

        Whoever has nothing of a kind asks for what is an agent's.
        """
        theirs = {**self.shared, **self.own["agent"], **self.own[mine(who)]}
        if about == "other's":
            return {**theirs, **self.own[others(who)], "workspace": self.next_door}
        return theirs


def mine(who: str) -> str:
    return who if who in (*MEMBERS, *VISITORS) else "agent"


def others(who: str) -> str:
    """Return somebody else of the same kind who has things of their own."""
    other = {"visitor": "end user", "end user": "visitor", "agent elsewhere": "agent"}
    return other.get(who, "colleague")


def opened(street: Street) -> Company:
    """Found a company with two inboxes, and let everybody get something of their own."""
    server, world = street.server, street.world
    shop = open_shop(server)
    switch_on(shop.admin, "microsoft_push")
    shop.admin.delete("/api/processors/microsoft_push")  # which everybody is told
    second = open_inbox(shop.admin, "Elsewhere")
    besa = invite(shop.admin, "Besa", [second["id"]])
    guest, customer = shop.visitor("Guest"), shop.visitor("Customer")
    guest.accept_notice()
    door = f"/api/inboxes/{shop.inbox['id']}/identity-secret"
    secret = shop.admin.post(door)["secret"]
    customer.accept_notice(identity=vouched(secret, {"id": "customer-7"}))
    members = dict(zip(MEMBERS, (shop.arta, besa, shop.wei, shop.admin), strict=True))
    people: dict[str, Person] = {
        "anonymous": Person(server, "Anybody"),
        "visitor": guest,
        "end user": customer,
        **members,
        "operator": street.operator,
    }
    company = Company(people, next_door=street.theirs.ids["workspace"])
    draft = {"name": "Lena", "phone": new_phone(), "role": "agent", "inbox_ids": []}
    letter(server, shop.inbox["id"], "Why do you know me?")
    company.shared["request"] = shop.admin.get("/api/requests")["items"][0]["id"]
    own = guest.get(guest.path())["visitor"]["visitor"]
    company.shared["visitor"] = own["id"]
    company.shared["invitation"] = shop.admin.post(
        "/api/invitations", draft | attested(shop.admin)
    )["invitation"]["id"]
    grounds = {"reason": "because", "statute": "Some Law"}
    asked_for = {"code": "EX01", "grounds": grounds, "purpose": "conversation", "data": ["CON"]}
    until = {"everybody": True, "expires_at": in_days(30)}
    company.shared["exception"] = shop.admin.post("/api/exceptions", asked_for | until)["id"]
    server.rest()
    company.shared["campaign"] = shop.admin.get("/api/campaigns")["items"][0]["text"]["id"]
    for who, member in members.items():
        inbox_id = second["id"] if who == "agent elsewhere" else shop.inbox["id"]
        company.own[who] = {**of_member(world, member), **talk(member, inbox_id), "inbox": inbox_id}
    for who, visitor in (("visitor", guest), ("end user", customer)):
        company.own[who] = {**of_visitor(world, visitor), "inbox": visitor.inbox_id}
        answer = {"client_id": client_id(), "text": "Yes"}
        path = f"/api/conversations/{company.own[who]['conversation']}/messages"
        shop.arta.post(path, answer)
    shop.admin.put("/api/publications", {"allowed": True})
    for who, visitor in (("visitor", guest), ("end user", customer)):
        company.own[who]["publication"] = publish(visitor)["publication"]["id"]
    company.shared["publication"] = company.own["visitor"]["publication"]
    return company


def woken(company: Company, server: Server) -> Company:
    """Wait until a wake is queued for everybody's device, and name it."""
    devices = {own["device"]: own for own in company.own.values()}
    deadline = time.monotonic() + 10
    while any("wake" not in own for own in devices.values()):
        assert time.monotonic() < deadline, devices
        for row in stored.all_of(server, "wakes"):
            own = devices.get(row["device_id"], {})
            if row["conversation_id"] == own.get("conversation"):
                own["wake"] = row["id"]
        time.sleep(0.05)
    return company


def of_member(world: World, member: Member) -> dict[str, str]:
    """Return a member's own: themselves, a passkey, another browser, a device."""
    asked_for = member.post("/api/me/passkeys/options")
    made = Device(member.server.origin).register(asked_for["options"])
    key = {"challenge_id": asked_for["challenge_id"], "credential": made, "name": "Key"}
    passkey = member.post("/api/me/passkeys", key)["id"]
    browser = world.service.subscribe(member.get("/api/me")["vapid_public_key"])
    own = {
        "member": member.member_id,
        "workspace": member.workspace_id,
        "passkey": passkey,
        "device": wake_on(member, browser)["id"],
    }
    elsewhere(member)
    sessions = member.get("/api/me/sessions")["items"]
    return own | {"session": next(s["id"] for s in sessions if not s["current"])}


def talk(member: Member, inbox_id: str) -> dict[str, str]:
    """Let a new visitor ask in an inbox, and the member take the conversation."""
    visitor = VisitorOf(member.server, "Mira")
    visitor.inbox_id = inbox_id
    visitor.accept_notice()
    found = asked(visitor)
    taken = {"member_id": member.member_id}
    member.put(f"/api/conversations/{found['conversation']}/assignee", taken)
    again = {"client_id": client_id(), "text": "Still there?"}
    visitor.post(visitor.path("/messages"), again)
    return found


def of_visitor(world: World, visitor: VisitorOf) -> dict[str, str]:
    """Return a visitor's own: their conversation, a file in it, and a device."""
    token = visitor.post(visitor.path("/handover"))["token"]
    browser = world.service.subscribe(visitor.get(visitor.path())["push_key"])
    device = subscribe(window_of(visitor), token, browser, None)["id"]
    return asked(visitor) | {"device": device}


def asked(visitor: VisitorOf) -> dict[str, str]:
    """Let a visitor send a file, and return it with the conversation."""
    sent = visitor.upload(visitor.path("/files"), "words.txt", b"words\n")
    body: Json = {"client_id": client_id(), "text": "Look", "file_ids": [sent["id"]]}
    place = visitor.post(visitor.path("/messages"), body)
    return {"file": sent["id"], "conversation": place["conversation_id"]}
