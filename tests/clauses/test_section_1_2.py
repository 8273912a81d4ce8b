"""Data comes from the person, by authorisation, or from use, and says which. Clause 1.2."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, get_args

import httpx2
import pytest
from sqlalchemy import LargeBinary, func, select

from silkroad import app, parts
from silkroad.engines.database import Statement, Transaction, Unsourced, insert_into, mine
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import metadata
from silkroad.http import House
from silkroad.kit.inventory import ByRow, Purpose, Source
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.kit.scope import system
from silkroad.privacy.policy import WORDS, missing, record
from silkroad.settings import Settings
from silkroad.workspaces.actions import found
from tests.attacks.stored import all_of, find
from tests.cast import Shop
from tests.conversations.test_widget import identity
from tests.harness.engines import Engine
from tests.harness.postgres import Postgres
from tests.harness.server import Server

SEVERAL = {
    (table, column.source.column): min(column.purposes)
    for module in parts.DECLARATIONS
    for table, columns in module.items()
    for column in columns.values()
    if isinstance(column.source, ByRow)
}
"""Where a row's values may come from several sides: the column that says it, and a purpose."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["sqlite", "postgresql"])
async def house(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> AsyncIterator[House]:
    """A house on each kind of database, and nobody in it."""
    engine = Engine(request.param, postgres if request.param == "postgresql" else None)
    settings: Any = {"data_dir": tmp_path / "data"} | engine.fresh()
    async with app.open_house(Settings(**settings)) as opened:
        yield opened


@pytest.mark.anyio
async def test_a_value_without_its_source_is_not_inserted(house: House) -> None:
    assert set(SEVERAL) == {
        ("visitors", "source"),
        ("messages", "author_kind"),
        ("contact_messages", "author"),
        ("consent_records", "method"),
    }
    place = await house.db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")
    for (table, column), purpose in SEVERAL.items():
        adding = insert_into(metadata.tables[table])
        EVERY_STATEMENT.remove(adding)
        row = {
            known.name: b"x" if isinstance(known.type, LargeBinary) else "x"
            for known in metadata.tables[table].c
            if known.name not in {"workspace_id", column}
        }
        for said in ({}, {column: None}, {column: ""}, {column: "gossip"}):
            with pytest.raises(Unsourced, match=column):
                await house.db.write(system(place, purpose), run, adding, row | said)
        assert await house.db.read(system(place), counted, table) == 0, "nothing of it is stored"


def test_nothing_personal_is_held_without_its_source() -> None:
    without = [
        f"{thing}.{name}"
        for module in parts.EVERYTHING
        for thing, fields in module.items()
        for name, field in fields.items()
        if field.personal and not field.sources
    ]
    assert without == []
    every = {s for m in parts.EVERYTHING for f in m.values() for c in f.values() for s in c.sources}
    assert every == set(get_args(Source))


def test_each_row_says_who_told_it(shop: Shop, server: Server) -> None:
    """Whoever comes by themselves, whom the site vouches for, and what each side writes."""
    mira, conversation = shop.asks("Hello")
    shop.arta.post(
        f"/api/conversations/{conversation}/messages",
        {"client_id": "an-answer", "text": "Good day"},
    )
    secret = shop.admin.post(f"/api/inboxes/{shop.inbox['id']}/identity-secret")["secret"]
    known = identity(secret, id="customer-7", name="Mira", phone="+355681111111")
    vouched = shop.visitor("Mira").accept_notice(identity=known)["visitor"]["id"]
    asked = find(server, "conversations", id=conversation)["visitor_id"]
    assert find(server, "visitors", id=asked)["source"] == "visitor"
    assert find(server, "visitors", id=vouched)["source"] == "site"
    written = [m for m in all_of(server, "messages") if m["conversation_id"] == conversation]
    assert {m["author_kind"] for m in written if m["kind"] == "text"} == {"visitor", "member"}
    again = identity(secret, id="customer-7", name="Mira Krasniqi")
    assert shop.visitor("Mira").accept_notice(identity=again)["visitor"]["id"] == vouched
    assert find(server, "visitors", id=vouched)["source"] == "site", "as the new name does"
    assert mira.get(mira.path("/messages"))["items"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_says_where_each_kind_of_data_comes_from(
    server: Server, language: Language
) -> None:
    words = WORDS[language]
    page = httpx2.get(f"{server.origin}/privacy?language={language}").text
    machines = json.loads(httpx2.get(f"{server.origin}/privacy.jsonld?language={language}").content)
    cards = page.partition('<h3 id="visitor">')[2].partition("<section>")[0].split("<article>")[1:]
    assert len(cards) == len(machines["dpv:hasProcess"])
    for card, process in zip(cards, machines["dpv:hasProcess"], strict=True):
        told = card.partition(f"<dt>{words.labels.source}</dt><dd>")[2].partition("</dd>")[0]
        labels = [source["rdfs:label"] for source in process["dpv:hasDataSource"]]
        assert told == words.separator.join(labels) != ""
    (contact,) = (p for p in machines["dpv:hasProcess"] if p["@id"] == "#visitor-CON")
    assert {source["@type"] for source in contact["dpv:hasDataSource"]} == {
        "dpv:DataSubjectDataSource",
        "dpv:ThirdPartyDataSource",
        "dpv:DataControllerDataSource",
    }


def test_the_record_of_processing_loses_no_source() -> None:
    kept = record(parts.works())
    assert missing(kept) == []
    for line in kept["activities"]:
        declared = {
            source
            for module in parts.EVERYTHING
            for fields in module.values()
            for field in fields.values()
            if line["purpose"] in field.purposes
            for source in field.sources
        }
        assert set(line["sources"]) == declared, line["purpose"]


def run(tx: Transaction, statement: Statement, values: dict[str, Any]) -> None:
    tx.all(statement, **values)


def counted(tx: Transaction, table: str) -> int:
    there = metadata.tables[table]
    asking = Statement(select(func.count()).select_from(there).where(mine(there)))
    EVERY_STATEMENT.remove(asking)
    (found_there,) = tx.one(asking) or (0,)
    return int(found_there)
