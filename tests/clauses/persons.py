"""A child with one of everything that is held of a visitor, and whoever takes a copy of them."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

from tests.attacks.asking import SAMPLES
from tests.attacks.enterprise import ask, said
from tests.attacks.stored import rows_about
from tests.attacks.words import Words
from tests.cast import Shop, VisitorOf, says_yes, yes_to
from tests.harness.people import Json, Person, client_id
from tests.privacy.letters import consent, requests_of

GUARDIAN = {"name": "Shpresa Zirkelstein", "relationship": "parent"}


@dataclass
class Held:
    """A visitor, the words that only they have to do with, and the ids of their things."""

    visitor: VisitorOf
    words: Words
    id: str
    conversation: str
    file: str


def fill(shop: Shop, visitor: VisitorOf, words: Words) -> Held:
    """Let a visitor talk, send a file, agree to something, and be answered and noted about."""
    sent = visitor.upload(visitor.path("/files"), f"{words.say('file')}.txt", said(words, "inside"))
    where = ask(visitor, words.say("question"), file_ids=[sent["id"]])["conversation_id"]
    path = f"/api/conversations/{where}/messages"
    for text, note in ((words.say("answer"), False), (words.say("note"), True)):
        shop.arta.post(path, {"client_id": client_id(), "text": text, "note": note})
    says_yes(visitor, "microphone")
    visitor.post(visitor.path("/media/microphone"))
    token = visitor.post(visitor.path("/handover"))["token"]
    endpoint = f"{SAMPLES['endpoint']}{words.say('endpoint')}"
    keys = {"p256dh": SAMPLES["p256dh"], "auth": SAMPLES["auth"]}
    window = {"token": token, "subscription": {"endpoint": endpoint, "keys": keys}, "page": None}
    visitor.put(visitor.path("/push"), {**window, "consent": yes_to(visitor)})
    own = visitor.get(visitor.path())["visitor"]["visitor"]["id"]
    return Held(visitor, words, own, where, sent["id"])


def child_of(shop: Shop) -> tuple[Held, str]:
    """Return a child with a guardian's consent, all that is held of them, and the door's token."""
    child, words = shop.visitor("Lis"), Words()
    born = str(datetime.now(UTC).date() - timedelta(days=3653))
    words.secret.add(born)
    token = waiting(child, born)
    agree(shop, token, words.say("evidence"))
    return fill(shop, child, words), token


def begin(visitor: VisitorOf, born: str | None = None) -> Json:
    """Let a visitor come in after the notice, with a birth date or without."""
    return visitor.post(visitor.path("/visitor"), _read_and_born(visitor, born))


def grown_up(shop: Shop) -> VisitorOf:
    """Return a visitor who says that they are old enough."""
    visitor = shop.visitor("Noor")
    begin(visitor, "1990-01-01")
    return visitor


def waiting(child: VisitorOf, born: str) -> str:
    """Let a child ask for their guardian; return the token of the guardian's door."""
    asked = child.post(child.path("/guardian"), _read_and_born(child, born))
    return str(asked["url"].partition("#")[2])


def _read_and_born(visitor: VisitorOf, born: str | None) -> Json:
    notice = visitor.get(visitor.path("?language=en"))["notice"]
    return {"notice_hash": notice["hash"], "language": "en", "birth_date": born}


def agree(shop: Shop, token: str, evidence: str) -> None:
    """Let the guardian agree in writing, and the company accept it."""
    consent(shop.server, token, {**GUARDIAN, "evidence": evidence})
    (request,) = (one for one in requests_of(shop.admin) if one["state"] == "received")
    shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})


def copied(person: Person, path: str, body: Json) -> ZipFile:
    """Take a copy, and return it opened."""
    answer = person.ask("POST", path, body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"].startswith("attachment")
    found = ZipFile(io.BytesIO(answer.content))
    assert found.testzip() is None
    return found


def text_of(copy: ZipFile, under: str = "") -> str:
    """Return everything in a copy, or in one person's part, with the names of its files."""
    names = [name for name in copy.namelist() if name.startswith(under)]
    return "\n".join([*names, *(copy.read(name).decode() for name in names)])


def lines(copy: ZipFile, table: str, under: str = "") -> list[Json]:
    """Return the rows of a table in a copy."""
    return [json.loads(line) for line in copy.read(f"{under}data/{table}.jsonl").splitlines()]


STAYS = {"audit_entries", "facts", "erasures", "jobs"}
"""Where an opaque id may stand after somebody was erased: what happened, and that they were."""

LETTERS = {"contact_requests"}
"""What is left beside it of whoever wrote to the privacy contact, until a year after the end."""


def left_of(shop: Shop, held: Held) -> set[str]:
    """Return the tables in which something of a person still stands, by any of their ids."""
    about = rows_about(shop.server, {held.id, held.conversation, held.file})
    return {row[0] for row in about} - STAYS


def until(happened: Callable[[], bool]) -> None:
    """Wait for something; far longer than it may ever take."""
    for _ in range(200):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it never happened")
