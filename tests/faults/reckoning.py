"""After the last kill: what a company was promised against what its people are served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.harness.people import Json, Person
from tests.harness.server import Server

from .below import below
from .company import Company
from .history import NOTES, digest, twice

STATE_AFTER = {"reopened": "open", "woken": "open", "closed": "closed", "snoozed": "snoozed"}

FEW = 20
"""On a page for an agent: beside the public messages it shows 500 notes and events at most."""


class Talk(NamedTuple):
    """A conversation as its visitor and as an agent reads it; both lanes, in order."""

    id: str
    as_visitor: list[Json]
    as_agent: list[Json]

    def lane(self, name: str) -> list[Json]:
        return [message for message in self.as_agent if message["lane"] == name]


def faults(company: Company, server: Server) -> list[str]:
    """Return all that is wrong."""
    talks = [_read(company, talk) for talk in company.talks]
    found = [fault for talk in talks for fault in _of_talk(company, talk)]
    found += _feed(company, talks)
    found += [fault for person in company.members for fault in _unread(person, talks)]
    found += _files(company, talks, server)
    return company.history.wrongs + found


def _read(company: Company, talk: str) -> Talk:
    visitor = company.talks[talk]
    as_agent = everything(company.shop.arta, f"/api/conversations/{talk}/messages", FEW)
    return Talk(talk, everything(visitor, visitor.path("/messages")), as_agent)


def _of_talk(company: Company, talk: Talk) -> Iterator[str]:
    public, internal = talk.lane("public"), talk.lane("internal")
    yield from company.history.faults(talk.id, talk.as_visitor)
    yield from company.history.faults(talk.id + NOTES, internal)
    if [told(m) for m in public] != [told(m) for m in talk.as_visitor]:
        yield f"order: {talk.id} reads otherwise for its visitor"
    numbers = [m["position"] for m in talk.as_agent]
    if numbers != sorted(numbers):
        yield f"order: {talk.id} has feed numbers {numbers}"
    served = company.shop.arta.get(f"/api/conversations/{talk.id}")
    now = (served["state"], served["snoozed_until"], served["assignee_id"], served["last_seq"])
    if now != (*_retold(internal), len(public)):
        yield f"state: {talk.id} is {now}, its events tell {_retold(internal)}"


def told(message: Json) -> Json:
    """Return what a visitor and an agent have to see alike."""
    return {name: message[name] for name in ("seq", "client_id", "text", "at", "files")}


def _retold(internal: list[Json]) -> tuple[str, int | None, str | None]:
    """Return the state, its end and the assignee, as the events of a conversation tell them."""
    state, until, assignee = "open", None, None
    for event in (message["event"] for message in internal if message["kind"] == "event"):
        if event["name"] == "assigned":
            assignee = event["member_id"]
        else:
            state, until = STATE_AFTER[event["name"]], event["until"]
    return state, until, assignee


def _feed(company: Company, talks: list[Talk]) -> list[str]:
    """Look at what the whole workspace is numbered by, and at what a listening console heard."""
    numbers = [(m["position"], m["client_id"]) for talk in talks for m in talk.as_agent]
    found = [f"twice: feed number {number}" for number in twice(str(n) for n, _ in numbers)]
    return found + company.listener.faults(dict(numbers))


def _unread(member: Person, talks: list[Talk]) -> Iterator[str]:
    """Count what a member has still to read, and see that the same is served."""
    waiting = 0
    for talk in talks:
        served = member.get(f"/api/conversations/{talk.id}")
        unread = [
            message
            for message in talk.lane("public")
            if message["author"]["kind"] == "visitor" and message["seq"] > served["read_seq"]
        ]
        waiting += bool(unread) and served["state"] != "closed"
        if served["unread"] != len(unread):
            yield f"unread: {talk.id} has {len(unread)} for {member.name}, not {served['unread']}"
    counted = member.get("/api/conversations/counts")["unread"]
    if counted != waiting:
        yield f"unread: {waiting} conversations for {member.name}, not {counted}"


def _files(company: Company, talks: list[Talk], server: Server) -> Iterator[str]:
    """Open each file: whole, for both sides, when it was sent; else whole or not there at all."""
    history = company.history
    sent = {file["id"] for talk in talks for file in talk.as_visitor for file in file["files"]}
    members: dict[str, Person] = {member.member_id: member for member in company.members}
    home = company.shop.admin.workspace_id
    rows = below(
        server,
        f"SELECT id, conversation_id, uploader_id FROM files WHERE workspace_id = '{home}'",  # noqa: S608 - an id of the server's own
    )
    yield from (
        f"lost: the file {name}" for name in history.files.keys() - {row[0] for row in rows}
    )
    for name, talk, uploader in rows:
        visitor, member = company.talks[talk], members.get(uploader)
        path = {visitor: visitor.path(f"/files/{name}"), company.shop.admin: f"/api/files/{name}"}
        readers = path if name in sent else {member or visitor: ""}
        for reader in readers:
            answer = reader.ask("GET", path.get(reader) or f"/api/files/{name}")
            if name not in history.files and name not in sent and answer.status_code == 404:
                continue
            expected = {history.files[name]} if name in history.files else history.contents
            if answer.status_code != 200 or digest(answer.content) not in expected:
                yield f"lost: the file {name} is {answer.status_code} for {reader.name}"


def everything(person: Person, path: str, most: int = 100) -> list[Json]:
    """Return all messages of a conversation, by pages of so many public ones at most."""
    pages: list[list[Json]] = []
    page = person.get(f"{path}?limit={most}")
    while True:
        pages.insert(0, page["items"])
        if not page["more"]:
            return [message for items in pages for message in items]
        first = next(m["seq"] for m in page["items"] if m["lane"] == "public")
        page = person.get(f"{path}?limit={most}&before={first}")
