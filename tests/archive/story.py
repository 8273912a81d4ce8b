"""What happens in an installation before it is backed up or moved, and what must be there after."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Self

from tests.cast import Member, Shop, VisitorOf, open_shop, set_up, sign_up
from tests.harness.people import Json, Person, client_id
from tests.harness.server import Server

WORDS = ["Përshëndetje!", "你好,我想买茶 🍵", "👩‍👩‍👧‍👦 & <b>bold</b>", ("tea " * 900).strip()]
PASSWORD = "correct horse battery"


@dataclass
class Story:
    """A shop with talks and a file, a rival beside it, and what everybody can read."""

    shop: Shop
    rival: Member
    mira: VisitorOf
    conversation: str
    file_id: str
    content: bytes
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.signing_in = [self.shop.wei, self.shop.admin]  # codes are limited for each phone

    def still_stands(self, server: Server) -> None:
        """People come back with what they had, sign in anew, read everything, and write more."""
        arta = self.is_read(server)
        again, who = Person(server, "on another device"), self.signing_in.pop(0)
        signed_in = again.post("/api/sign-in/code", proof(server, again, who.phone))
        assert signed_in["member"]["id"] == who.member_id
        assert self.texts(again) == self.said
        mira = self.mira.goes_to(server)
        for text in ("Still there?", "I am."):
            sent = {"client_id": client_id(), "text": text}
            mira.post(mira.path("/messages"), sent)
            self.said.append(text)
        assert self.texts(arta) == self.said
        rival = self.rival.goes_to(server)
        assert rival.get("/api/me")["workspace"]["id"] == rival.workspace_id
        assert rival.ask("GET", f"/api/conversations/{self.conversation}").status_code == 404

    def is_read(self, server: Server) -> Member:
        """Let Arta come back, who reads everything, and return her."""
        arta = self.shop.arta.goes_to(server)
        assert self.texts(arta) == self.said
        assert arta.ask("GET", f"/api/files/{self.file_id}").content == self.content
        return arta

    def texts(self, person: Person) -> list[str]:
        path = f"/api/conversations/{self.conversation}/messages?limit=100"
        found: list[Json] = person.get(path)["items"]
        return [item["text"] for item in found if item["lane"] == "public"]


def told_on(server: Server) -> Story:
    """Let the story happen on a new installation."""
    set_up(server)
    shop, rival = open_shop(server), sign_up(server, "Rival Ltd", "Roland")
    mira, conversation = shop.asks(WORDS[0])
    said = [WORDS[0]]
    for text in WORDS[1:]:
        shop.arta.post(
            f"/api/conversations/{conversation}/messages", {"client_id": client_id(), "text": text}
        )
        said.append(text)
    content = "只有我们 🔒\n".encode() * 20_000
    sent = mira.upload(mira.path("/files"), "fletë.txt", content)
    message = {"client_id": client_id(), "text": "file", "file_ids": [sent["id"]]}
    mira.post(mira.path("/messages"), message)
    said.append("file")
    return Story(shop, rival, mira, conversation, sent["id"], content, said)


def proof(server: Server, person: Person, phone: str) -> Json:
    challenge = person.post("/api/codes", {"phone": phone, "purpose": "sign_in"})
    return {"challenge_id": challenge["challenge_id"], "code": server.code(phone)}


class Writers:
    """People who go on writing, each in a conversation of their own, until told to stop."""

    def __init__(self, shop: Shop, count: int) -> None:
        self.acknowledged: list[tuple[str, str]] = []
        self._stop = threading.Event()
        self._lines = [(shop.asks("hello"), number) for number in range(count)]
        self._threads = [threading.Thread(target=self._write, args=line) for line in self._lines]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, who: tuple[VisitorOf, str], number: int) -> None:
        mira, conversation = who
        line = mira.line()
        round_ = 0
        while not self._stop.is_set():
            text = f"message {number}/{round_}"
            assert line.send(None, text)["t"] == "ack"
            self.acknowledged.append((conversation, text))
            round_ += 1
