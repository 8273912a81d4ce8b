"""Clause 7b: a verified guardian sees everything of the child and has it erased, by their door."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import apsw
import pytest

from silkroad.kit.clock import DAY, HOUR
from tests.attacks.enterprise import ask
from tests.attacks.stored import all_of
from tests.attacks.words import Words
from tests.cast import Shop, open_shop
from tests.clauses.persons import grown_up
from tests.harness.people import Line, Person, Refused
from tests.harness.server import Server
from tests.privacy.letters import consent, days_pass, seen

from .persons import (
    GUARDIAN,
    LETTERS,
    agree,
    child_of,
    copied,
    fill,
    left_of,
    lines,
    text_of,
    until,
    waiting,
)
from .verbs.gate import nothing_changes
from .verbs.sweep import sweep

COPY, ERASE = "/api/contact/copy", "/api/contact/erase"


@pytest.fixture
def asking(shop: Shop) -> Shop:
    shop.admin.put("/api/age-gate", {"asks": True})
    return shop


def test_a_guardian_gets_all_of_the_child_and_nothing_of_anybody_else(asking: Shop) -> None:
    shop, guardian = asking, Person(asking.server, "Shpresa")
    child, token = child_of(shop)
    sibling, other_token = child_of(shop)
    copy = copied(guardian, COPY, {"token": token, "language": "en"})
    told = text_of(copy)
    theirs = {word for word in child.words.secret if "evidence" not in word}
    assert [word for word in sorted(theirs) if word not in told] == []
    written = child.words.secret - theirs
    assert written and not [word for word in (*written, GUARDIAN["name"]) if word in told]
    (device,) = lines(copy, "devices")
    assert device["endpoint"] and not {"p256dh", "auth"} & set(device), "nor a key to the device"
    assert [
        word for word in sorted(sibling.words.secret) if word in told and word[:2] == "zq"
    ] == []
    assert sibling.id not in told and sibling.conversation not in told
    (visitor,) = lines(copy, "visitors")
    assert visitor["id"] == child.id
    assert datetime.fromisoformat(visitor["created_at"]).date() <= datetime.now(UTC).date()
    (ward,) = lines(copy, "wards")
    assert ward["birth_date"] in child.words.secret, "what is sensitive is in it as well"
    about = json.loads(copy.read("about.json"))
    assert len(about["inventory"]) == 64
    assert about["people"][child.id]["messages"] == len(lines(copy, "messages")) >= 3
    revealed = [e for e in all_of(shop.server, "audit_entries") if e["target_id"] == child.id]
    actions = [entry["action"] for entry in revealed]
    assert "person.copied" in actions and actions.count("sensitive.revealed") == 1
    again = copied(guardian, COPY, {"token": token, "language": "en"})
    assert again.namelist() == copy.namelist()
    assert other_token != token


@pytest.mark.parametrize("language", ["en", "zh-CN", "sq"])
def test_its_page_runs_nothing_whatever_was_written(asking: Shop, language: str) -> None:
    child, token = child_of(asking)
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    ask(child.visitor, evil)
    copy = copied(Person(asking.server, "S"), COPY, {"token": token, "language": language})
    page = copy.read("index.html").decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page and "<img" not in page
    assert f'<html lang="{language}">' in page


def test_before_the_consent_was_accepted_nothing_is_handed_out_or_erased(asking: Shop) -> None:
    shop, child = asking, asking.visitor("Lis")
    token = waiting(child, str(datetime.now(UTC).date() - timedelta(days=3653)))
    guardian = Person(shop.server, "Shpresa")
    claim = {"name": "S", "relationship": "parent", "evidence": "I agree"}
    for step in ("asked", "claimed"):
        assert seen(shop.server, token)["guardian"] == step
        with nothing_changes(shop.server):
            for path, body in ((COPY, {"language": "en"}), (ERASE, {"sure": True})):
                with pytest.raises(Refused, match="not_verified"):
                    guardian.post(path, {"token": token, **body})
        if step == "asked":
            consent(shop.server, token, claim)
    with pytest.raises(Refused, match="not_found"):
        guardian.post(COPY, {"token": "x" * 43, "language": "en"})


def test_a_guardian_erases_the_child_for_good(asking: Shop) -> None:
    shop, guardian = asking, Person(asking.server, "Shpresa")
    child, token = child_of(shop)
    other = fill(shop, grown_up(shop), Words())
    with pytest.raises(Refused, match="not_sure"), nothing_changes(shop.server):
        guardian.post(ERASE, {"token": token})
    line, console = child.visitor.line(), shop.arta.socket()
    guardian.post(ERASE, {"token": token, "sure": True})
    assert line.closes_with() in {4401, 4403, 4410}
    with pytest.raises(Refused, match="notice_required"):
        ask(child.visitor, "Am I still here?")
    told(console)
    assert left_of(shop, child) == LETTERS
    assert sweep(shop.server, {w for w in child.words.secret if w.startswith("zq")}) == []
    assert not list(shop.server.data.rglob(child.file))
    with pytest.raises(Refused, match="not_found"):
        shop.arta.get(f"/api/conversations/{child.conversation}")
    left = {item["id"] for item in shop.arta.get("/api/conversations?limit=50")["items"]}
    assert other.conversation in left and child.conversation not in left
    assert left_of(shop, other), "and somebody else's is as it was"
    texts = shop.arta.get(f"/api/conversations/{other.conversation}/messages")["items"]
    assert {text["text"] for text in texts} & other.words.secret
    page = seen(shop.server, token)
    assert page["erased_at"] and page["rights"] == []
    entries = [e for e in all_of(shop.server, "audit_entries") if e["target_id"] == child.id]
    assert {"person.erasure_began", "person.keys_destroyed", "person.erased"} <= {
        entry["action"] for entry in entries
    }
    with nothing_changes(shop.server):
        guardian.post(ERASE, {"token": token, "sure": True})
        with pytest.raises(Refused, match="not_verified"):
            guardian.post(COPY, {"token": token, "language": "en"})


@pytest.mark.sqlite
def test_yesterdays_rows_open_no_more(own_server: Server) -> None:
    """Whoever copied the database before has bytes without a key: each one of the person's."""
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child, token = child_of(shop)
    mine = {child.id, child.conversation, child.file}
    assert mine <= keys(own_server)
    before = {row["id"]: row["name"] for row in all_of(own_server, "files")}
    Person(own_server, "Shpresa").post(ERASE, {"token": token, "sure": True})
    done(shop, token)
    assert mine & keys(own_server) == set()
    assert own_server.stop() == 0
    left = own_server.data / "keys" / "keyring.db"
    assert not any(name.encode() in left.read_bytes() for name in mine), "nor in the file's slack"
    assert before[child.file] not in (own_server.data / "silkroad.db").read_bytes()


@pytest.mark.sqlite
def test_an_erasure_that_was_cut_off_is_finished(own_server: Server) -> None:
    """A kill after the keys are gone, and before files and rows are."""
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child, token = child_of(shop)
    other = fill(shop, grown_up(shop), Words())
    (blob,) = own_server.data.rglob(child.file)
    blob.unlink()
    blob.mkdir()  # what cannot be deleted holds the job up
    Person(own_server, "Shpresa").post(ERASE, {"token": token, "sure": True})
    until(lambda: "job_failed" in own_server.errors.read_text())
    assert child.id not in keys(own_server)
    assert left_of(shop, child), "the rows are still there"
    page = seen(own_server, token)
    assert page["erasure_at"] and not page["erased_at"]
    items = shop.arta.get("/api/conversations?limit=50")["items"]
    assert {item["id"] for item in items} >= {other.conversation}, "nobody else is held up by it"
    own_server.kill()
    blob.rmdir()
    own_server.start()
    own_server.let_pass(HOUR)
    done(shop, token)
    assert left_of(shop, child) == LETTERS
    shop.arta.socket().close()


def test_after_the_14th_birthday_it_is_the_childs_own(own_server: Server) -> None:
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child, today = shop.visitor("Lis"), datetime.now(UTC).date()
    token = waiting(child, str(today.replace(year=today.year - 14) + timedelta(days=2)))
    agree(shop, token, "I agree")
    assert seen(own_server, token)["rights"] == ["take_back", "copy", "erase"]
    days_pass(own_server, 3 * DAY)
    page = seen(own_server, token)
    assert (page["of_age"], page["rights"], page["guardian"]) == (True, [], "given")
    for path, body in ((COPY, {"language": "en"}), (ERASE, {"sure": True})):
        with pytest.raises(Refused, match="not_verified"):
            Person(own_server, "Shpresa").post(path, {"token": token, **body})


def told(console: Line) -> None:
    """Wait until a console hears that its lists have changed."""
    while console.hear("changed")["what"] != "conversations":
        pass


def done(shop: Shop, token: str) -> None:
    """Wait until all is erased."""
    until(lambda: bool(seen(shop.server, token)["erased_at"]))


def keys(server: Server) -> set[str]:
    """Return the names of all keys in the keyring."""
    path = str(server.data / "keys" / "keyring.db")
    with closing(apsw.Connection(path, flags=apsw.SQLITE_OPEN_READONLY)) as file:
        return {str(row[0]) for row in file.execute("SELECT key_id FROM keys")}
