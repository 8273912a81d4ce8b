"""Section 5.2: what goes to a third party is within its registered fields and the contract's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from silkroad import app
from silkroad.engines.database import Transaction
from silkroad.engines.notify import webpush
from silkroad.engines.notify.p256 import draw, point_of
from silkroad.engines.notify.subscription import Subscription
from silkroad.engines.notify.webpush import CARRIED, Retry
from silkroad.engines.outbound import Blocked, Field, Request
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.http import House
from silkroad.kit.inventory import Purpose
from silkroad.kit.randomness import SystemRandomness
from silkroad.kit.scope import Scope, system
from silkroad.privacy import processors
from silkroad.privacy.processors import PROCESSORS, actions, registry, store
from silkroad.privacy.processors.model import Enabling, Engagement, ThirdParty
from silkroad.push import jobs
from silkroad.push.wakes import Parcel
from silkroad.settings import Settings
from silkroad.workspaces.actions import found, region_of
from tests.attacks import stored
from tests.cast import Member, Shop, open_shop, switch_on, third_party
from tests.clauses.test_section_2_1 import FOUNDING
from tests.fakes.dns import Machines, Names
from tests.harness.engines import Engine
from tests.harness.people import Refused
from tests.push.world import World, a_world

MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/x"
A_BROWSER = point_of(draw(SystemRandomness()))
OWN = "own_push"
ALL = [field.value for field in PROCESSORS[OWN].fields]
NEEDED = [name for name in ALL if name != Field.OPERATOR_CONTACT]


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


class Gate:
    """A company with Mozilla's service on, and the way out with nobody behind it."""

    def __init__(self, house: House, company: str) -> None:
        self.house, self.company, self.machines = house, company, Machines()
        self.way_out = HttpOutbound(
            app.recipients(house.settings),
            resolve=Names(updates_push_services_mozilla_com=[["93.184.216.34"]]),
            dial=self.machines,
        )
        self.way_out.gate = processors.gate(house.db, region_of)

    @property
    def scope(self) -> Scope:
        return system(self.company, Purpose.ACCOUNTABILITY)

    async def agree(self, fields: list[Field] | None) -> None:
        """Switch the service on under a contract for these fields."""
        shown = (await self.shown()).notice_hash
        given = Enabling(notice_hash=shown, language="en", contract="DPA 7", fields=fields)
        await self.house.db.write(self.scope, actions.enable, "mozilla_push", given, "home")

    async def shown(self) -> ThirdParty:
        found = await self.house.db.read(self.scope, actions.third_parties, "en", "home", ())
        return next(item for item in found.items if item.name == "mozilla_push")

    async def sends(self, *fields: Field) -> str:
        """Try to send these; return why they were not, and see that no byte left then."""
        before = len(self.machines.dialled)
        request = Request(
            "mozilla_push",
            "POST",
            MOZILLA,
            workspace_id=self.company,
            fields=frozenset(fields),
        )
        try:
            await self.way_out.send(request)
        except Blocked as blocked:
            assert len(self.machines.dialled) == before
            return blocked.reason
        return ""


@pytest.mark.anyio
async def test_fields_are_within_the_registry_and_the_contract(tmp_path: Path) -> None:
    async with app.open_house(Settings(data_dir=tmp_path / "data")) as house:
        gate = Gate(house, await house.db.write(FOUNDING, found, "Linden", "home"))
        with_contact = (*CARRIED, Field.OPERATOR_CONTACT)
        assert await gate.sends(*CARRIED) == "not_enabled"
        await gate.agree(sorted(CARRIED))
        assert await gate.sends(*CARRIED) == ""
        assert await gate.sends(*with_contact) == "beyond_the_contract"
        assert await gate.sends(*CARRIED, Field.ROOT_KEY) == "undeclared", "no contract covers it"
        assert await gate.sends() == "undeclared", "nothing is not what it carries"
        await gate.agree(None)
        assert await gate.sends(*with_contact) == "", "as a rule it covers all that there is"


@pytest.mark.anyio
async def test_a_field_that_is_needed_later_shuts_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contract does not have it, so nothing flows until somebody has looked."""
    async with app.open_house(Settings(data_dir=tmp_path / "data")) as house:
        gate = Gate(house, await house.db.write(FOUNDING, found, "Linden", "home"))
        await gate.agree(sorted(CARRIED))
        mozilla = PROCESSORS["mozilla_push"]
        stricter = replace(mozilla, optional=frozenset())
        assert stricter.facts == mozilla.facts, "it is told the same of it"
        monkeypatch.setattr(registry, "PROCESSORS", {**PROCESSORS, mozilla.name: stricter})
        assert (await gate.shown()).state == "changed"
        assert await gate.sends(*CARRIED) == "not_enabled"
        await gate.agree(None)
        assert ((await gate.shown()).state, await gate.sends(*CARRIED)) == ("on", "")


@pytest.mark.anyio
async def test_a_contract_of_which_nobody_noted_what_it_covers_is_read_again(
    tmp_path: Path,
) -> None:
    async with app.open_house(Settings(data_dir=tmp_path / "data")) as house:
        gate = Gate(house, await house.db.write(FOUNDING, found, "Linden", "home"))

        def from_before(tx: Transaction) -> None:
            facts = PROCESSORS["mozilla_push"].facts
            agreed = (tx.now, "x", "x", facts, "x", None, None, frozenset[Field]())
            store.add(tx, Engagement("eng_x", "mozilla_push", *agreed))

        await house.db.write(gate.scope, from_before)
        shown = await gate.shown()
        assert shown.state == "changed"
        assert all(given.covered for given in shown.data), "it is asked about as a whole"
        assert await gate.sends(*CARRIED) == "not_enabled"
        await gate.agree(None)
        assert await gate.sends(*CARRIED) == ""


@pytest.mark.anyio
async def test_what_is_agreed_anew_on_the_way_ends_no_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The courier asked before it changed, the gate after that: it is tried again, as it is now."""
    async with app.open_house(Settings(data_dir=tmp_path / "data")) as house:
        gate = Gate(house, await house.db.write(FOUNDING, found, "Linden", "home"))
        await gate.agree(sorted(CARRIED))
        before = frozenset({*CARRIED, Field.OPERATOR_CONTACT})
        monkeypatch.setattr(jobs, "covered", lambda _tx, _name: before)
        monkeypatch.setattr(jobs, "controller", lambda _tx: SimpleNamespace(contact_email="a@b.ch"))

        async def carried(endpoint: str, service: str) -> webpush.Outcome:
            at = Subscription(endpoint, A_BROWSER, bytes(16), service)
            courier, parcel = jobs.Courier(house), Parcel(at, "about", 60)
            return await courier._carry(gate.company, parcel, "wak_1", still_wanted)

        async def still_wanted() -> bool:
            return True

        assert await carried(MOZILLA, "mozilla_push") == Retry(None)
        await house.db.write(gate.scope, actions.end, "mozilla_push")
        assert await carried(MOZILLA, "mozilla_push") == Retry(None), "the next look sees it is off"
        assert await carried(MOZILLA, "") == webpush.Blocked("not_enabled"), "nobody noted whose"
        assert await carried("https://push.example/x", "") == webpush.Blocked("host")


def test_every_recipient_gets_no_more_than_is_registered() -> None:
    for recipient in app.recipients(Settings()):
        assert recipient.fields == set(PROCESSORS[recipient.name].fields)
        assert not processors.agrees(replace(recipient, fields=frozenset(Field)))


# at the door, and on the wire


@pytest.fixture
def world(tmp_path: Path, engine: Engine) -> Iterator[World]:
    yield from a_world(tmp_path / "data", engine)


@pytest.fixture
def shop(world: World) -> Shop:
    return open_shop(world.server)


def covered(admin: Member) -> list[str]:
    return [given["field"] for given in third_party(admin, OWN)["data"] if given["covered"]]


def test_the_operators_contact_goes_only_where_the_contract_has_it(
    world: World, shop: Shop
) -> None:
    assert covered(shop.admin) == ALL, "whoever chooses nothing has a contract for everything"
    phone = world.device(shop.arta)
    shop.asks("With a contact?")
    assert world.wakes(phone)[0].contact.startswith("mailto:")
    switch_on(shop.admin, OWN, fields=NEEDED)
    assert covered(shop.admin) == NEEDED
    shop.asks("Without one?", name="Ben")
    assert world.wakes(phone, 2)[1].contact == ""
    rows = stored.all_of(world.server, "engagements")
    mine = [row for row in rows if row["workspace_id"] == shop.admin.workspace_id]
    live = next(row for row in mine if row["processor"] == OWN and row["ended_at"] is None)
    assert live["fields"].split() == sorted(NEEDED)
    for left_out in NEEDED:
        fewer = [name for name in ALL if name != left_out]
        for wrong in (fewer, [*ALL, "root_key"], []):
            with pytest.raises(Refused) as no:
                switch_on(shop.admin, OWN, fields=wrong)
            assert (no.value.status, no.value.problem["fields"][0]["path"]) == (422, "$.fields")
    with pytest.raises(Refused) as nothing:
        switch_on(shop.admin, OWN, fields=["diary"])
    assert nothing.value.status == 422
    assert covered(shop.admin) == NEEDED
