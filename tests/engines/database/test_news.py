"""What is new is held against the people whom a statement names, on both databases. 1.8d, 4.1.6."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest
from sqlalchemy import bindparam, select, update

from silkroad import inboxes, visitors
from silkroad.engines.database import Database, Fresh, Statement, Transaction, mine
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import metadata
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system
from silkroad.privacy.campaigns.points import DOOR
from silkroad.visitors.store import visitors as table
from silkroad.workspaces.actions import found

CHANGE = frozenset({"cmp_one"})
ABOUT = Fresh(CHANGE, frozenset({"visitor"}))
NAME, EMAIL, LANGUAGE = (("visitors", name) for name in ("name", "email", "language"))
DRAFT = inboxes.InboxDraft("Shop", "#0b6e4f", {}, ["en"], [], None, [])
_v = table.c
_one = (mine(table), _v.id == bindparam("visitor_id"))
_by = {"source": "visitor"}
SET_NAME = Statement(update(table).where(*_one).values(name=bindparam("new_name"), **_by))
SET_EMAIL = Statement(update(table).where(*_one).values(email=bindparam("new_email"), **_by))
RENAME = Statement(update(table).where(*_one).values(name=bindparam("what"), **_by))
EMPTY = Statement(update(table).where(*_one).values(name=None))
BOTH = Statement(select(_v.name, _v.email).where(*_one))
OF_TALK = Statement(select(_v.name).where(mine(table), _v.id == bindparam("conversation_id")))
ALL = Statement(select(_v.name).where(mine(table)))
SET_BOTH = Statement(
    update(table)
    .where(*_one)
    .values(name=bindparam("new_name"), language=bindparam("new_language"), **_by)
)
WITH_IDS = Statement(select(_v.id, _v.name, _v.language).where(mine(table)))


class Cast(NamedTuple):
    """Mira was not told, and everybody else was; ``asked`` is about whom anybody asked."""

    db: Database
    agent: Scope
    mira: Scope
    jon: str
    asked: list[str]

    @property
    def miras(self) -> str:
        return self.mira.actor_id

    async def runs(self, scope: Scope, statement: Statement, **values: object) -> bool:
        """Whether a statement gets through."""
        try:
            await self.db.write(scope, lambda tx: tx.all(statement, **values))
        except Refusal as no:
            if no.code != "changes_unread":
                raise
            return False
        return True


@pytest.fixture
async def cast(db: Database) -> Cast:
    workspace_id = await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")

    def come(tx: Transaction) -> tuple[str, str]:
        with tx.doing(Purpose.TEAMWORK):
            inbox = inboxes.create_inbox(tx, DRAFT)
        mira, jon = (visitors.introduce(tx, inbox.id, name, "en") for name in ("Mira", "Jon"))
        return mira, jon

    mira, jon = await db.write(system(workspace_id, Purpose.CONVERSATION), come)
    asked: list[str] = []

    def require(_: Transaction, changes: frozenset[str], person: str) -> None:
        assert changes == CHANGE
        asked.append(person)
        if person == mira:
            raise refuse("changes_unread")

    assert not db.news.there
    db.news.require = require
    db.news.visitor_of = lambda _, talk: {"cnv_miras": mira, "cnv_jons": jon}.get(talk)
    talk = Purpose.CONVERSATION
    agent = Scope(workspace_id, "agent", "member", "mbr_arta", purpose=talk)
    return Cast(
        db, agent, Scope(workspace_id, "visitor", "visitor", mira, purpose=talk), jon, asked
    )


@pytest.mark.anyio
async def test_a_new_detail_is_about_who_acts_and_who_is_named(cast: Cast) -> None:
    cast.db.news.learn({NAME: ABOUT}, {}, {})
    runs, agent, mira = cast.runs, cast.agent, cast.mira
    assert not await runs(agent, SET_NAME, visitor_id=cast.miras, new_name=b"Mira")
    assert await runs(agent, SET_NAME, visitor_id=cast.jon, new_name=b"Jon")
    assert not await runs(mira, SET_NAME, visitor_id="vis_other", new_name=b"Mira")
    assert await runs(mira, SET_NAME, visitor_id="vis_other", new_name=None), "nothing is taken"
    assert not await runs(mira, RENAME, visitor_id=cast.miras, what=b"Mira"), "by any parameter"
    assert await runs(mira, RENAME, visitor_id=cast.miras, what=None), "nothing is taken"
    assert await runs(mira, EMPTY, visitor_id=cast.miras), "it is only taken out"
    assert await runs(mira, SET_EMAIL, visitor_id=cast.miras, new_email=b"m"), "that is not new"
    assert await runs(mira, BOTH, visitor_id=cast.miras), "what is read was not taken"
    assert await runs(system(agent.workspace_id, agent.purpose), ALL)
    everybody = {cast.miras, cast.jon, "vis_other"}
    assert {cast.miras, cast.jon} <= set(cast.asked) <= everybody, "it is about no member"


@pytest.mark.anyio
async def test_what_is_new_at_the_door_is_left_out(cast: Cast) -> None:
    door = ABOUT._replace(at_the_door=True)
    cast.db.news.learn({NAME: door, LANGUAGE: door}, {}, {})
    for visitor_id in (cast.miras, cast.jon):
        set_both = {"new_name": b"Name", "new_language": "sq"}
        assert await cast.runs(cast.mira, SET_BOTH, visitor_id=visitor_id, **set_both)
        assert await cast.runs(cast.agent, SET_BOTH, visitor_id=visitor_id, **set_both)
    assert await cast.runs(cast.mira, RENAME, visitor_id=cast.miras, what=b"Mira")
    rows = await cast.db.read(cast.agent, lambda tx: tx.all(WITH_IDS))
    names = {visitor_id: name for visitor_id, name, _ in rows}
    assert names == {cast.miras: None, cast.jon: b"Name"}, "of who was told it is taken"
    assert {language for _, _, language in rows} == {"sq"}, "the table cannot do without"
    for who, known in ((cast.miras, False), (cast.jon, True)):
        assert await cast.db.read(cast.agent, Transaction.may_take, _v.name, who) is known
        assert await cast.db.read(cast.agent, Transaction.may_take, _v.email, who)
    member = Fresh(CHANGE, frozenset({"member"}), at_the_door=True)
    assert member.among({"acc_artas", "mbr_arta", "ses_one"}) == {"acc_artas", "mbr_arta"}


@pytest.mark.anyio
async def test_what_somebody_does_for_a_purpose_that_changed_is_about_them(cast: Cast) -> None:
    cast.db.news.learn({}, {}, {Purpose.CONVERSATION: {NAME: ABOUT}})
    runs, agent, mira = cast.runs, cast.agent, cast.mira
    assert not await runs(mira, SET_NAME, visitor_id=cast.miras, new_name=b"Mira")
    assert await runs(mira, SET_NAME, visitor_id=cast.miras, new_name=None), "nothing is taken"
    assert await runs(mira, BOTH, visitor_id=cast.miras), "to see it is to do nothing"
    assert await runs(mira, SET_EMAIL, visitor_id=cast.miras, new_email=b"m"), "of another purpose"
    assert await runs(agent, SET_NAME, visitor_id=cast.miras, new_name=b"Mira"), "others go on"
    elsewhere = mira.doing(Purpose.WAKE_UP)
    assert await runs(elsewhere, SET_NAME, visitor_id=cast.miras, new_name=b"Mira"), "and the rest"
    assert cast.asked == [cast.miras]


@pytest.mark.anyio
async def test_an_old_detail_with_a_new_use_is_about_who_is_named(cast: Cast) -> None:
    cast.db.news.learn({}, {Purpose.CONVERSATION: {NAME: ABOUT}}, {})
    runs, agent = cast.runs, cast.agent
    assert not await runs(agent, BOTH, visitor_id=cast.miras)
    assert await runs(agent, BOTH, visitor_id=cast.jon)
    assert not await runs(agent, OF_TALK, conversation_id="cnv_miras")
    assert await runs(agent, OF_TALK, conversation_id="cnv_jons")
    assert await runs(cast.mira, BOTH, visitor_id=cast.miras), "what is one's own"
    assert await runs(agent.doing(Purpose.WAKE_UP), BOTH, visitor_id=cast.miras), "an old use"
    assert await runs(agent, SET_EMAIL, visitor_id=cast.miras, new_email=b"m")
    assert cast.asked.count(cast.jon) == 1, "who was told is not asked about again"


@pytest.mark.anyio
async def test_a_list_says_whom_each_row_is_about(cast: Cast) -> None:
    cast.db.news.learn({}, {Purpose.CONVERSATION: {NAME: ABOUT}}, {})
    at_work = system(cast.agent.workspace_id, Purpose.CONVERSATION)
    for scope in (at_work, cast.agent):
        assert not await cast.runs(scope, ALL), "whom is it about?"
        assert not await cast.runs(scope, WITH_IDS), "one of them was not told"
    assert await cast.runs(cast.mira, WITH_IDS), "the others were"
    (found,) = await cast.db.read(at_work, lambda tx: tx.all_told(WITH_IDS))
    assert found[0] == cast.jon, "what is left are those who were told"
    assert await cast.db.read(at_work, lambda tx: tx.all_told(ALL)) == []
    nobody = system(cast.agent.workspace_id + "x", Purpose.CONVERSATION)
    assert await cast.runs(nobody, ALL), "no row is about nobody"


@pytest.mark.anyio
async def test_who_cannot_be_told_needs_not_be_named(cast: Cast) -> None:
    somebody = Fresh(CHANGE, frozenset({"invitee", "requester"}))
    cast.db.news.learn({NAME: somebody}, {Purpose.CONVERSATION: {EMAIL: somebody}}, {})
    assert await cast.runs(cast.agent, BOTH, visitor_id=cast.miras)
    assert await cast.runs(cast.agent, SET_NAME, visitor_id=cast.miras, new_name=b"Mira")
    cast.db.news.learn({}, {}, {})
    assert (cast.db.news.there, cast.asked) == (False, [])


def test_what_a_door_can_do_without_is_filled_by_a_parameter_of_its_own() -> None:
    """Else it could not be left out, or others would be left out with it."""
    shared: set[tuple[str, str]] = set()
    for statement in EVERY_STATEMENT:
        stores, _ = statement.places
        times = Counter(stores.values())
        shared |= {
            (table, name)
            for (table, name), parameter in stores.items()
            if table in DOOR and metadata.tables[table].c[name].nullable
            if not parameter or times[parameter] > 1
        }
    assert shared == {("sessions", "former_hash")}, "a hash that was stored before"
