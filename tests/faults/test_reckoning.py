"""The reckoning after a kill can say no: broken servers are found out, and damage done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import set_up
from tests.harness.server import Server

from . import below
from .company import Company, Size, neighbours
from .fire import ANY, Kill, under_fire
from .history import Cell, History
from .reckoning import faults

pytestmark = pytest.mark.prove  # it tries the test of kills, and not the product

SIZE = Size(askers=3, answerers=2, keepers=1)
ENOUGH = 60  # messages
NEIGHBOURS = Size(askers=4, answerers=2, keepers=1), Size(askers=2, answerers=1, keepers=0)
ROUNDS = 8

SERVED = {
    "state: ": "UPDATE conversations SET state = 'snoozed', snoozed_until = 7 WHERE id = '{talk}'",
    "unread: ": "UPDATE reads SET visitor_total = visitor_total - 1",
    "lost: ": "DELETE FROM messages WHERE {public} AND seq > 4",
    "from nowhere: ": "UPDATE messages SET client_id = 'strange' WHERE {public} AND seq = 2",
    "order: ": "UPDATE messages SET position = 99999 WHERE {public} AND seq = 2",
    "twice: ": "UPDATE messages SET position = 99999 WHERE {public} AND seq = 3",
    "gap or disorder: ": "DELETE FROM messages WHERE {public} AND seq = 3",
}
"""What people would be served wrongly, and how it may have come to that."""

HALVES = {
    "a conversation and its messages": "UPDATE conversations SET last_seq = last_seq + 1",
    "a conversation and its notes": "UPDATE conversations SET last_internal = last_internal + 1",
    "a visitor's messages are": "UPDATE conversations SET visitor_total = visitor_total + 1",
    "a read mark counts": "UPDATE reads SET seq = 0",
    "a message has no fact": "UPDATE messages SET position = 99999 WHERE seq = 1",
    "a feed has a gap": "UPDATE feeds SET last = last + 1 WHERE last > 0",
    "a visitor has no session": "DELETE FROM visitor_sessions",
    "a row belongs to nothing": "PRAGMA foreign_keys = OFF; DELETE FROM inboxes",
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (Kill(("tests.faults.broken_commit",)), "lost: "),
        (Kill(("tests.faults.broken_memory", "after_commit"), by_itself=True), "twice: "),
        (Kill(("tests.faults.broken_filter",)), "foreign: "),
    ],
    ids=["acknowledges_early", "stores_again", "lost_a_filter"],
)
def test_a_broken_server_is_found_out(tmp_path: Path, broken: Kill, fault: str) -> None:
    """The same harness on servers that acknowledge too early, store what they have already, or show
    one company to another.

    Kills cannot show ``synchronous=NORMAL``: the kernel keeps what a killed process wrote, and only
    a lost power supply tells the difference (``tests/faults/disk/test_power.py``).
    """
    with Server(tmp_path / "data") as server:
        set_up(server)
        companies = neighbours([server], *NEIGHBOURS)
        for _ in range(ROUNDS):  # what a kill hits is a matter of luck
            under_fire(companies, [ANY, broken, broken])
            found = [said for company in companies for said in faults(company, server)]
            if any(said.startswith(fault) for said in found):
                return
        pytest.fail("the broken server was not found out")


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """A company that has worked for a while."""
    with Server(tmp_path / "data") as server:
        set_up(server)
        (working,) = neighbours([server], SIZE)
        while not (working.history.files and working.history.count() > ENOUGH):
            under_fire([working], [ANY] * 2)
        assert found_in(working) == []
        yield working


def found_in(company: Company) -> list[str]:
    (server,) = company.nodes
    return faults(company, server) + below.faults(server)


def test_what_is_served_wrongly_is_found(company: Company) -> None:
    (server,) = company.nodes
    talk = min(company.talks, key=lambda talk: company.talks[talk].name)
    public = f"conversation_id = '{talk}' AND lane = 'public'"
    for fault, damage in SERVED.items():
        assert not any(said.startswith(fault) for said in found_in(company)), fault
        below.below(server, damage.format(talk=talk, public=public))
        assert any(said.startswith(fault) for said in found_in(company)), fault


def test_a_half_of_an_action_is_found(company: Company) -> None:
    (server,) = company.nodes
    for fault, damage in HALVES.items():
        assert not any(said.startswith(fault) for said in below.faults(server)), fault
        below.below(server, damage)
        assert any(said.startswith(fault) for said in below.faults(server)), fault


def test_a_file_that_is_not_whole_and_a_message_that_was_not_told_are_found(
    company: Company,
) -> None:
    (server,) = company.nodes
    acknowledged = min(company.history.files)
    (blob,) = (server.data / "blobs").rglob(acknowledged)
    blob.write_bytes(blob.read_bytes()[:-1])
    (server.data / "blobs" / "arriving" / "half").touch()
    number, name = company.listener.heard.popitem()
    company.listener.heard[99999] = "strange"
    found = found_in(company)
    assert [said for said in found if not said.startswith("lost: ")] == [
        f"unheard: {name} with feed number {number}",
        "heard from nowhere: feed number 99999",
        "half a file: half",
    ]
    lost = {said.rpartition(" is ")[0] for said in found if said.startswith("lost: ")}
    assert lost == {f"lost: the file {acknowledged}"}


def test_the_checker_sees_each_kind_of_fault() -> None:
    history = History()
    for client_id in ("a", "b", "c"):
        history.try_to_send("talk", client_id)
    history.acknowledge("talk", "a", 1)
    history.acknowledge("talk", "b", 2)
    good = [{"client_id": "a", "seq": 1}, {"client_id": "b", "seq": 2}]
    assert history.faults("talk", good) == []
    assert history.faults("talk", good[:1])[0].startswith("lost: b")
    assert "twice: a" in history.faults("talk", [*good, {"client_id": "a", "seq": 3}])
    assert "gap" in history.faults("talk", [good[0], {"client_id": "c", "seq": 3}])[-1]
    assert any(
        "nowhere" in f for f in history.faults("talk", [*good, {"client_id": "x", "seq": 3}])
    )
    with pytest.raises(AssertionError):
        history.acknowledge("talk", "a", 9)


def test_what_was_acknowledged_last_stands_or_what_was_tried_since() -> None:
    history, cell = History(), Cell("name", "first", tried="second")
    history.see(cell, "first")
    history.see(cell, "second")
    assert history.wrongs == []
    history.see(cell, "third")
    assert history.wrongs == ["lost: name was acknowledged as first, is third"]


def test_a_mark_never_goes_back() -> None:
    history, mark = History(), Cell("mark", 7, grows=True)
    history.see(mark, 9)
    assert history.wrongs == []
    history.see(mark, 6)
    assert history.wrongs == ["lost: mark was acknowledged as 7, is 6"]


def test_a_word_of_another_company_is_heard() -> None:
    history = History(foreign=frozenset({b"theirs"}))
    history.hear(b'{"name": "ours"}')
    assert history.wrongs == []
    history.hear(b'{"name": "theirs 12"}')
    assert history.wrongs == ["foreign: theirs"]
