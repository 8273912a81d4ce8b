"""Somebody without an account writes to a privacy contact, as the form on the page does."""

from __future__ import annotations

import re

from tests.cast import Member, Shop
from tests.harness.people import Json, Person
from tests.harness.server import Server

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
