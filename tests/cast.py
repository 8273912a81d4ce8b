"""The cast: one shop with an administrator and two agents, a second enterprise that must never see
them, a visitor of the shop, and the operator. Everybody comes in through the public doors.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import cycle

from tests.harness.people import Json, Line, Person
from tests.harness.server import Server

CONTROLLER = {
    "name": "Linden Hosting",
    "contact_email": "privacy@linden.example",
    "contact_phone": None,
    "address": None,
}
SITE = "https://shop.example"
_AREAS = [range(hundred + 1, hundred + 10) for hundred in (200, 400, 500, 600, 700, 800, 900)]
_CROWD_AREAS = range(312, 321)
_phones = (f"+1{area}55501{n:02}" for areas in _AREAS for area in areas for n in range(100))
_crowd = cycle(f"+1{area}55501{n:02}" for area in _CROWD_AREAS for n in range(100))


def new_phone() -> str:
    """Return a mobile number that nobody in the tests has yet (a range kept for fiction)."""
    return next(_phones)


def any_phone() -> str:
    """Return a number of the crowd's: for tries without end, each with another one."""
    return next(_crowd)


def in_days(days: float) -> int:
    """Return the time so many days from now, in ms, by a clock that nobody has moved."""
    return int((time.time() + days * 86_400) * 1000)


class Member(Person):
    """Somebody who works in a workspace."""

    phone: str
    member_id: str
    workspace_id: str

    def signed_in(self, phone: str, me: Json) -> Member:
        self.phone, self.member_id = phone, me["member"]["id"]
        self.workspace_id = me["workspace"]["id"]
        return self


class VisitorOf(Person):
    """Somebody on the shop's website."""

    inbox_id: str

    def path(self, rest: str = "") -> str:
        return f"/api/widget/{self.inbox_id}{rest}"

    def accept_notice(self, language: str = "en", identity: Json = None) -> Json:
        """Read the notice and begin."""
        notice = self.get(self.path(f"?language={language}"))["notice"]
        body = {"notice_hash": notice["hash"], "language": notice["language"], "identity": identity}
        return self.post(self.path("/visitor"), body)

    def line(self) -> Line:
        return self.socket(self.path("/ticket"))


def set_up(server: Server, region: str = "eu") -> Member:
    """Set the installation up as its operator does; returns its first administrator."""
    person, phone = Member(server, "Dafina"), new_phone()
    me = person.post(
        "/api/setup",
        {
            "token": server.setup_token,
            "controller": CONTROLLER,
            "company_name": "First Company",
            "region": region,
            "administrator_name": "Dafina",
            "administrator_phone": phone,
            "language": "en",
        },
    )
    return person.signed_in(phone, me)


def sign_up(
    server: Server, company: str, name: str, region: str = "eu", *, push: bool = True
) -> Member:
    """Sign a company up by phone and one-time code.

    Outside China its administrator then switches on the first push service of the registry, and
    the one that the tests can reach, where there is one; the first one stands abroad.
    """
    person, phone = Member(server, name), new_phone()
    challenge = ask_to_sign_up(person, phone)
    me = person.post(
        "/api/sign-up",
        {
            "challenge_id": challenge["challenge_id"],
            "code": server.code(phone),
            "company_name": company,
            "name": name,
            "region": region,
            "language": "en",
            "notice_hash": policy_hash(person),
        },
    )
    admin = person.signed_in(phone, me)
    if push and region != "cn":
        for service in ("google_push", "own_push")[: 1 + server.own_push]:
            switch_on(admin, service)
        server.rest()  # until that is no news any more
    return admin


def switch_on(admin: Member, name: str, **changes: Json) -> None:
    """Let an administrator read who a third party is, and switch it on.

    Where that leaves the company's region, they record first why it may.
    """
    shown = third_party(admin, name)
    if shown["abroad"]:
        record_transfer(admin, name)
    given = {"notice_hash": shown["notice_hash"], "language": "en", "contract": shown["terms"]}
    admin.put(f"/api/processors/{name}", {**given, **changes})


def record_transfer(admin: Member, name: str, **changes: Json) -> Json:
    """Let an administrator decide that data may leave the region for a third party."""
    draft = {"processor": name, "basis": "certification", "assessment": "Certificate 7"}
    return admin.post("/api/transfers", {**draft, **changes})


def third_party(admin: Member, name: str, language: str = "en") -> Json:
    """Return what an administrator is shown of a third party."""
    items = admin.get(f"/api/processors?language={language}")["items"]
    return next(item for item in items if item["name"] == name)


def ask_to_sign_up(person: Person, phone: str) -> Json:
    """Ask for a code to sign up with, after reading the policy."""
    body = {"phone": phone, "purpose": "sign_up", "notice_hash": policy_hash(person)}
    return person.post("/api/codes", body)


def policy_hash(person: Person, language: str = "en") -> str:
    """Return which privacy policy somebody has before them, signed in or not."""
    return str(person.get(f"/api/policy?language={language}")["hash"])


def question(person: Person, purpose: str = "wake_up", language: str = "en") -> Json:
    """Return how a member or a visitor stands to a purpose, and what they are asked."""
    items = person.get(f"{consents_of(person)}?language={language}")["items"]
    return next(item for item in items if item["purpose"] == purpose)


def yes_to(person: Person, purpose: str = "wake_up", language: str = "en") -> Json:
    """Return what somebody sends who has read the question and pressed yes."""
    notice = question(person, purpose, language)["notice"]
    return {"notice_hash": notice["hash"], "language": notice["language"]}


def says_yes(person: Person, purpose: str, language: str = "en", recipient: str = "") -> Json:
    """Let somebody read a question and agree; returns how they stand to that purpose."""
    answer(person, purpose, "given", language, recipient)
    return question(person, purpose, language)


def answer(
    person: Person, purpose: str, said: str, language: str = "en", recipient: str = ""
) -> None:
    """Answer a question, or only have it on the screen (``requested``)."""
    body = {"purpose": purpose, "answer": said, **yes_to(person, purpose, language)}
    person.put(consents_of(person), {**body, "recipient": recipient})


def publish(visitor: VisitorOf, days: int = 7, language: str = "en") -> Json:
    """Let a visitor read what it means, and make a link to their conversation."""
    notice = visitor.get(visitor.path(f"/publications?language={language}"))["notice"]
    body = {"notice_hash": notice["hash"], "language": language, "days": days}
    return visitor.post(visitor.path("/publications"), body)


def takes_back(person: Person, purpose: str) -> None:
    """Let somebody withdraw a consent: one request, as it was to give it."""
    person.post(f"{consents_of(person)}/withdrawal", {"purpose": purpose})


def consents_of(person: Person) -> str:
    """Return where a member's or a visitor's consents are."""
    return person.path("/consents") if isinstance(person, VisitorOf) else "/api/me/consents"


def receipt(person: Person, language: str = "en") -> Json:
    return person.get(f"{consents_of(person)}/receipt?language={language}")


def invite(admin: Member, name: str, inbox_ids: list[str], role: str = "agent") -> Member:
    """Let an administrator invite somebody, who accepts."""
    person, phone = Member(admin.server, name), new_phone()
    body = {"name": name, "phone": phone, "role": role, "inbox_ids": inbox_ids}
    created = admin.post("/api/invitations", body | attested(admin))
    return accept(person, phone, created["url"])


def attested(person: Person, basis: str = "contract") -> Json:
    """What somebody adds who enters another's details: the ground, and the text they confirm."""
    text = person.get("/api/imports/attestation")
    return {"attestation": {"basis": basis, "notice_hash": text["hash"]}}


def accept(person: Member, phone: str, url: str) -> Member:
    """Follow an invitation's link and accept it."""
    read = policy_hash(person)
    asked = {"phone": phone, "purpose": "accept_invitation", "notice_hash": read}
    challenge = person.post("/api/codes", asked)
    me = person.post(
        "/api/invitations/accept",
        {
            "token": url.partition("#")[2],
            "name": person.name,
            "phone": phone,
            "language": "en",
            "notice_hash": read,
            "challenge_id": challenge["challenge_id"],
            "code": person.server.code(phone),
        },
    )
    return person.signed_in(phone, me)


def open_inbox(admin: Member, name: str = "Shop", **changes: Json) -> Json:
    """Open an inbox for the shop's site."""
    draft = {
        "name": name,
        "color": "#0b6e4f",
        "greeting": {"en": "Hello! How can we help?"},
        "languages": ["en", "zh-CN", "sq"],
        "allowed_origins": [SITE],
        "office_hours": None,
        "member_ids": [],
    }
    return admin.post("/api/inboxes", {**draft, **changes})


@dataclass
class Shop:
    """The shop and its people."""

    server: Server
    admin: Member
    inbox: Json
    arta: Member
    wei: Member
    visitors: list[VisitorOf] = field(default_factory=list)

    def visitor(self, name: str = "Mira") -> VisitorOf:
        """Return somebody new on the shop's website, who has not acted yet."""
        person = VisitorOf(self.server, name)
        person.inbox_id = self.inbox["id"]
        self.visitors.append(person)
        return person

    def asks(self, text: str, name: str = "Mira") -> tuple[VisitorOf, str]:
        """Let somebody new ask; returns them and their conversation's id."""
        person = self.visitor(name)
        person.accept_notice()
        sent = person.post(person.path("/messages"), {"client_id": "first-words", "text": text})
        return person, sent["conversation_id"]


def open_shop(
    server: Server, company: str = "Linden Tea", region: str = "eu", *, push: bool = True
) -> Shop:
    """Sign a shop up, open its inbox, and bring in its two agents; for ``push`` see ``sign_up``."""
    admin = sign_up(server, company, "Dafina", region, push=push)
    inbox = open_inbox(admin)
    arta = invite(admin, "Arta", [inbox["id"]])
    wei = invite(admin, "Wei", [inbox["id"]])
    return Shop(server, admin, inbox, arta, wei)
