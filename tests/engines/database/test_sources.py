"""Nothing about a person is written without where it comes from. Clause 1.2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, Text, bindparam, insert, select, update

from silkroad import inboxes
from silkroad.conversations.model import AuthorKind
from silkroad.engines.database import (
    Database,
    Statement,
    Transaction,
    Unsourced,
    Upsert,
    insert_into,
    mine,
    sources,
)
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import metadata
from silkroad.kit.inventory import (
    SHORT,
    ByRow,
    DataClass,
    Purpose,
    Source,
    nonpersonal,
    personal,
)
from silkroad.kit.scope import Scope, system
from silkroad.parts import DECLARATIONS
from silkroad.privacy.consent.model import Method
from silkroad.privacy.contact.model import Author
from silkroad.visitors import store as visitors
from silkroad.visitors.store import visitors as visitors_table
from silkroad.workspaces.actions import found

DRAFT = inboxes.InboxDraft("Shop", "#0b6e4f", {}, ["en"], [], None, [])
planted = Table(
    "planted",
    MetaData(),
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", LargeBinary),
    Column("mood", Text),
    Column("told_by", Text, nullable=False),
)
_ONE = (mine(planted), planted.c.id == bindparam("of_id"))
UNNAMED: dict[str, Any] = {name: bindparam(name) for name in ("workspace_id", "id")}
NAMED = UNNAMED | {"name": bindparam("name")}
KEY = ("workspace_id", "id")


def known(source: Source | ByRow, **more: Any) -> Any:
    kept: Any = {"basis": "contract", "retention": SHORT, "erasure": "delete"} | more
    return personal("visitor", DataClass.CONTACT, "S1", Purpose.CONVERSATION, source=source, **kept)


@pytest.fixture(autouse=True)
def _learned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Plant a table, of which one column has two sources, and the row says which."""
    metadata._add_table(planted.name, None, planted)
    monkeypatch.setattr(sources, "_sources", dict(sources._sources))
    told = ByRow("told_by", {"visitor": "subject", "site": "authorised"})
    sources.learn(
        [
            {
                "planted": {
                    "workspace_id": nonpersonal("the company's workspace"),
                    "id": known("use"),
                    "name": known(told),
                    "mood": known("subject"),
                    "told_by": known("use"),
                }
            }
        ]
    )
    yield
    metadata.remove(planted)


@pytest.mark.parametrize(
    ("clause", "looked_at"),
    [
        (insert(planted), ["told_by"]),
        (insert(planted).values(NAMED | {"told_by": bindparam("by")}), ["by"]),
        (insert(planted).values(NAMED | {"told_by": "site"}), []),
        (insert(planted).values(UNNAMED | {"mood": "low"}), []),
        (update(planted).where(*_ONE).values(mood=bindparam("new")), []),
        (update(planted).where(*_ONE).values(name=None), []),
        (
            update(planted).where(*_ONE).values(name=bindparam("new"), told_by=bindparam("by")),
            ["by"],
        ),
        (select(planted.c.name).where(*_ONE), []),
    ],
    ids=lambda value: " ".join(str(value).split())[:70],
)
def test_a_statement_that_says_it_can_be_made(clause: Any, looked_at: list[str]) -> None:
    assert [mark.parameter for mark in marks(clause)] == looked_at


@pytest.mark.parametrize(
    "clause",
    [
        insert(planted).values(NAMED),
        insert(planted).values(NAMED | {"told_by": "gossip"}),
        insert(planted).values(NAMED | {"told_by": None}),
        insert(planted).values(NAMED | {"told_by": planted.c.mood}),
        insert(planted).from_select(["id", "name", "told_by"], select(planted.c.id)),
        update(planted).where(*_ONE).values(name=bindparam("new")),
        update(planted).where(*_ONE).values(name=bindparam("new"), told_by=None),
        update(planted).where(*_ONE).ordered_values((planted.c.name, bindparam("new"))),
    ],
    ids=lambda value: " ".join(str(value).split())[:70],
)
def test_a_statement_that_does_not_say_it_cannot_run(clause: Any) -> None:
    with pytest.raises(Unsourced, match=r"planted\.name"):
        marks(clause)


def test_what_an_upsert_changes_says_it_too() -> None:
    with pytest.raises(Unsourced):
        taken(Upsert(planted, KEY, ("name",)))
    assert taken(Upsert(planted, KEY, ("name", "told_by")))[0].parameter == "told_by"
    assert taken(Upsert(planted, KEY, ("mood",)))[0].parameter == "told_by"


@pytest.mark.anyio
async def test_a_row_without_its_source_is_not_stored(db: Database) -> None:
    scope, inbox_id = await shop(db)
    row = {"id": "vis_mira", "inbox_id": inbox_id, "language": "en", "verified": 0}
    row |= {"name": b"sealed", "email": None, "phone": None, "customer_index": None}
    row |= {"notice_hash": "", "created_at": 1}
    adding = insert_into(visitors_table)
    for said in ({}, {"source": None}, {"source": ""}, {"source": "gossip"}):
        with pytest.raises(Unsourced):
            await db.write(scope, run, adding, row | said)
    assert await db.read(scope, visitors.one, "vis_mira") is None
    await db.write(scope, run, adding, row | {"source": "visitor"})
    renaming = update(visitors_table).where(
        mine(visitors_table), visitors_table.c.id == bindparam("of_id")
    )
    named: dict[str, Any] = {"of_id": "vis_mira", "new": b"other"}
    unsaid = Statement(renaming.values(name=bindparam("new")))
    with pytest.raises(Unsourced):
        await db.write(scope, run, unsaid, named)
    said_so = Statement(renaming.values(name=bindparam("new"), source=bindparam("by")))
    with pytest.raises(Unsourced):
        await db.write(scope, run, said_so, named | {"by": "gossip"})
    assert await db.read(scope, stored, "vis_mira") == (b"sealed", "visitor")
    await db.write(scope, run, said_so, named | {"by": "site"})
    assert await db.read(scope, stored, "vis_mira") == (b"other", "site")
    for statement in (adding, unsaid, said_so):
        EVERY_STATEMENT.remove(statement)


@pytest.mark.anyio
async def test_a_column_of_no_source_is_not_stored(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope, inbox_id = await shop(db)
    monkeypatch.setitem(sources._sources, ("visitors", "language"), None)
    adding = insert_into(visitors_table)
    row = dict.fromkeys((c.name for c in visitors_table.c if c.name != "workspace_id"), "x")
    with pytest.raises(Unsourced, match=r"visitors\.language has no source"):
        await db.write(scope, run, adding, row | {"inbox_id": inbox_id, "source": "visitor"})
    assert await db.read(scope, visitors.one, "x") is None
    EVERY_STATEMENT.remove(adding)


def test_every_personal_column_has_a_source() -> None:
    without = [
        f"{table}.{name}"
        for module in DECLARATIONS
        for table, columns in module.items()
        for name, column in columns.items()
        if column.personal and not column.sources
    ]
    assert without == []


def test_nobody_can_declare_one_without() -> None:
    kept: Any = {"basis": "contract", "retention": SHORT, "erasure": "delete"}
    with pytest.raises(TypeError, match="source"):
        personal("visitor", DataClass.CONTACT, "S1", Purpose.CONVERSATION, **kept)


def test_where_there_are_several_every_row_has_a_word_for_it() -> None:
    """The words are all that the program can write, and no row can be without one."""
    written: dict[tuple[str, str], set[str]] = {
        ("messages", "author_kind"): set(get_args(AuthorKind)),
        ("contact_messages", "author"): set(get_args(Author)),
        ("consent_records", "method"): set(get_args(Method)),
        ("visitors", "source"): {"visitor", "site", "team"},
    }
    told = {
        (table, column.source.column): set(column.source.words)
        for module in DECLARATIONS
        for table, columns in module.items()
        for column in columns.values()
        if isinstance(column.source, ByRow)
    }
    assert told == written
    for table, column in told:
        assert not metadata.tables[table].c[column].nullable


def test_every_statement_of_the_product_says_it() -> None:
    assert len(EVERY_STATEMENT) > 100
    said = {mark.parameter for statement in EVERY_STATEMENT for mark in statement.marks}
    assert said == {"author_kind", "author", "method", "source", "new_source"}


def marks(clause: Any) -> tuple[sources.Mark, ...]:
    return taken(Statement(clause, across="a test's own"))


def taken(statement: Statement) -> tuple[sources.Mark, ...]:
    """Return what a statement has to say, and leave it out of the product's own."""
    EVERY_STATEMENT.remove(statement)
    return statement.marks


def run(tx: Transaction, statement: Statement, values: dict[str, Any]) -> None:
    with tx.doing(Purpose.CONVERSATION):
        tx.all(statement, **values)


_STORED = Statement(
    select(visitors_table.c.name).where(
        mine(visitors_table), visitors_table.c.id == bindparam("of_id")
    )
)
_SAID = Statement(
    select(visitors_table.c.source).where(
        mine(visitors_table), visitors_table.c.id == bindparam("of_id")
    )
)


def stored(tx: Transaction, visitor_id: str) -> tuple[bytes, str]:
    """Return a name as it lies there, and where it comes from."""
    (name,) = tx.one(_STORED, of_id=visitor_id) or (None,)
    with tx.doing(Purpose.ACCOUNTABILITY):
        (said,) = tx.one(_SAID, of_id=visitor_id) or (None,)
    return bytes(name), said


async def shop(db: Database) -> tuple[Scope, str]:
    """Return a scope that talks to visitors of a new shop, and its inbox."""
    workspace_id = await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")
    inbox = await db.write(system(workspace_id, Purpose.TEAMWORK), inboxes.create_inbox, DRAFT)
    return system(workspace_id, Purpose.CONVERSATION), inbox.id
