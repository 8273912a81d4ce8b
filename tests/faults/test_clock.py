"""The clock jumps and the process stands still: talk goes on, and nothing is deleted by mistake."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from silkroad.kit.clock import DAY, HOUR, MINUTE
from tests.cast import Member, open_shop, set_up
from tests.harness.people import Json, Line
from tests.harness.server import Server

from .below import below

YEAR = 365 * DAY
TO_2099 = 73 * YEAR
STOPPED_FOR = 3.0  # seconds
DELETED_BY_AGE = (
    "sessions",
    "visitors",
    "visitor_sessions",
    "code_challenges",
    "tries",
    "invitations",
)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Server]:
    """A server on SQLite, where a test may look below the surface."""
    with Server(tmp_path / "data") as running:
        set_up(running)
        yield running


def test_talk_goes_on_in_order_when_the_clock_jumps(alone: Server) -> None:
    shop = open_shop(alone)
    visitor, conversation = shop.asks("Hello")
    lines = visitor.line(), shop.arta.socket()
    said = ["first-words", *talk(lines, conversation, "before")]
    for jump in (-10 * MINUTE, HOUR, YEAR, TO_2099):
        alone.move_clock(jump)
        said += talk(lines, conversation, f"at-{jump}")
        signed_out = shop.wei.ask("GET", "/api/me").status_code == 401
        assert signed_out == (jump >= YEAR)
        if signed_out:
            signs_in_again(shop.wei)
        assert told(shop.wei, conversation) == said
        alone.move_clock(-jump)
        said += talk(lines, conversation, f"after-{jump}")
    alone.kill()
    alone.start()
    signs_in_again(shop.wei)
    assert told(shop.wei, conversation) == said, "nothing acknowledged is lost, nothing is twice"
    said += talk((visitor.line(), shop.wei.socket()), conversation, "again")
    assert told(shop.wei, conversation) == said


def test_who_signs_in_while_the_clock_is_wrong_is_neither_in_for_years_nor_shut_out(
    alone: Server,
) -> None:
    arta = open_shop(alone).arta
    alone.move_clock(TO_2099)
    assert arta.ask("GET", "/api/me").status_code == 401
    for _ in range(4):  # of five codes an hour
        signs_in_again(arta)
        alone.move_clock(2 * MINUTE)
    early = arta.post("/api/live/ticket")["ticket"]
    alone.move_clock(-TO_2099)
    assert arta.ask("GET", "/api/me").status_code == 401, "the session would last for 73 years"
    for _ in range(2):
        signs_in_again(arta)
        alone.move_clock(2 * MINUTE)
    with pytest.raises(Exception, match="4401"):
        Line(alone, early)
    assert arta.socket().welcome["me"] == arta.member_id


def test_a_clock_that_jumps_a_year_deletes_nothing_until_it_comes_back(alone: Server) -> None:
    shop = open_shop(alone)
    shop.asks("Hello")
    before = kept(alone)
    assert all(before[table] for table in DELETED_BY_AGE)
    alone.move_clock(YEAR)
    assert holds_back(alone, "SweepAccounts")
    assert holds_back(alone, "ForgetInvitation")
    assert kept(alone) == before
    alone.move_clock(-YEAR)
    alone.let_pass(25 * HOUR)
    assert any(kept(alone)["code_challenges"] == 0 for _ in range(2_000)), "what waited is done"
    after = kept(alone)
    assert after["tries"] == 0
    assert after["sessions"] == before["sessions"], "thirty days are not over"
    assert "clock_is_right_again" in alone.errors.read_text()


def test_after_a_long_stop_the_operator_says_that_the_clock_is_right(alone: Server) -> None:
    open_shop(alone)
    alone.stop()
    days = 3 * DAY
    below(alone, f"UPDATE consumers SET position = position - {days} WHERE consumer = 'clock'")  # noqa: S608 - a number
    before = kept(alone)
    alone.start()
    assert any("silkroad confirm-clock" in line for line in alone.heard)
    alone.move_clock(2 * HOUR)
    assert holds_back(alone, "SweepAccounts")
    assert kept(alone) == before
    command = [sys.executable, "-m", "silkroad", "confirm-clock"]
    env = {**os.environ, "SILKROAD_DATA_DIR": str(alone.data)}
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    assert "confirmed" in done.stdout
    alone.let_pass(MINUTE)
    assert any(kept(alone)["code_challenges"] == 0 for _ in range(2_000))


@pytest.mark.prove
def test_a_process_that_stood_still_goes_on_where_it_was(own_server: Server) -> None:
    shop = open_shop(own_server)
    visitor, conversation = shop.asks("Hello")
    lines = visitor.line(), shop.arta.socket()
    said = ["first-words", *talk(lines, conversation, "before")]
    own_server.process.send_signal(signal.SIGSTOP)
    try:
        lines[0].say(t="send", id="while-it-stands", conversation=conversation, text="Hello?")
        assert lines[0].hears_nothing("ack", within=STOPPED_FOR)
    finally:
        own_server.process.send_signal(signal.SIGCONT)
    assert lines[0].hear("ack")["seq"] == len(said) + 1
    assert lines[1].hear("message")["message"]["seq"] == len(said) + 1
    said += ["while-it-stands", *talk(lines, conversation, "after")]
    assert told(shop.arta, conversation) == said


def talk(lines: tuple[Line, Line], conversation: str, about: str) -> list[str]:
    """Let a visitor and an agent speak in turn, each hearing the other; return what was said."""
    said = [f"{about}-{number}-words" for number in range(6)]
    numbers = []
    for number, words in enumerate(said):
        speaker, ear = lines if number % 2 == 0 else lines[::-1]
        numbers.append(speaker.send(conversation, words, as_id=words)["seq"])
        while ear.hear("message")["message"]["client_id"] != words:
            pass
    assert numbers == list(range(numbers[0], numbers[0] + len(said)))
    return said


def told(member: Member, conversation: str) -> list[str]:
    """Return what a conversation holds, in order, after a look at its numbering."""
    items = member.get(f"/api/conversations/{conversation}/messages?limit=100")["items"]
    public: list[Json] = [item for item in items if item["lane"] == "public"]
    assert [item["seq"] for item in public] == list(range(1, len(public) + 1))
    return [item["client_id"] for item in public]


def signs_in_again(member: Member) -> None:
    """Sign in by a code, as one does whose session is over."""
    body = {"phone": member.phone, "purpose": "sign_in"}
    challenge = member.post("/api/codes", body)["challenge_id"]
    code = member.server.code(member.phone)
    member.post("/api/sign-in/code", {"challenge_id": challenge, "code": code})


def kept(server: Server) -> dict[str, int]:
    """Count what is deleted by age, below the surface."""
    return {table: len(below(server, f"SELECT 1 FROM {table}")) for table in DELETED_BY_AGE}  # noqa: S608 - our own names


def holds_back(server: Server, job: str) -> bool:
    """Wait until the log says that a job waits for the clock."""
    said = f'"job": "{job}", "event": "clock_jumped"'
    for _ in range(100):
        if said in server.errors.read_text():
            return True
        time.sleep(0.1)  # a log tells nobody that it has grown
    return False
