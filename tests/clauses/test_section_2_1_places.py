"""Section 2.1: abroad is not taken for home, neither a store's host nor a push service's."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from silkroad import app
from silkroad.engines import standing
from silkroad.engines.database import Transaction
from silkroad.engines.notify.webpush import CARRIED
from silkroad.engines.outbound import Blocked, Request
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.scope import system
from silkroad.privacy import processors
from silkroad.privacy.processors import registry, store
from silkroad.privacy.processors.model import Engagement
from silkroad.settings import BadSettings, Settings
from silkroad.workspaces.actions import found, region_of
from tests.cast import Member, sign_up
from tests.clauses.test_section_2_1 import FOUNDING
from tests.clauses.test_section_2_1_marks import files_in
from tests.fakes.dns import Machines, Names
from tests.harness.commands import Operator
from tests.harness.people import Refused
from tests.harness.server import Server

MINIO = "s3://b?endpoint=https://files.example"
RDS = "postgresql://silkroad@x.c1.us-east-1.rds.amazonaws.com/silkroad"
BAO = "https://bao.example:8200/v1/transit/keys/silkroad"
OWN = "https://push.vendor.example"


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


def why(settings: dict[str, str], environment: dict[str, str] | None = None) -> str:
    """Return why an installation of such a region may not be kept there, or nothing."""
    try:
        standing.hold(msgspec.convert(settings, Settings), environment or {})
    except BadSettings as no:
        return str(no)
    return ""


@pytest.mark.parametrize(
    ("region", "abroad", "where"),
    [
        ("cn", {"blobs_url": "s3://b?region=us-east-1"}, "us"),
        ("cn", {"blobs_url": "s3://b"}, "us"),
        ("cn", {"blobs_url": "s3://b?region=eu-central-1"}, "eu"),
        ("cn", {"blobs_url": "s3://b?region=ap-southeast-1"}, "sg"),
        ("cn", {"blobs_url": "s3://b?region=ap-east-1"}, "other"),
        ("eu", {"blobs_url": "s3://b?region=eu-west-2"}, "uk"),
        ("eu", {"blobs_url": "s3://b?region=us-gov-west-1"}, "us"),
        ("eu", {"blobs_url": "s3://b?endpoint=https://s3.cn-north-1.amazonaws.com.cn"}, "cn"),
        ("cn", {"blobs_url": "s3://b?endpoint=https://s3.amazonaws.com&region=us-west-2"}, "us"),
        ("cn", {"blobs_url": "s3://b?endpoint=https://s3-us-west-2.amazonaws.com"}, "us"),
        ("cn", {"database_url": RDS}, "us"),
        ("cn", {"database_owner_url": RDS}, "us"),
        ("cn", {"database_url": RDS.replace(".com/", ".com./")}, "us"),
        ("cn", {"keyring_url": RDS}, "us"),
    ],
)
def test_what_is_known_to_stand_abroad_is_refused_whatever_is_said(
    region: str, abroad: dict[str, str], where: str
) -> None:
    said = {"stands_here": "s3.us-east-1.amazonaws.com,x.c1.us-east-1.rds.amazonaws.com"}
    said["stands_here"] += ",x.c1.us-east-1.rds.amazonaws.com."
    for more in ({}, said):
        told = why({"region": region, **abroad, **more})
        assert f"stands in the region {where}" in told
        assert f"SILKROAD_{next(iter(abroad)).upper()}" in told
    assert why(abroad) == "", "an installation that says no region takes no company of cn"


def test_the_region_that_only_a_variable_names_counts_as_well() -> None:
    bucket = {"region": "cn", "blobs_url": "s3://b"}
    assert "region eu" in why(bucket, {"AWS_REGION": "eu-north-1"})
    china = {"AWS_DEFAULT_REGION": "cn-northwest-1"}
    assert why(bucket, china) == ""
    minio = {"AWS_ENDPOINT_URL": "https://files.example"}
    assert "files.example of SILKROAD_BLOBS_URL" in why(bucket, minio)


@pytest.mark.parametrize(
    ("unsaid", "host"),
    [
        ({"blobs_url": MINIO}, "files.example"),
        ({"blobs_url": f"{MINIO}&region=cn-north-1"}, "files.example"),
        ({"blobs_url": "s3://b?region=ap-nowhere-9"}, "s3.ap-nowhere-9.amazonaws.com"),
        ({"database_url": "postgresql://a@db.example/x"}, "db.example"),
        ({"database_url": "postgresql://a@127.0.0.1,db.example/x"}, "db.example"),
        ({"database_url": "postgresql://a@/x?host=db.example"}, "db.example"),
        ({"database_url": "postgresql://a@127.0.0.1/x?hostaddr=9.9.9.9"}, "9.9.9.9"),
        ({"database_url": "host=db.example dbname=x user=a"}, "db.example"),
        ({"database_url": "postgresql:///x?service=far"}, "far"),
        ({"keyring_url": "postgresql://a@9.9.9.9/x"}, "9.9.9.9"),
        ({"bus_url": "nats://me:pw@bus.example:4222"}, "bus.example"),
        ({"root_url": BAO}, "bao.example"),
    ],
)
def test_what_does_not_tell_where_it_stands_has_to_be_said(
    unsaid: dict[str, str], host: str
) -> None:
    told = why({"region": "cn", **unsaid})
    assert f"{host} of SILKROAD_{next(iter(unsaid)).upper()} does not tell where" in told
    assert "SILKROAD_STANDS_HERE" in told
    assert "pw" not in told
    assert why({"region": "cn", "stands_here": f"elsewhere.example,{host}", **unsaid}) == ""


@pytest.mark.parametrize(
    "here",
    [
        {},
        {"blobs_url": "s3://b?endpoint=http://127.0.0.1:9000"},
        {"blobs_url": "s3://b?endpoint=http://10.0.3.7:9000&region=us-east-1"},
        {"blobs_url": "s3://b?region=cn-north-1"},
        {"database_url": "postgresql://a@x.c1.cn-north-1.rds.amazonaws.com.cn/x"},
        {"database_url": "postgresql:///x"},
        {"database_url": "postgresql:///x?host=/run/postgresql"},
        {"database_url": "postgresql://a@localhost/x", "keyring_url": "postgresql://a@[fd00::7]/k"},
        {"bus_url": "nats://192.168.0.7:4222", "root_url": "https://10.0.3.7:8200/v1/t/keys/k"},
    ],
)
def test_this_machine_and_the_own_network_need_no_word(here: dict[str, str]) -> None:
    assert why({"region": "cn", **here}) == ""


@pytest.mark.parametrize("command", ["serve", "migrate", "backup", "restore", "wrap-root-key"])
def test_nothing_begins_while_a_store_stands_abroad(tmp_path: Path, command: str) -> None:
    abroad = Operator(tmp_path / "data", {"region": "cn", "blobs_url": "s3://b"})
    abroad.settings["root_key_file"] = str(tmp_path / "root.key")
    (tmp_path / "root.key").write_bytes(b"k" * 32)
    (tmp_path / "root.key").chmod(0o400)
    file = [str(tmp_path / "backup")] if command in {"backup", "restore"} else []
    said = abroad.types(command, *file, expecting=2)
    assert "s3.us-east-1.amazonaws.com of SILKROAD_BLOBS_URL stands in the region us" in said
    assert files_in(abroad) == {}


def test_nothing_is_moved_abroad(tmp_path: Path) -> None:
    here = Operator(tmp_path / "data", {"region": "cn"})
    here.types("migrate")
    owner = ("--owner", "postgresql://o@db.example/x")
    said = here.types("migrate", "--to", RDS, *owner, "--blobs", "s3://b", expecting=2)
    assert "of SILKROAD_DATABASE_URL stands in the region us" in said


def test_a_host_is_said_as_a_host(tmp_path: Path) -> None:
    for wrong in ("https://files.example", "files.example:9000", "Files.example", "a b"):
        said = Operator(tmp_path, {"stands_here": wrong}).types("settings", expecting=2)
        assert "SILKROAD_STANDS_HERE must hold hosts" in said


# a push service of the operator's own


def on(tx: Transaction) -> None:
    own = registry.PROCESSORS[registry.OWN_PUSH]
    agreed = (own.facts, "x", None, None, frozenset(own.fields))
    store.add(tx, Engagement("eng_x", own.name, tx.now, "x", "x", *agreed))


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("addresses", "answer"),
    [
        (["10.0.3.7"], ""),
        (["93.184.216.34"], "not_at_home"),
        (["10.0.3.7", "93.184.216.34"], "not_at_home"),
    ],
)
async def test_an_own_push_service_is_at_home_only_in_the_own_network(
    tmp_path: Path, addresses: list[str], answer: str
) -> None:
    """A vendor's that is named as one's own would get a Chinese company's wakes unrecorded."""
    settings = Settings(data_dir=tmp_path / "data", region="cn", private_targets=OWN)
    async with app.open_house(settings) as house:
        shop = await house.db.write(FOUNDING, found, "Linden", "cn")
        await house.db.write(system(shop), on)
        machines, names = Machines(), Names(push_vendor_example=[addresses])
        way_out = HttpOutbound(app.recipients(settings), resolve=names, dial=machines)
        way_out.gate = processors.gate(house.db, region_of)
        wake = Request(registry.OWN_PUSH, "POST", f"{OWN}/x", workspace_id=shop, fields=CARRIED)
        assert await refused(way_out, wake) == answer
        assert bool(machines.dialled) == (answer == "")


async def refused(way_out: HttpOutbound, request: Request) -> str:
    try:
        await way_out.send(request)
    except Blocked as blocked:
        return blocked.reason
    return ""


# companies of a region that nobody said the installation stands in


def test_without_a_word_of_the_operators_no_company_is_at_home_in_china(server: Server) -> None:
    assert "cn" not in server_regions(server)
    with pytest.raises(Refused) as no:
        sign_up(server, "Lín Tea", "Wei", region="cn", push=False)
    (field,) = no.value.problem["fields"]
    assert (no.value.status, field["path"]) == (422, "$.region")
    assert "SILKROAD_REGION=cn" in field["detail"]


def server_regions(server: Server) -> list[str]:
    return list(Member(server, "Anybody").get("/api/setup")["regions"])


def test_where_it_was_said_no_other_company_comes_beside_it(in_china: Server) -> None:
    assert server_regions(in_china) == ["home", "cn"]
    assert sign_up(in_china, "Lín Tea", "Wei", region="cn").get("/api/me")
    with pytest.raises(Refused, match="invalid"):
        sign_up(in_china, "Foreign Ltd", "Roland", region="us", push=False)
