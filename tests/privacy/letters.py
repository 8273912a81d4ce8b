"""Somebody without an account writes to a privacy contact, as the form on the page does."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from tests.cast import Member, Shop
from tests.harness.people import Json, Person
from tests.harness.server import Server

FORM = re.compile(r'class="card (\w+)">(.*?)</form>', re.DOTALL)
NOTICE = re.compile(r'name="notice_hash" value="([0-9a-f]{32})"')


def notice_hash(person: Person, inbox_id: str = "", language: str = "en") -> str:
    """Read the notice on the form, and return its hash."""
    where = f"inbox={inbox_id}&" if inbox_id else ""
    page = person.ask("GET", f"/privacy/contact?{where}language={language}")
    assert page.status_code == 200, page.text
    (found,) = NOTICE.findall(page.text)
    return str(found)


def letter(
    server: Server,
    inbox_id: str,
    text: str,
    kind: str = "question",
    by: Person | None = None,
    **more: Json,
) -> Json:
    """Write to the company of an inbox, or (an empty one) to the installation.

    Returns what the writer is told, with the ``token`` of their link.
    """
    person = by or Person(server, "Somebody")
    body = {
        "notice_hash": notice_hash(person, inbox_id),
        "language": "en",
        "kind": kind,
        "text": text,
        **more,
    }
    path = f"/api/widget/{inbox_id}/requests" if inbox_id else "/api/contact"
    sent = person.post(path, body)
    return {**sent, "token": sent["url"].partition("#")[2]}


def read_above(server: Server, token: str, act: str, language: str = "en") -> str:
    """Return which text stands above a form of a secret link's page."""
    (found,) = NOTICE.findall(dict(FORM.findall(page_under(server, token, language)))[act])
    return str(found)


def page_under(server: Server, token: str, language: str = "en", **filled: str) -> str:
    """Open a secret link's page as a browser does, or fill in a form of it; return its HTML."""
    page = Person(server, "Somebody").ask(
        "POST",
        f"/privacy/contact/answer?language={language}",
        content=urlencode({"token": token, **filled}).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    return page.text


def prove(server: Server, token: str, proof: str) -> Json:
    """Write the code that was asked for, or the sentence, after reading what stands above it."""
    person, body = Person(server, "Somebody"), {"token": token, "proof": proof, "agreed": True}
    told = seen(server, token)
    if told["asked"] == "proof" and not told["proof_given"]:
        body["notice_hash"] = read_above(server, token, "prove")
    return person.post("/api/contact/prove", body)


def consent(server: Server, token: str, written: Json, language: str = "en") -> Json:
    """Agree in writing as a guardian does, on the page in a language."""
    read = read_above(server, token, "consent", language)
    body = {"token": token, **written, "language": language, "notice_hash": read}
    return Person(server, "Shpresa").post("/api/contact/consent", body)


def reply(server: Server, token: str, text: str) -> Json:
    """Say more as a guardian does, below the notice on their page."""
    body = {"token": token, "text": text, "notice_hash": read_above(server, token, "reply")}
    return Person(server, "Shpresa").post("/api/contact/reply", body)


def seen(server: Server, token: str) -> Json:
    """Look at what is under a secret link."""
    return Person(server, "Somebody").post("/api/contact/read", {"token": token})


def requests_of(person: Person, *, closed: bool = False) -> list[Json]:
    """Return the requests that somebody answers for."""
    items: list[Json] = person.get(f"/api/requests?closed={str(closed).lower()}")["items"]
    return items


def opened(person: Person, request_id: str) -> Json:
    return person.post(f"/api/requests/{request_id}/opened", {})


def unmasked(person: Person, request_id: str) -> Json:
    return person.post(f"/api/requests/{request_id}/unmasked", {})


def days_pass(server: Server, milliseconds: int, *members: Member) -> None:
    """Let time go by until all that was due is done; these members then sign in again."""
    server.let_pass(milliseconds)
    server.rest()
    for member in members:
        sent = member.post("/api/codes", {"phone": member.phone, "purpose": "sign_in"})
        proof = {"challenge_id": sent["challenge_id"], "code": server.code(member.phone)}
        member.post("/api/sign-in/code", proof)


def code_for(shop: Shop, request_id: str) -> str:
    """Let the administrator make a code, as if to send it where their data says."""
    asked = shop.admin.post(f"/api/requests/{request_id}/identity", {"check": "code"})
    return str(asked["code"])
