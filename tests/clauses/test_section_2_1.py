"""Section 2.1: what is collected in a region stays there, unless somebody wrote down why not."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.sql.dml import Update

from silkroad import app, parts
from silkroad.engines.database import Transaction
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.engines.notify.webpush import CARRIED
from silkroad.engines.outbound import Blocked, Request
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.http import House
from silkroad.kit.errors import Refusal
from silkroad.kit.ids import new_id
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.regions import REGIONS
from silkroad.kit.scope import system
from silkroad.privacy import processors
from silkroad.privacy.processors import actions, registry, store
from silkroad.privacy.processors.model import Enabling, Engagement, ThirdParty
from silkroad.privacy.processors.transfers import TransferDraft
from silkroad.settings import BadSettings, Settings
from silkroad.workspaces.actions import found, region_of
from tests.cast import CONTROLLER, Member, new_phone, sign_up
from tests.depth import by_depth
from tests.fakes.dns import Machines, Names
from tests.harness.commands import Operator
from tests.harness.people import Json, Refused
from tests.harness.server import Server

GOOGLE = "https://fcm.googleapis.com/fcm/send/x"
FOUNDING = system(purpose=Purpose.REGISTRATION)
DRAFT = {"processor": "google_push", "basis": "standard_contract", "assessment": "PIA 2026-7"}


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


class Border:
    """A house whose way out ends in a trap, and companies in it."""

    def __init__(self, house: House) -> None:
        self.house, self.machines = house, Machines()
        self.names = Names(fcm_googleapis_com=[["93.184.216.34"]])
        self.way_out = HttpOutbound(
            app.recipients(house.settings), resolve=self.names, dial=self.machines
        )
        self.way_out.gate = processors.gate(house.db, region_of)

    async def founded(self, region: str) -> str:
        return await self.house.db.write(FOUNDING, found, "Linden", region)

    async def shows(self, workspace_id: str) -> ThirdParty:
        """Return what an administrator of a company is shown of Google's service."""
        scope = system(workspace_id, Purpose.ACCOUNTABILITY)
        region = await self.house.db.read(scope, region_of)
        found = await self.house.db.read(scope, actions.third_parties, "en", region, ())
        return next(item for item in found.items if item.name == "google_push")

    async def sends(self, workspace_id: str) -> str:
        """Try to wake a browser of a company's; return why not, or nothing when it was sent."""
        request = Request("google_push", "POST", GOOGLE, workspace_id=workspace_id, fields=CARRIED)
        before = len(self.machines.dialled)
        try:
            await self.way_out.send(request)
        except Blocked as blocked:
            assert len(self.machines.dialled) == before, "not a byte has left"
            assert self.names.asked == [] or before
            return blocked.reason
        return ""


@asynccontextmanager
async def border(data: Path, region: str = "") -> AsyncIterator[Border]:
    async with app.open_house(Settings(data_dir=data, region=region)) as house:
        yield Border(house)


ELSEWHERE = sorted({*REGIONS} - {"home", "cn", "us"})


def switched_on(tx: Transaction) -> None:
    """Switch Google's service on, or on anew, behind everybody's back, as no door allows it."""
    google = registry.PROCESSORS["google_push"]
    agreed = (google.facts, "x", None, None, frozenset(google.fields))
    store.end(tx, google.name)
    store.add(tx, Engagement(tx.new_id("eng"), google.name, tx.now, "x", "x", *agreed))


@pytest.mark.anyio
async def test_not_a_byte_goes_abroad_without_a_record(tmp_path: Path) -> None:
    async with border(tmp_path / "data", region="cn") as at:
        shop = await at.founded("cn")
        assert await at.sends(shop) == "not_enabled"
        await at.house.db.write(system(shop), switched_on)
        assert await at.sends(shop) == "leaves_the_region"
        draft = TransferDraft(processor="google_push", basis="certification", assessment="PIA")
        await at.house.db.write(system(shop), actions.record_transfer, draft, "cn")
        assert await at.sends(shop) == "leaves_the_region", "who switched it on was not told"
        await at.house.db.write(system(shop), switched_on)
        assert await at.sends(shop) == ""
        await at.house.db.write(system(shop), actions.end_transfer, "google_push", "cn")
        assert await at.sends(shop) == "not_enabled", "what stood on it has ended as well"
        assert [host for host, _ in at.machines.dialled] == ["93.184.216.34"]


@pytest.mark.anyio
@pytest.mark.parametrize("region", by_depth(["eu", "other"], ELSEWHERE, ELSEWHERE))
async def test_not_a_byte_leaves_any_other_region_either(tmp_path: Path, region: str) -> None:
    async with border(tmp_path / "data") as at:
        shop = await at.founded(region)
        await at.house.db.write(system(shop), switched_on)
        assert (await at.shows(shop)).state == "unrecorded"
        assert await at.sends(shop) == "leaves_the_region"
        draft = TransferDraft(processor="google_push", basis="adequacy", assessment="2023/1795")
        await at.house.db.write(system(shop), actions.record_transfer, draft, region)
        assert (await at.shows(shop)).state == "unrecorded", "who switched it on was not told"
        await at.house.db.write(system(shop), switched_on)
        assert ((await at.shows(shop)).state, await at.sends(shop)) == ("on", "")
        await at.house.db.write(system(shop), actions.end_transfer, "google_push", region)
        assert ((await at.shows(shop)).state, await at.sends(shop)) == ("ended", "not_enabled")
        assert [host for host, _ in at.machines.dialled] == ["93.184.216.34"]


@pytest.mark.anyio
@pytest.mark.parametrize("region", ["us", "home"])
async def test_within_a_region_and_without_one_no_record_is_asked_for(
    tmp_path: Path, region: str
) -> None:
    """Google is in the US; a company that has said no region has none that anything leaves."""
    async with border(tmp_path / "data") as at:
        shop = await at.founded(region)
        assert (await at.shows(shop)).abroad is False
        assert await at.sends(shop) == "not_enabled"
        await at.house.db.write(system(shop), switched_on)
        assert await at.sends(shop) == ""


@pytest.mark.anyio
@pytest.mark.parametrize(
    "change",
    [
        {"company": "Alphabet Holding Ltd"},
        {"region": "sg"},
        {"policy_url": "https://policies.google.example/new"},
        {"data": {DataClass.DEVICE: tuple(sorted(CARRIED))}},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_who_has_changed_gets_nothing_until_somebody_has_read_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    """1.8c, 8.3: what was agreed to is what was shown; another entry of the registry is not it."""
    async with border(tmp_path / "data") as at:
        shop = await at.founded("home")
        await at.house.db.write(system(shop), switched_on)
        before = await at.shows(shop)
        assert (before.state, await at.sends(shop)) == ("on", "")
        google = replace(registry.PROCESSORS["google_push"], **change)
        monkeypatch.setattr(registry, "PROCESSORS", {**registry.PROCESSORS, google.name: google})
        shown = await at.shows(shop)
        assert (shown.state, await at.sends(shop)) == ("changed", "not_enabled")
        given = Enabling(notice_hash=before.notice_hash, language="en", contract="ToS")
        scope = system(shop, Purpose.ACCOUNTABILITY)
        with pytest.raises(Refusal, match="notice_required"):
            await at.house.db.write(scope, actions.enable, google.name, given, "home")
        given = Enabling(notice_hash=shown.notice_hash, language="en", contract="ToS")
        await at.house.db.write(scope, actions.enable, google.name, given, "home")
        assert ((await at.shows(shop)).state, await at.sends(shop)) == ("on", "")


@pytest.mark.anyio
async def test_home_is_where_the_installation_stands(tmp_path: Path) -> None:
    async with border(tmp_path / "data", region="cn") as at:
        shop = await at.founded("home")
        assert await at.sends(shop) == "not_enabled"
        await at.house.db.write(system(shop), switched_on)
        assert await at.sends(shop) == "leaves_the_region"


@pytest.mark.anyio
async def test_a_company_that_is_not_there_reaches_nobody(tmp_path: Path) -> None:
    async with border(tmp_path / "data") as at:
        assert await at.sends(new_id("wsp", at.house.randomness)) == "not_enabled"
        assert await at.sends("") == "nobodys"


def google(admin: Member) -> Json:
    items = admin.get("/api/processors")["items"]
    return next(item for item in items if item["name"] == "google_push")


def enable(admin: Member) -> None:
    given = {"notice_hash": google(admin)["notice_hash"], "language": "en", "contract": "ToS"}
    admin.put("/api/processors/google_push", given)


def test_in_china_everything_is_off_until_somebody_decides_with_the_facts(
    in_china: Server,
) -> None:
    admin = sign_up(in_china, "Lín Tea", "Dafina", region="cn")
    shown = admin.get("/api/processors")
    assert shown["region"] == "cn"
    abroad = {item["name"]: (item["state"], item["abroad"]) for item in shown["items"]}
    assert "own_push" not in abroad, "the operator has no push service of its own"
    assert set(abroad.values()) == {("off", True)}
    assert "United States" in google(admin)["place"]
    with pytest.raises(Refused) as no:
        enable(admin)
    assert (no.value.status, no.value.code) == (409, "transfer_required")
    assert google(admin)["state"] == "off"
    record = admin.post("/api/transfers", DRAFT)
    assert (record["origin"], record["destination"], record["ended_at"]) == ("cn", "us", None)
    enable(admin)
    assert google(admin)["state"] == "on"
    assert google(admin)["transfer"] == record
    assert admin.get("/api/me")["vapid_public_key"]
    admin.delete("/api/transfers/google_push")
    assert google(admin)["state"] == "ended"
    assert google(admin)["transfer"]["ended_at"] is not None
    assert admin.get("/api/me")["vapid_public_key"] is None


@pytest.mark.parametrize("wrong", [{"basis": "none"}, {"assessment": " "}, {"basis": None}])
def test_a_record_says_on_what_ground(in_china: Server, wrong: Json) -> None:
    admin = sign_up(in_china, "Lín Tea", "Dafina", region="cn")
    with pytest.raises(Refused) as no:
        admin.post("/api/transfers", {**DRAFT, **wrong})
    assert no.value.status == 422
    assert google(admin)["transfer"] is None


def test_no_statement_and_no_operation_changes_a_region() -> None:
    clauses = [statement._clause for statement in EVERY_STATEMENT]
    changing = [
        str(clause)
        for clause in clauses
        if isinstance(clause, Update)
        and str(clause.table) == "workspaces"
        and any(getattr(column, "name", column) == "region" for column in clause._values or ())
    ]
    assert changing == []
    taking = {
        operation.name
        for operation in parts.OPERATIONS
        if operation.body and "region" in operation.body.__struct_fields__
    }
    assert taking == {"account.sign_up", "setup.complete", "operator.invite"}, "only foundings"


def test_an_installation_in_one_region_takes_no_company_of_another(tmp_path: Path) -> None:
    with Server(tmp_path / "data", region="cn") as server:
        admin = set_up_in(server, "home")
        assert admin.get("/api/setup")["regions"] == ["home", "cn"]
        for foreign in ("eu", "us", "other"):
            with pytest.raises(Refused) as no:
                sign_up(server, "Foreign Ltd", "Roland", region=foreign)
            assert (no.value.status, no.value.problem["fields"][0]["path"]) == (422, "$.region")
        assert sign_up(server, "Lín Tea", "Wei", region="cn").get("/api/me")
        assert {item["abroad"] for item in admin.get("/api/processors")["items"]} == {True}


def set_up_in(server: Server, region: str) -> Member:
    person, phone = Member(server, "Dafina"), new_phone()
    body = {
        "token": server.setup_token,
        "controller": CONTROLLER,
        "company_name": "First Company",
        "region": region,
        "administrator_name": "Dafina",
        "administrator_phone": phone,
        "language": "en",
    }
    return person.signed_in(phone, person.post("/api/setup", body))


@pytest.mark.anyio
@pytest.mark.parametrize("other", ["", "eu"])
async def test_a_database_is_never_served_as_another_regions(tmp_path: Path, other: str) -> None:
    async with border(tmp_path / "data", region="cn"):
        pass
    with pytest.raises(BadSettings, match="SILKROAD_REGION=cn"):
        async with border(tmp_path / "data", region=other):
            pass


@pytest.mark.anyio
async def test_companies_of_another_region_stop_the_start(tmp_path: Path) -> None:
    async with border(tmp_path / "data") as at:
        await at.founded("sg")
        await at.founded("home")
    with pytest.raises(BadSettings, match="at home in sg"):
        async with border(tmp_path / "data", region="eu"):
            pass


def test_a_region_that_there_is_not_is_no_setting(tmp_path: Path) -> None:
    said = Operator(tmp_path / "data", {"region": "atlantis"}).types("settings", expecting=2)
    assert "SILKROAD_REGION must be one of" in said


def test_a_backup_carries_its_region_and_is_not_restored_elsewhere(tmp_path: Path) -> None:
    file, here = tmp_path / "backup", Operator(tmp_path / "data", {"region": "cn"})
    with Server(here.data, region="cn") as server:
        set_up_in(server, "cn")
        assert server.stop() == 0
    here.types("backup", file)
    key = Path(shutil.copy2(here.data / "keys" / "root.key", tmp_path / "root.key"))
    for number, region in enumerate(("eu", "")):
        abroad = Operator(tmp_path / f"abroad{number}", {"root_key_file": str(key)})
        abroad.settings |= {"region": region} if region else {}
        said = abroad.types("restore", file, expecting=2)
        assert "is of the region cn" in said
        assert not (abroad.data / "silkroad.db").exists(), "nothing was written"
    again = Operator(tmp_path / "again", {"root_key_file": str(key), "region": "cn"})
    assert "restored: " in again.types("restore", file)
    said = again.types("restore", "--elsewhere", file, expecting=2)
    assert "unrecognized arguments" in said, "there is no way around it"
