"""Section 2.1: what leaves the region that a company has stated needs a record of why it may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from silkroad.kit.clock import MINUTE
from silkroad.kit.regions import REGIONS
from silkroad.privacy.processors.transfers import TransferBasis, bases_of
from tests.cast import (
    Member,
    Shop,
    VisitorOf,
    open_inbox,
    open_shop,
    record_transfer,
    says_yes,
    set_up,
    sign_up,
    switch_on,
    third_party,
    yes_to,
)
from tests.harness.engines import Engine
from tests.harness.people import Json, Refused
from tests.harness.server import Server

from .test_verbs import DEVICE
from .verbs.trap import calls, trapped

GOOGLE = "google_push"


@pytest.fixture
def server(tmp_path: Path, engine: Engine) -> Iterator[Server]:
    """A server that reaches nobody, and does not say where it stands."""
    with trapped(tmp_path / "data", on=engine) as running:
        set_up(running)
        yield running


def enabling(admin: Member) -> Json:
    """Return what an administrator sends who has read of Google's service."""
    shown = third_party(admin, GOOGLE)
    return {"notice_hash": shown["notice_hash"], "language": "en", "contract": shown["terms"]}


def wakes(shop: Shop, name: str) -> bool:
    """Let somebody ask the shop, and a minute go by; return whether Google was asked to wake."""
    before = len(calls(shop.server))
    shop.asks("Do you have oolong?", name)
    shop.server.rest()
    shop.server.let_pass(MINUTE)
    shop.server.rest()
    sent = calls(shop.server)[before:]
    assert {call.recipient for call in sent} <= {GOOGLE}
    return bool(sent)


def test_nothing_flows_before_the_record_and_nothing_after_its_end(server: Server) -> None:
    shop = open_shop(server, region="eu", push=False)
    with pytest.raises(Refused) as no:
        shop.admin.put(f"/api/processors/{GOOGLE}", enabling(shop.admin))
    assert (no.value.status, no.value.code) == (409, "transfer_required")
    with pytest.raises(Refused) as off:
        shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
    assert off.value.code == "push_off"
    assert not wakes(shop, "Mira")
    record = record_transfer(shop.admin, GOOGLE, basis="adequacy", assessment="2023/1795")
    assert (record["origin"], record["destination"], record["basis"]) == ("eu", "us", "adequacy")
    shop.admin.put(f"/api/processors/{GOOGLE}", enabling(shop.admin))
    shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
    assert wakes(shop, "Ben")
    shop.admin.delete(f"/api/transfers/{GOOGLE}")
    assert third_party(shop.admin, GOOGLE)["state"] == "ended"
    assert not wakes(shop, "Eda")


@pytest.mark.parametrize("region", ["us", "home"])
def test_a_company_there_and_one_of_no_region_record_nothing(server: Server, region: str) -> None:
    shop = open_shop(server, region=region, push=False)
    assert third_party(shop.admin, GOOGLE)["abroad"] is False
    shop.admin.put(f"/api/processors/{GOOGLE}", enabling(shop.admin))
    shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
    assert wakes(shop, "Mira")
    assert third_party(shop.admin, GOOGLE)["transfer"] is None


def test_a_region_that_is_said_later_holds_what_was_on_before(server: Server) -> None:
    """A company of no region has nothing to record: nothing leaves it."""
    shop = open_shop(server, region="home", push=False)
    with pytest.raises(Refused, match="invalid"):
        record_transfer(shop.admin, GOOGLE)
    switch_on(shop.admin, GOOGLE)
    shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
    assert wakes(shop, "Mira")
    server.stop()
    server._settings["region"] = "eu"
    server.start()
    shown = third_party(shop.admin, GOOGLE)
    assert (shown["state"], shown["abroad"]) == ("unrecorded", True)
    me = shop.admin.get("/api/me")
    assert (me["workspace"]["region"], me["workspace"]["push"]) == ("eu", False)
    assert not wakes(shop, "Ben")
    record_transfer(shop.admin, GOOGLE)
    assert third_party(shop.admin, GOOGLE)["state"] == "unrecorded", "who said yes was not told"
    assert not wakes(shop, "Cen")
    switch_on(shop.admin, GOOGLE)
    assert third_party(shop.admin, GOOGLE)["state"] == "on"
    assert wakes(shop, "Eda"), "the device is known still"


@pytest.mark.parametrize("region", REGIONS)
def test_every_ground_is_one_of_the_regions_law(region: str) -> None:
    of_china = {"standard_contract", "security_assessment"}
    assert set(bases_of(region)) <= set(get_args(TransferBasis))
    assert of_china.isdisjoint(bases_of(region)) == (region != "cn")
    assert ("adequacy" in bases_of(region)) == (region != "cn")
    assert "unrestricted" not in {*bases_of("cn"), *bases_of("eu"), *bases_of("uk")}


def test_another_laws_ground_is_refused(server: Server, in_china: Server) -> None:
    european = sign_up(server, "Linden Tea", "Dafina", "eu", push=False)
    chinese = sign_up(in_china, "Lín Tea", "Wei", "cn")
    for admin, theirs, ours in (
        (european, ("standard_contract", "security_assessment", "unrestricted"), "binding_rules"),
        (chinese, ("adequacy", "standard_clauses", "binding_rules"), "security_assessment"),
    ):
        for basis in theirs:
            with pytest.raises(Refused) as no:
                record_transfer(admin, GOOGLE, basis=basis)
            assert (no.value.status, no.value.problem["fields"][0]["path"]) == (422, "$.basis")
            assert third_party(admin, GOOGLE)["transfer"] is None
        assert ours in admin.get("/api/processors")["bases"]
        assert record_transfer(admin, GOOGLE, basis=ours)["basis"] == ours


def test_a_consent_is_under_the_law_of_where_the_installation_stands(in_china: Server) -> None:
    admin = sign_up(in_china, "Lín Tea", "Wei", "home", push=False)
    says_yes(admin, "microphone")
    mira = VisitorOf(in_china, "Mira")
    mira.inbox_id = open_inbox(admin)["id"]
    mira.accept_notice()
    says_yes(mira, "microphone")
    for person, path in ((admin, "/api/me/consents"), (mira, mira.path("/consents"))):
        (record,) = person.get(f"{path}/receipt?language=en")["records"]
        assert record["jurisdiction"] == "cn"
    assert admin.get("/api/me")["workspace"]["region"] == "cn"
