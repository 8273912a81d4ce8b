"""A statement runs, and a value is opened, only for the purposes of what it shows. 4.0, 4.1.1a."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import (
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    union_all,
    update,
)

from silkroad import inboxes, visitors
from silkroad.engines.database import (
    Database,
    Job,
    OutsidePurpose,
    Statement,
    Transaction,
    Upsert,
    insert_into,
    mine,
)
from silkroad.engines.database.purposes import ABOUT_PEOPLE
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.database.tables import audit_entries, facts
from silkroad.inboxes.store import inboxes as inboxes_table
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import EVERY_PURPOSE, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.policy import Policy
from silkroad.kit.purposes import ForbiddenPurpose, Purposes
from silkroad.kit.scope import system
from silkroad.privacy.guardians.store import wards
from silkroad.research import actions as research
from silkroad.visitors.store import visitors as visitors_table
from silkroad.workspaces.actions import found

DRAFT = inboxes.InboxDraft("Shop", "#0b6e4f", {}, ["en"], [], None, [])
_v, _i = visitors_table.c, inboxes_table.c
_one = (mine(visitors_table), _v.id == bindparam("visitor_id"))
AUDITED = Statement(
    select(audit_entries.c.action, audit_entries.c.target_id).where(mine(audit_entries))
)
TALK = Purpose.CONVERSATION.bit


def test_every_statement_of_the_product_serves_a_purpose() -> None:
    assert [str(statement) for statement in EVERY_STATEMENT if not statement.purposes] == []


@pytest.mark.parametrize(
    ("statement", "open_for"),
    [
        (select(_v.name).where(*_one), TALK),
        (select(func.coalesce(_v.name, b"").label("known")).where(*_one), TALK),
        (select(func.count()).select_from(visitors_table).where(*_one), EVERY_PURPOSE),
        (select(func.count(_v.name)).where(*_one), EVERY_PURPOSE),
        (select(_i.name).where(mine(inboxes_table), _i.id == bindparam("id")), EVERY_PURPOSE),
        (select(visitors_table.alias().c.name), TALK),
        (select(select(_v.name).where(*_one).subquery().c.name), 0),
        (update(visitors_table).where(*_one).values(name=bindparam("new")), TALK),
        (delete(visitors_table).where(*_one), EVERY_PURPOSE),
        (delete(visitors_table).where(*_one).returning(_v.name), TALK),
        (union_all(select(_i.name), select(_v.name)), TALK),
        (select(visitors_table), 0),  # its name is for talking, its notice for accounting
        (insert(inboxes_table).from_select(["name"], select(_v.name)), TALK),
        (update(inboxes_table).values(name=select(_v.name).scalar_subquery()), TALK),
        (update(visitors_table).values(language=_v.notice_hash), 0),
        (select(exists(select(_v.name).where(*_one))), EVERY_PURPOSE),
    ],
    ids=lambda value: None if isinstance(value, int) else " ".join(str(value).split())[:60],
)
def test_it_is_open_for_the_purposes_of_what_it_shows_or_sets(
    statement: Any, open_for: int
) -> None:
    made = Statement(statement, across="a test's own")
    assert made.purposes & (TALK | Purpose.SECURITY.bit) == open_for & (TALK | Purpose.SECURITY.bit)
    EVERY_STATEMENT.remove(made)


def test_what_is_noted_alongside_may_be_written_by_everybody_and_read_by_few() -> None:
    written = insert_into(audit_entries, omit=("row",))
    read = Statement(select(audit_entries).where(mine(audit_entries)))
    assert written.purposes == ABOUT_PEOPLE
    assert read.purposes == Purpose.ACCOUNTABILITY.bit
    renewed = Upsert(facts, ("workspace_id", "number"), ("body",), ("body",))
    assert renewed.purposes & Purpose.SECURITY.bit == 0
    for statement in (written, read, renewed):
        EVERY_STATEMENT.remove(statement)


@pytest.mark.anyio
async def test_to_improve_opens_figures_and_nobodys_data(db: Database) -> None:
    workspace_id = await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")
    visitor_id = await db.write(system(workspace_id, Purpose.CONVERSATION), _mira_comes)
    improving = system(workspace_id, Purpose.IMPROVEMENT)
    with pytest.raises(Refusal, match="not_found"):
        await db.read(improving, research.figures, "2026-01")
    for query, about in ((visitors.name_of, visitor_id), (inboxes.inbox_by_id, "ibx_a")):
        with pytest.raises(OutsidePurpose):
            await db.read(improving, query, about)


@pytest.mark.anyio
async def test_to_improve_brings_nothing_else_along(db: Database) -> None:
    workspace_id = await db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")
    visitor_id = await db.write(system(workspace_id, Purpose.CONVERSATION), _mira_comes)
    improving = system(workspace_id, Purpose.IMPROVEMENT)
    for purpose in set(Purpose) - {Purpose.IMPROVEMENT}:
        with pytest.raises(OutsidePurpose):
            improving.doing(purpose)
        with pytest.raises(OutsidePurpose):
            await db.read(improving, _name_meanwhile, purpose, visitor_id)
    assert improving.doing(Purpose.IMPROVEMENT) is improving
    talking = system(workspace_id, Purpose.TEAMWORK)
    assert await db.read(talking, _name_meanwhile, Purpose.CONVERSATION, visitor_id) == "Mira"


def _name_meanwhile(tx: Transaction, purpose: Purpose, visitor_id: str) -> str | None:
    with tx.doing(purpose):
        return visitors.name_of(tx, visitor_id)


@pytest.mark.anyio
async def test_a_name_is_for_the_conversation_and_for_nothing_else(db: Database) -> None:
    founding = system(purpose=Purpose.REGISTRATION)
    workspace_id = await db.write(founding, found, "Linden", "eu")
    talking = system(workspace_id, Purpose.CONVERSATION)
    visitor_id = await db.write(talking, _mira_comes)
    assert await db.read(talking, visitors.name_of, visitor_id) == "Mira"
    for purpose in (Purpose.SECURITY, Purpose.OPERATION, Purpose.REGISTRATION):
        with pytest.raises(OutsidePurpose):
            await db.read(talking.doing(purpose), visitors.name_of, visitor_id)
        with pytest.raises(OutsidePurpose):
            await db.write(talking.doing(purpose), _opened, visitor_id)
    assert await db.read(talking, visitors.name_of, visitor_id) == "Mira"


@pytest.mark.anyio
async def test_what_is_sensitive_is_revealed_on_record_or_only_asked(db: Database) -> None:
    founding = system(purpose=Purpose.REGISTRATION)
    workspace_id = await db.write(founding, found, "Linden", "eu")
    rights = system(workspace_id, Purpose.RIGHTS)
    sealed = await db.write(rights, _birth_date)
    with pytest.raises(OutsidePurpose, match="sensitive"):
        await db.read(rights, Transaction.open, *sealed)
    born = "2015-03-01"
    assert await db.read(rights, _is_born_on, sealed, born)
    with pytest.raises(RuntimeError, match="only read"):
        await db.read(rights, Transaction.reveal, *sealed)
    with pytest.raises(OutsidePurpose):
        await db.write(rights.doing(Purpose.CONVERSATION), Transaction.reveal, *sealed)
    accounting = rights.doing(Purpose.ACCOUNTABILITY)
    assert await db.read(accounting, _revealed) == []
    assert await db.write(rights, Transaction.reveal, *sealed) == born
    assert await db.read(accounting, _revealed) == ["vis_child"]


def _birth_date(tx: Transaction) -> tuple[str, Any, str, bytes]:
    tx.mint("vis_child", tx.scope.workspace_id)
    place = ("vis_child", wards.c.birth_date, "vis_child")
    return *place, tx.seal(*place, "2015-03-01")


def _is_born_on(tx: Transaction, sealed: tuple[str, Any, str, bytes], day: str) -> bool:
    return tx.asked(*sealed, lambda text: text == day)


def _revealed(tx: Transaction) -> list[str]:
    return [target for action, target in tx.all(AUDITED) if action == "sensitive.revealed"]


def _mira_comes(tx: Transaction) -> str:
    with tx.doing(Purpose.TEAMWORK):
        inbox = inboxes.create_inbox(tx, DRAFT)
    return visitors.introduce(tx, inbox.id, "Mira", "en")


def _opened(tx: Transaction, visitor_id: str) -> str:
    """Open a name whose bytes came some other way."""
    return tx.open(visitor_id, _v.name, visitor_id, b"as if it had been read")


@pytest.mark.parametrize(
    "name",
    [
        *("advertising", "personalised_recommendation", "direct_marketing", "Advertising"),
        *("MARKETING", "Personalisation", "ads", "ad_targeting", "adTargeting", "retargeting"),
        *("behavioural_targeting", "customer_profile", "lead_scoring", "upsell", "cross_sell"),
        *("promotion", "newsletter", "tracking", "sell_data", "data_sale", "tailored_offers"),
        *("suggestions", "lookalike", "reklama", "reklamë", "profilizim", "shitje_e_të_dhënave"),
        *("adserving", "commercial_messages", "publicitet", "sponzorim", "komerciale"),
        *("推荐", "推薦", "广告", "廣告", "营销", "用户画像", "个性化", "个性推送", "興趣推送"),
    ],
)
def test_what_the_policy_rules_out_cannot_become_a_purpose(name: str) -> None:
    planted: Any = Purposes  # the functional way to make a list, which the type checker cannot see
    with pytest.raises(ForbiddenPurpose):
        planted("Planted", {"PLANTED": name})
    with pytest.raises(ForbiddenPurpose):
        planted("Planted", {name: "planted"})
    with pytest.raises(ForbiddenPurpose):
        planted("Planted", {"PLANTED": "planted", name: "planted"})  # one more name for the same


def test_what_it_does_not_rule_out_can() -> None:
    planted: Any = Purposes
    for name in (*Purpose, "reading", "addressing", "trading", "bisedë", "安全"):
        assert list(planted("Planted", {"PLANTED": str(name)})) == [str(name)]


def test_an_operation_cannot_have_a_purpose_that_is_not_listed() -> None:
    unlisted: Any = "curiosity"
    with pytest.raises(TypeError):
        Policy(Permission.ANSWER, unlisted, frozenset(), audited=False)


def test_a_job_cannot_be_without_a_purpose() -> None:
    kinds = [kind for kind in Job.__subclasses__() if kind.__module__.startswith("silkroad.")]
    assert {type(kind.purpose) for kind in kinds} == {Purpose}
    with pytest.raises(TypeError):
        type("Planted", (Job,), {"__annotations__": {}})
