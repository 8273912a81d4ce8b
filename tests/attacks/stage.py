"""A company in which everybody has written the worst wherever anything can be written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from tests.cast import Shop, attested, open_inbox, open_shop, set_up
from tests.harness.people import Json, Person, client_id
from tests.harness.server import Server
from tests.installation.operator import succeed

from .enterprise import vouched
from .payloads import payloads

MOST_NAME, MOST_COMPANY, MOST_VISITOR, MOST_GREETING, MOST_TEXT = 80, 120, 200, 500, 3500
MEMBERS, COMPANIES, VISITORS, INBOXES, FILES = 60, 60, 25, 8, 9
"""As many as a page shows at once, and as the limits of a day allow."""


class Trap:
    """A server that nobody has any business with; it notes who asks anyway."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        trap = self

        class Caught(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Caught)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Stage:
    """``shown`` says what stands on which page; ``said`` is every text that somebody wrote."""

    server: Server
    shop: Shop
    trap: Trap
    corpus: list[str]
    identity: Json = None
    email: str = ""
    conversation: str = ""
    link: str = ""
    inbox_ids: list[str] = field(default_factory=list)
    shown: dict[str, list[str]] = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        return [text for texts in self.shown.values() for text in texts]

    def names(self, most: int) -> list[str]:
        """Return the payloads that fit a name, which holds nothing invisible."""
        return [text for text in self.corpus if len(text) <= most and text.isprintable()]


def written(server: Server, trap: Trap, part: int) -> Stage:
    """Let everybody write what is in a part of the corpus."""
    set_up(server)
    corpus = payloads(trap.origin, part)
    names = [text for text in corpus if len(text) <= MOST_COMPANY and text.isprintable()]
    company = next(text for text in names if "onerror" in text)
    stage = Stage(server, open_shop(server, company), trap, corpus)
    stage.shown["company"] = [company]
    _team(stage)
    _visitors(stage)
    _talk(stage)
    _inboxes(stage)
    return stage


def _team(stage: Stage) -> None:
    names, shop = stage.names(MOST_NAME)[:MEMBERS], stage.shop
    for member, name in zip((shop.admin, shop.arta, shop.wei), names, strict=False):
        member.patch("/api/me", {"name": name})
    for number, name in enumerate(names[3:]):
        draft = {"name": name, "phone": f"+121855501{number:02}", "role": "agent", "inbox_ids": []}
        stage.link = shop.admin.post("/api/invitations", draft | attested(shop.admin))["url"]
    stage.shown["team"] = names


def _visitors(stage: Stage) -> None:
    """Let customers of every name ask; the last of them is the one whose talk is long."""
    secret = stage.shop.admin.post(f"/api/inboxes/{stage.shop.inbox['id']}/identity-secret")
    signed = [
        text for text in stage.corpus if "\n" not in text
    ]  # a line break is never vouched for
    names = list(together(signed, MOST_VISITOR, " "))[:VISITORS]
    for number, name in enumerate(names):
        details = {"id": f"customer {number}", "name": name, "email": name, "phone": name}
        stage.identity = vouched(secret["secret"], details)
        visitor = stage.shop.visitor()
        known = visitor.accept_notice(identity=stage.identity)["visitor"]
        sent = write(visitor, visitor.path("/messages"), stage.corpus[number])
        stage.conversation = sent["conversation_id"]
        stage.email = known["email"]
        stage.shown.setdefault("visitors", []).append(known["name"])
    stage.shown["previews"] = stage.corpus[: len(names)]


def _talk(stage: Stage) -> None:
    visitor, arta = stage.shop.visitors[-1], stage.shop.arta
    path = f"/api/conversations/{stage.conversation}"
    texts = list(together(stage.corpus, MOST_TEXT, "\n"))
    for text in texts:
        write(visitor, visitor.path("/messages"), text)
        write(arta, f"{path}/messages", text)
        write(arta, f"{path}/messages", text, note=True)
    arta.put(f"{path}/assignee", {"member_id": stage.shop.wei.member_id, "note": texts[0]})
    arta.put(f"{path}/assignee", {"member_id": arta.member_id})
    arta.put(f"{path}/state", {"state": "snoozed", "until": 4_000_000_000_000})
    arta.put(f"{path}/state", {"state": "open"})
    to_wei = {"note": True, "mentions": [stage.shop.wei.member_id]}
    write(arta, f"{path}/messages", f"@{stage.names(MOST_NAME)[2]} look", **to_wei)
    files = [*_files(stage, visitor, visitor.path()), *_files(stage, arta, path)]
    stage.shown |= {"texts": texts, "files": files}
    stage.shown["talk"] = [*stage.corpus, *files]


def _files(stage: Stage, person: Person, door: str) -> Iterator[str]:
    """Send files of every name, and yield what became of the names."""
    names = [text[:100] for text in stage.corpus if "\n" not in text]
    names = names[:: len(names) // FILES + 1]
    sent = [person.upload(f"{door}/files", f"{name}.txt", b"words\n") for name in names]
    for at in range(0, len(sent), 10):
        ids = [file["id"] for file in sent[at : at + 10]]
        write(person, f"{door}/messages", "", file_ids=ids)
    yield from (file["name"] for file in sent)


def _inboxes(stage: Stage) -> None:
    greetings = list(
        together([t for t in stage.corpus if len(t) < MOST_GREETING], MOST_GREETING, "\n")
    )[:INBOXES]
    names = stage.names(MOST_NAME)[: len(greetings)]
    for name, greeting in zip(names, greetings, strict=True):
        opened = open_inbox(stage.shop.admin, name, greeting={"en": greeting})
        stage.inbox_ids.append(opened["id"])
    stage.shown |= {"inboxes": names, "greetings": greetings}


def operated(stage: Stage, cookies: dict[str, str]) -> None:
    """Let the operator, who has these cookies, found companies of every name."""
    operator = Person(stage.server, "Operator")
    operator.cookies = cookies
    names = stage.names(MOST_COMPANY)[-COMPANIES:]
    for number, name in enumerate(names):
        boss = {"region": "eu", "name": "Boss", "phone": f"+121955501{number:02}"}
        company = {"company_name": name, **boss, **attested(operator)}
        made = operator.post("/api/operator/administrators", company)
        stage.link = made["url"]
    succeed(operator, name=names[4], address=stage.corpus[5])
    stage.shown |= {"companies": names, "controller": [names[4], stage.corpus[5]]}


def together(texts: list[str], most: int, between: str) -> Iterator[str]:
    """Yield texts that hold as many of these as fit; what fits nowhere is left out."""
    held = ""
    for text in (text for text in texts if len(text) <= most):
        if held and len(held) + len(between) + len(text) > most:
            yield held
            held = ""
        held = f"{held}{between}{text}" if held else text
    if held:
        yield held


def write(person: Person, path: str, text: str, **more: Json) -> Json:
    return person.post(path, {"client_id": client_id(), "text": text, **more})
