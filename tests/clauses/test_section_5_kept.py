"""Sections 5.0, 5.2, 8.3: who keeps the installation's own data is told of, and so is a change."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from silkroad import app, parts
from silkroad.engines import standing
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy import policy
from silkroad.privacy.policy.releases import changes_between
from silkroad.privacy.processors import PROCESSORS, keepers, told
from silkroad.settings import Settings
from tests.cast import CONTROLLER, Member, says_yes, set_up
from tests.clauses.campaigns import may_speak, news, updated
from tests.fakes.s3 import S3
from tests.harness.engines import Engine
from tests.harness.server import Server

HERE = "0.0.0.0"  # noqa: S104 - leads to this machine, and is not called so
SHARED = {
    "database_url": "postgresql://silkroad@rows.example,more.example/x",
    "database_owner_url": "postgresql://owner@direct.example/x",
    "keyring_url": "postgresql://keys@10.0.3.7/keys",
    "blobs_url": "s3://bucket?region=eu-central-1",
    "bus_url": "nats://me:pw@bus.example:4222",
    "root_url": "https://bao.example/v1/transit/keys/silkroad",
}
KEPT = {
    "kept_rows": ["more.example", "rows.example"],
    "kept_keys": ["10.0.3.7"],
    "kept_files": ["s3.eu-central-1.amazonaws.com"],
    "kept_bus": ["bus.example"],
}


def kept_by(**settings: str) -> dict[str, list[str]]:
    known = keepers(standing.elsewhere(Settings(**settings), {}))  # type: ignore[arg-type]  # all of them are text
    return {one.name: sorted(one.hosts) for one in known}


def test_each_store_that_is_not_this_machine_has_its_entry() -> None:
    assert kept_by(**SHARED) == KEPT
    here = {
        "database_url": "postgresql:///x?host=/run/postgresql",
        "keyring_url": "postgresql://keys@localhost/keys",
        "blobs_url": "s3://bucket?endpoint=http://127.0.0.1:9000",
        "bus_url": "nats://[::1]:4222",
    }
    assert kept_by(**here) == kept_by() == {}


def test_nothing_is_sent_to_them_by_the_way_out() -> None:
    known = {one.name for one in app.recipients(Settings(**SHARED))}  # type: ignore[arg-type]  # as above
    assert not known & set(KEPT)


def effective(**settings: str) -> policy.releases.Record:
    """Return the record of an installation with such settings."""
    known = keepers(standing.elsewhere(Settings(**settings), {}))  # type: ignore[arg-type]  # as above
    found = policy.effective(policy.record(parts.works()), known)
    return policy.releases.plain(found)


def receiving(**settings: str) -> dict[str, set[str]]:
    """Return who keeps what each activity stores."""
    activities = effective(**settings)["activities"]
    return {line["purpose"]: set(line["recipients"]) for line in activities}


def test_each_activity_names_who_keeps_what_it_stores() -> None:
    found = receiving(**SHARED)
    assert found["conversation"] == {"kept_rows", "kept_files", "kept_bus"}
    assert found["operation"] == set(KEPT)
    assert "kept_rows" in found["rights"]
    assert "kept_files" not in found["authentication"], "there is no file of it"
    assert all("kept_rows" in names for names in found.values()), "every table lies there"
    files = receiving(blobs_url=SHARED["blobs_url"])
    assert files["conversation"] == {"kept_files"}
    assert files["authentication"] == set()
    assert set().union(*receiving().values()) == set(), "all of it lies on this machine"


def test_another_host_is_another_recipient() -> None:
    before, now = effective(**SHARED), effective(**SHARED | {"blobs_url": "s3://bucket"})
    (grave,) = [one for one in changes_between(before, now) if one.weight == "major"]
    assert (grave.clause, grave.where.line) == ("8.3", "kept_files")
    assert "host joins: s3.us-east-1.amazonaws.com" in grave.what
    assert changes_between(before, effective(**SHARED)) == []


class Moved(NamedTuple):
    """A server whose people came while files lay in its folder; since then they are in a bucket."""

    server: Server
    boss: Member


@pytest.fixture
def moved(tmp_path: Path, s3: S3, engine: Engine) -> Iterator[Moved]:
    keys = tmp_path / "bucket.key"
    keys.touch(mode=0o600)
    keys.write_text("silkroad\nsecret\n")
    endpoint = f"http://{HERE}:{s3.port}"
    with Server(tmp_path / "data", on=engine) as server:
        boss = set_up(server)
        says_yes(boss, "microphone")
        assert (news(boss), listed(server)) == ([], set())
        assert server.stop() == 0
        server._settings |= {
            "blobs_url": f"s3://{s3.fresh()}?endpoint={endpoint}",
            "blobs_key_file": str(keys),
            "private_targets": endpoint,
        }
        server.start()
        yield Moved(server, boss)


def page(server: Server, language: Language = "en") -> str:
    return unescape(httpx2.get(f"{server.origin}/privacy?language={language}").text)


def listed(server: Server) -> set[str]:
    """Return which of them the policy for machines names."""
    found = httpx2.get(f"{server.origin}/privacy.jsonld?language=en").json()
    return {one["@id"].removeprefix("#") for one in found["dpv:hasRecipient"]} & set(KEPT)


def test_people_are_told_where_their_files_lie_from_now_on(moved: Moved) -> None:
    (told_of,) = news(moved.boss)
    assert told_of["text"]["weight"] == "major"
    assert told_of["text"]["lines"] == ["S3 (whoever runs this server) now receives something."]
    assert told_of["asked"] == [], "what somebody agreed to is the same as before"
    assert may_speak(moved.boss) == 200
    assert listed(moved.server) == {"kept_files"}
    for language in LANGUAGES:
        text = page(moved.server, language)
        cells = told(PROCESSORS["kept_files"], language, str(CONTROLLER["name"]))
        for cell in (HERE, cells.company, cells.kind, cells.scenario, cells.countries, *cells.data):
            assert cell in text, (language, cell)


def test_people_are_told_when_it_is_another_host(moved: Moved) -> None:
    def before(record: dict[str, Any]) -> None:
        (files,) = (line for line in record["recipients"] if line["name"] == "kept_files")
        files.update(at=["files.example"], servers=["files.example"])

    updated(moved.server, before)
    newest, _ = sorted(news(moved.boss), key=lambda one: -one["text"]["opened_at"])
    assert newest["text"]["weight"] == "major"
    assert any("where that is" in line for line in newest["text"]["lines"])
