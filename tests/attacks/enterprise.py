"""An enterprise that has one of everything, each text in it a word that occurs nowhere else."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.accounts.authenticator import Device
from tests.cast import (
    Member,
    VisitorOf,
    ask_to_sign_up,
    attested,
    in_days,
    invite,
    new_phone,
    open_inbox,
    publish,
    sign_up,
    switch_on,
    yes_to,
)
from tests.fakes.push_service import Browser
from tests.harness.people import Json, Person, client_id
from tests.harness.server import Server
from tests.privacy.letters import letter
from tests.push.world import SETTLED, World, wake_on

from . import stored
from .words import Words


@dataclass
class Enterprise:
    """``ids`` names one object of each kind that an operation can be asked for.

    ``private`` are its words and all ids that stand in its rows.
    """

    server: Server
    words: Words
    admin: Member
    agent: Member
    visitor: VisitorOf  # for whom the website vouches
    guest: VisitorOf  # a visitor whom nobody knows
    browser: Browser  # the administrator's
    phone: Browser  # the guest's
    ids: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)


@dataclass
class Street:
    """Two neighbours on one server, and the operator who runs it for both."""

    world: World
    operator: Person
    ours: Enterprise = field(init=False)
    theirs: Enterprise = field(init=False)

    def __post_init__(self) -> None:
        self.ours, self.theirs = founded(self.world), founded(self.world)

    @property
    def server(self) -> Server:
        return self.world.server


def founded(world: World) -> Enterprise:
    """Found an enterprise through the public doors, and let its people talk."""
    server, service, words = world.server, world.service, Words()
    admin = sign_up(server, words.show("company"), words.say("admin"))
    words.keep(admin.phone)
    switch_on(admin, "microsoft_push")
    inbox = open_inbox(
        admin,
        words.show("inbox"),
        greeting={"en": words.show("greeting"), "sq": words.show("pershendetje")},
        allowed_origins=[f"https://{words.show('site')}.example"],
    )
    agent, colleague = (invite(admin, words.say(name), [inbox["id"]]) for name in ("agent", "mate"))
    for person in (agent, colleague):
        words.keep(person.phone)
    visitor, guest = VisitorOf(server, "visitor"), VisitorOf(server, "guest")
    visitor.inbox_id = guest.inbox_id = inbox["id"]
    key = admin.get("/api/me")["vapid_public_key"]
    browser, phone = service.subscribe(key), service.subscribe(key)
    words.secret |= {browser.endpoint, phone.endpoint}
    found = Enterprise(server, words, admin, agent, visitor, guest, browser, phone)
    found.ids |= {"workspace": admin.workspace_id, "inbox": inbox["id"]}
    found.ids |= {"member": colleague.member_id, "account": admin.get("/api/me")["account"]["id"]}
    _equip(found)
    _talk(found)
    _complain(found)
    _account_for(found)
    _wake(found, world)
    _announce(found, world)
    _count(found)
    found.private = words.secret | set(found.ids.values())
    found.private |= stored.ids_of(server, found.ids["workspace"])
    return found


def _equip(of: Enterprise) -> None:
    """Give the administrator a passkey, a device, a second browser, and somebody to wait for."""
    admin, words = of.admin, of.words
    asked = admin.post("/api/me/passkeys/options")
    made = Device(of.server.origin).register(asked["options"])
    key = {"challenge_id": asked["challenge_id"], "credential": made, "name": words.say("passkey")}
    of.ids["passkey"] = admin.post("/api/me/passkeys", key)["id"]
    of.ids["device"] = wake_on(admin, of.browser)["id"]
    agree(of)
    elsewhere(admin)
    sessions = admin.get("/api/me/sessions")["items"]
    of.ids["session"] = next(s["id"] for s in sessions if not s["current"])
    draft = {"name": words.say("invited"), "phone": words.keep(new_phone()), "role": "agent"}
    invited = admin.post("/api/invitations", {**draft, "inbox_ids": [], **attested(admin)})
    words.keep(invited["url"].partition("#")[2])
    of.ids["invitation"] = invited["invitation"]["id"]


def agree(of: Enterprise) -> None:
    """Let the administrator agree to calls, and be granted a microphone."""
    for purpose in ("microphone", "camera"):
        yes = {"purpose": purpose, "answer": "given", **yes_to(of.admin, purpose)}
        of.admin.put("/api/me/consents", yes)
    of.ids["consent"] = of.admin.get("/api/me/consents/receipt")["records"][-1]["record_id"]
    of.ids["grant"] = of.admin.post("/api/me/media/microphone")["id"]


def _talk(of: Enterprise) -> None:
    """Let a customer ask, the agent answer and note, and the customer ask again."""
    visitor, agent, words = of.visitor, of.agent, of.words
    secret = of.admin.post(f"/api/inboxes/{of.ids['inbox']}/identity-secret")["secret"]
    words.keep(secret)
    details = {"id": words.say("customer"), "name": words.say("visitor")}
    details |= {"email": f"{words.say('mail')}@mail.example", "phone": words.keep(new_phone())}
    of.ids["visitor"] = visitor.accept_notice(identity=vouched(secret, details))["visitor"]["id"]
    session = stored.find(of.server, "visitor_sessions", visitor_id=of.ids["visitor"])
    of.ids["visitor_session"] = session["id"]
    sent = visitor.upload(visitor.path("/files"), f"{words.say('file')}.txt", said(words, "inside"))
    ask(visitor, words.say("question"), file_ids=[sent["id"]])
    of.ids["conversation"] = visitor.get(visitor.path())["visitor"]["conversation_id"]
    path = f"/api/conversations/{of.ids['conversation']}"
    agent.put(f"{path}/assignee", {"member_id": of.admin.member_id, "note": words.say("handover")})
    unsent = agent.upload(f"{path}/files", f"{words.say('draft')}.txt", said(words, "unsent"))
    of.ids |= {"file": sent["id"], "unsent": unsent["id"]}
    note = {"client_id": client_id(), "text": words.say("note"), "note": True}
    agent.post(f"{path}/messages", {**note, "mentions": [of.ids["member"]]})
    agent.post(f"{path}/messages", {"client_id": client_id(), "text": words.say("answer")})
    ask(visitor, words.say("again"))
    of.admin.put("/api/publications", {"allowed": True})
    published = publish(visitor)
    words.keep(published["url"].rpartition("/")[2].partition("?")[0])
    of.ids["publication"] = published["publication"]["id"]
    _answer_another(of)
    of.words.keep(of.admin.get("/api/conversations?limit=1")["next"])


def _answer_another(of: Enterprise) -> None:
    """Let a second visitor ask, go away with leave to be woken, and be answered."""
    guest = of.guest
    guest.accept_notice()
    sent = ask(guest, of.words.say("second"))
    token = guest.post(guest.path("/handover"))["token"]
    (site,) = of.admin.get("/api/inboxes")["items"][0]["allowed_origins"]
    page = f"{site}/{of.words.say('page')}"
    window = {"token": token, "subscription": of.phone.subscription, "page": page}
    window["consent"] = yes_to(guest)
    of.ids["visitor_device"] = guest.put(guest.path("/push"), window)["id"]
    path = f"/api/conversations/{sent['conversation_id']}/messages"
    of.agent.post(path, {"client_id": client_id(), "text": of.words.say("reply")})


def _complain(of: Enterprise) -> None:
    """Let somebody without an account complain about the company."""
    of.words.keep(letter(of.server, of.ids["inbox"], of.words.say("complaint"))["token"])
    of.ids["request"] = of.admin.get("/api/requests")["items"][0]["id"]


def _account_for(of: Enterprise) -> None:
    """Let the administrator ask for an exception and assess, and name what else is kept."""
    grounds = {"reason": of.words.say("reason"), "statute": of.words.say("statute")}
    asked = {"code": "EX01", "grounds": grounds, "purpose": "conversation", "data": ["CON"]}
    until = {"subjects": [of.ids["visitor"]], "expires_at": in_days(30)}
    of.ids["exception"] = of.admin.post("/api/exceptions", asked | until)["id"]
    weighed = {name: of.words.say(name) for name in ("harm", "measures")}
    levels = ("likelihood_before", "severity_before", "likelihood_after", "severity_after")
    assessed = {"feature": "imports", "purpose": "conversation", **weighed}
    made = of.admin.post("/api/assessments", assessed | dict.fromkeys(levels, 1))
    of.ids["assessment"] = made["items"][0]["id"]
    workspace = of.ids["workspace"]
    of.ids["import"] = stored.find(of.server, "imports", workspace_id=workspace)["id"]
    of.ids["grant"] = stored.find(of.server, "inbound_grants", workspace_id=workspace)["id"]


def _wake(of: Enterprise, world: World) -> None:
    """Let so much time pass that both are woken by what was written to them."""
    for kind, browser in (("wake", of.browser), ("visitor_wake", of.phone)):
        of.ids[kind] = json.loads(world.wakes(browser)[-1].payload)["id"]


def _announce(of: Enterprise, world: World) -> None:
    """End a third party, which everybody is told, also on their devices."""
    of.admin.delete("/api/processors/microsoft_push")
    of.server.rest()
    world.let_pass(SETTLED)
    of.server.rest()
    of.ids["campaign"] = of.admin.get("/api/campaigns")["items"][0]["text"]["id"]
    of.ids["notice"] = stored.find(of.server, "notices", device_id=of.ids["device"])["id"]
    for visitor in (of.visitor, of.guest):
        visitor.get(visitor.path())  # that they are back is noted once


def _count(of: Enterprise) -> None:
    """Take up what nobody is ever shown: a queued job, and challenges that wait for an answer."""
    server, workspace_id, account_id = of.server, of.ids["workspace"], of.ids["account"]
    of.ids["job"] = stored.find(server, "jobs", workspace_id=workspace_id)["id"]
    of.ids["passkey_challenge"] = of.admin.post("/api/me/passkeys/options")["challenge_id"]
    curious = Person(server, "curious")
    of.ids["code"] = ask_to_sign_up(curious, of.words.keep(new_phone()))["challenge_id"]
    assert stored.find(server, "passkey_challenges", account_id=account_id)


def elsewhere(member: Member) -> Person:
    """Sign the same person in on another browser."""
    person = Person(member.server, member.name)
    challenge = person.post("/api/codes", {"phone": member.phone, "purpose": "sign_in"})
    code = {"challenge_id": challenge["challenge_id"], "code": member.server.code(member.phone)}
    person.post("/api/sign-in/code", code)
    return person


def ask(visitor: VisitorOf, text: str, **more: Json) -> Json:
    return visitor.post(visitor.path("/messages"), {"client_id": client_id(), "text": text, **more})


def said(words: Words, about: str) -> bytes:
    return f"{words.say(about)}\n".encode()


def vouched(secret: str, details: dict[str, str]) -> Json:
    """Return a customer as the company's own site vouches for them."""
    text = "\n".join(details.get(name, "") for name in ("id", "name", "email", "phone"))
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {**details, "hmac": signature}


@contextmanager
def as_before(person: Person) -> Iterator[Person]:
    """Let somebody try something, and give them back the cookies that they came with."""
    kept = dict(person.cookies)
    try:
        yield person
    finally:
        person.cookies = kept
