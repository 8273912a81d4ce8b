"""The demo shop is founded: its controller, its people, its inbox."""

from __future__ import annotations

from typing import NamedTuple

from silkroad import accounts, installation
from silkroad.engines.database import Transaction
from silkroad.http import House
from silkroad.inboxes import InboxDraft, create_inbox
from silkroad.installation import Controller
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import MemberRole
from silkroad.kit.scope import Scope, system
from silkroad.privacy.processors import Enabling, enable, third_parties
from silkroad.workspaces import (
    Browser,
    NewMember,
    all_workspaces,
    founding,
    join,
    members_of,
    region_of,
    set_up,
)

COMPANY = "Linden Tea"


class DemoPerson(NamedTuple):
    """An invented colleague, with a number from a range that is kept for fiction."""

    name: str
    phone: str
    role: MemberRole
    language: Language


PEOPLE = (
    DemoPerson("Arta Berisha", "+12025550101", "admin", "sq"),
    DemoPerson("Wei Chen", "+12025550102", "agent", "zh-CN"),
)

CONTROLLER = Controller(
    name="Silkroad demo on this computer",
    contact_email="privacy@linden-tea.example",
    contact_phone=None,
    address=None,
)

GREETING: dict[Language, str] = {
    "en": "Welcome to Linden Tea! Ask us anything about leaves, flowers and parcels.",
    "zh-CN": "欢迎光临菩提茶铺！关于茶叶、花茶和包裹，随时问我们。",
    "sq": "Mirë se vini te Linden Tea! Na pyesni për gjethe, lule dhe pako.",
}


async def found_shop(house: House) -> None:
    """Set the installation up with the shop, and open its inbox for the demo's website."""
    joining = system(purpose=Purpose.REGISTRATION)
    await house.db.write(joining, _set_up)
    (workspace_id,) = await house.db.read(system(), all_workspaces)
    (first,) = await house.db.read(system(workspace_id, Purpose.TEAMWORK), members_of)
    admin = Scope(workspace_id, "admin", "member", first.id, purpose=Purpose.TEAMWORK)
    await _switch_push_on(house, admin.doing(Purpose.ACCOUNTABILITY))
    await house.db.write(joining, _hire, workspace_id)
    port = house.settings.demo_shop_port or house.settings.port + 1
    draft = InboxDraft(
        name="Linden Tea website",
        color="#2f6b4f",
        greeting=GREETING,
        languages=["en", "zh-CN", "sq"],
        allowed_origins=[f"http://localhost:{port}"],
        office_hours=None,
        member_ids=await house.db.read(admin, _agents),
    )
    await house.db.write(admin, create_inbox, draft)


async def _switch_push_on(house: House, admin: Scope) -> None:
    """Switch on whom the shop's data may reach, after reading who each is, as settings ask it.

    Before anybody else is there, who would have to be told of it.
    """
    region = await house.db.read(admin, region_of)
    own = house.settings.private_push
    shown = await house.db.read(admin, third_parties, "en", region, own)
    for party in shown.items:
        if not party.abroad:
            given = Enabling(notice_hash=party.notice_hash, language="en", contract=party.terms)
            await house.db.write(admin, enable, party.name, given, region)


def _set_up(tx: Transaction) -> None:
    token = installation.new_link(tx, "setup")
    first = PEOPLE[0]
    company = founding(COMPANY, "home", first.name, first.phone, first.language)
    set_up(tx, token, CONTROLLER, company, Browser("", ""))


def _hire(tx: Transaction, workspace_id: str) -> None:
    for person in PEOPLE[1:]:
        account_id = accounts.admit(tx, person.phone, proved=True)
        with tx.within(workspace_id):
            join(
                tx,
                NewMember(account_id, person.name, person.phone, person.role, person.language),
            )


def _agents(tx: Transaction) -> list[str]:
    return [member.id for member in members_of(tx) if member.role == "agent"]
