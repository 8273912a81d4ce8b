"""The disk is full: writers hear of it soon, reading goes on, and nothing acknowledged is lost. R4.

On a small disk that is filled up for real, with the log on it as well; and, wherever the system
gives nobody a disk of their own, with every write refused.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cast import Shop, VisitorOf, open_shop, policy_hash, set_up
from tests.faults.history import History
from tests.harness.people import Json, Person
from tests.harness.server import Server

from .small_disk import Disk, Limited, namespaces_work

SOON = 2.0  # seconds, until a writer hears of it
AGAIN = 10.0  # seconds, until writing goes on by itself
MINUTE = 60_000
WRITERS = 8
NO_ROOM = {"storage_full": 507, "storage_failed": 503}


@pytest.fixture(
    params=["small_disk", "no_more_writes"] if namespaces_work() else ["no_more_writes"]
)
def place(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Server, Disk | Limited]]:
    """A server, and the disk below it."""
    small = request.param == "small_disk"
    program = ("tests.attacks.small_disk", "24m") if small else ("tests.harness.served",)
    with Server(tmp_path / "data", program=program) as server:
        set_up(server)
        yield server, Disk(server) if small else Limited(server)


@pytest.fixture
def server(place: tuple[Server, Disk | Limited]) -> Server:
    return place[0]


@pytest.fixture
def disk(place: tuple[Server, Disk | Limited]) -> Disk | Limited:
    return place[1]


class Writer:
    """A visitor on a socket who notes what was promised."""

    def __init__(self, shop: Shop, number: int, history: History) -> None:
        self.history = history
        self.visitor, self.conversation = shop.asks("first", f"writer{number}")
        history.try_to_send(self.conversation, "first-words")
        self.line = self.visitor.line()
        self._number = 0

    def write(self, client_id: str = "") -> tuple[Json, float]:
        """Send a message and return the answer, and after how many seconds it came."""
        self._number += 1
        client_id = client_id or f"message-{self._number:05}"
        self.history.try_to_send(self.conversation, client_id)
        started = time.monotonic()
        answer = self.line.send(self.conversation, "x" * 3000, as_id=client_id)
        if answer["t"] == "ack":
            self.history.acknowledge(self.conversation, client_id, answer["seq"])
        return answer, time.monotonic() - started

    def write_until_no(self) -> tuple[Json, float]:
        """Write on in the room that is left, until the server says no."""
        while True:
            answer, seconds = self.write()
            if answer["t"] == "error":
                return answer, seconds


def test_a_full_disk_stops_writers_only_and_only_while_it_is_full(
    server: Server, disk: Disk | Limited
) -> None:
    shop, history = open_shop(server), History()
    writers = [Writer(shop, number, history) for number in range(WRITERS)]
    ear = shop.arta.socket()
    disk.fill()
    refusals = together(writers, Writer.write_until_no)
    assert {answer["code"] for answer, _ in refusals} <= NO_ROOM.keys()
    assert all(seconds < SOON for _, seconds in refusals)
    for _ in range(10):  # what is said about it must not break anything either
        assert all(
            answer["t"] == "error" and s < SOON for answer, s in together(writers, Writer.write)
        )
    assert not_ready(shop.visitor()) in NO_ROOM
    server.move_clock(MINUTE + 1000)
    everybody_reads(shop, writers)
    nobody_else_writes(shop, writers[0].visitor)
    writers[0].line.say(t="typing", conversation=writers[0].conversation, on=True)
    assert ear.hear("typing")["author"]["kind"] == "visitor", "the sockets stay"
    disk.free()
    started = time.monotonic()
    while writers[0].write("one-more-time")[0]["t"] == "error":
        assert time.monotonic() - started < AGAIN
    assert all(answer["t"] == "ack" for answer, _ in together(writers, Writer.write))
    for writer in writers:
        assert history.faults(writer.conversation, everything(writer.visitor)) == []
    shop.arta.post("/api/live/ticket")
    assert shop.visitor().ask("GET", "/readyz").status_code == 200


def together(
    writers: list[Writer], verb: Callable[[Writer], tuple[Json, float]]
) -> list[tuple[Json, float]]:
    """Let all of them do something at once."""
    with ThreadPoolExecutor(len(writers)) as pool:
        return list(pool.map(verb, writers))


def not_ready(anybody: Person) -> str:
    """Ask whether the server is ready until the last room is used up; return why it is not."""
    for _ in range(100):
        answer = anybody.ask("GET", "/readyz")
        if answer.status_code == 503:
            return answer.text.strip()
    return "ready"


def everybody_reads(shop: Shop, writers: list[Writer]) -> None:
    """Whatever changes nothing works as ever, also for somebody who was away for a minute."""
    talk = f"/api/conversations/{writers[0].conversation}"
    for path in ("/api/me", "/api/conversations", talk, f"{talk}/messages", "/api/members"):
        assert shop.arta.ask("GET", path).status_code == 200, path
    visitor = writers[0].visitor
    for path in (visitor.path(), visitor.path("/messages"), f"/widget/{visitor.inbox_id}", "/"):
        assert visitor.ask("GET", path).status_code == 200, path
    assert visitor.ask("GET", "/healthz").status_code == 200
    assert shop.arta.ask("POST", "/api/live/ticket", {}).status_code == 200


def nobody_else_writes(shop: Shop, visitor: VisitorOf) -> None:
    """Each other way to write says so as well, and soon."""
    notice = visitor.get(visitor.path())["notice"]["hash"]
    policy = policy_hash(visitor)
    for person, method, path, body in (
        (
            visitor,
            "POST",
            visitor.path("/messages"),
            {"client_id": "by-http-1", "text": "x" * 3000},
        ),
        (
            shop.visitor(),
            "POST",
            visitor.path("/visitor"),
            {"notice_hash": notice, "language": "en"},
        ),
        (shop.admin, "POST", "/api/inboxes", draft()),
        (
            Person(shop.server, "New"),
            "POST",
            "/api/codes",
            {"phone": "+12175550101", "purpose": "sign_up", "notice_hash": policy},
        ),
    ):
        started = time.monotonic()
        answer = person.ask(method, path, body)
        assert answer.status_code == NO_ROOM.get(answer.json()["code"]), (path, answer.text)
        assert time.monotonic() - started < SOON


def draft() -> Json:
    shown = {"name": "New", "color": "#0b6e4f", "greeting": {}, "languages": ["en"]}
    return {**shown, "allowed_origins": [], "office_hours": None, "member_ids": []}


def everything(visitor: VisitorOf) -> list[Json]:
    """Return all messages of a visitor, by pages."""
    found: list[Json] = []
    before = ""
    while True:
        page = visitor.get(visitor.path(f"/messages?limit=100{before}"))
        found = page["items"] + found
        if not page["more"]:
            return found
        before = f"&before={found[0]['seq']}"


def test_a_file_that_does_not_fit_leaves_nothing_behind(
    server: Server, disk: Disk | Limited
) -> None:
    shop = open_shop(server)
    visitor, conversation = shop.asks("Here comes a large file")
    line, large = visitor.line(), b"linden\n" * 700_000
    disk.fill(but=3 * 1024 * 1024)
    headers = {"X-File-Name": "large.txt"}
    answer = visitor.ask("POST", visitor.path("/files"), headers=headers, content=large)
    assert answer.status_code == NO_ROOM[answer.json()["code"]]
    assert line.send(conversation, "It did not fit")["t"] == "ack", "a message still does"
    kept = [path for path in (disk.root / "blobs").rglob("*") if path.is_file()]
    assert kept == []
    disk.free()
    sent = visitor.upload(visitor.path("/files"), "large.txt", large)
    assert line.send(conversation, "", files=[sent["id"]])["t"] == "ack"
    assert shop.arta.ask("GET", f"/api/files/{sent['id']}").content == large
