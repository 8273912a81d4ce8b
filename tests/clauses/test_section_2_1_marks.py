"""Section 2.1: all that an installation keeps says where it stands, and none is another's."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import psycopg
import pytest

from silkroad import app, marks
from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.opening import open_blobs
from silkroad.engines.blobs.unsettled import UnsettledBlobs
from silkroad.engines.keyring.opening import key_rows
from silkroad.http import House
from silkroad.kit.errors import Refusal
from silkroad.kit.ids import new_id
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import BadSettings, Settings, read_settings
from silkroad.workspaces.actions import found
from tests.archive.stores import SHARED, Stores, kept_in
from tests.clauses.test_section_2_1 import FOUNDING
from tests.depth import by_depth
from tests.fakes.proxy import Proxy
from tests.fakes.s3 import S3
from tests.harness.commands import Operator
from tests.harness.postgres import Postgres

CHANCE = SystemRandomness()
COMMANDS = ["serve", "operator-link", "migrate"]
KEPT = {"database": "silkroad.db", "keyring": "keys/keyring.db", "blobs": "blobs"}
CALLED = {"database": "database", "keyring": "keyring", "blobs": "store of files"}
NAMED = {"database": "DATABASE_URL", "keyring": "KEYRING_URL", "blobs": "BLOBS_URL"}
OWN = {
    "database": ("database_url", "database_owner_url"),
    "keyring": ("keyring_url",),
    "blobs": ("blobs_url", "blobs_key_file"),
}


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture
def stores(postgres: Postgres, s3: S3, tmp_path: Path) -> Stores:
    key_file = tmp_path / "bucket.key"
    key_file.touch(mode=0o600)
    key_file.write_text("silkroad\nsecret\n")
    return Stores(postgres, s3, key_file)


class Places:
    """Installations of two regions, kept in files or in shared stores; one of cn has begun."""

    def __init__(self, folder: Path, stores: Stores, shared: tuple[str, ...]) -> None:
        self.folder, self.shared = folder, shared
        self.chinese = Operator(folder / "cn", {"region": "cn", **stores.fresh(*shared)})
        self.european = Operator(folder / "eu", {"region": "eu", **stores.fresh(*shared)})
        settle(self.chinese)

    def takes(self, kind: str) -> None:
        """Put one thing of the Chinese installation into the hands of the European one."""
        for name in OWN[kind]:
            if name in self.chinese.settings:
                self.european.settings[name] = self.chinese.settings[name]
        if kind not in self.shared:
            here, there = self.chinese.data / KEPT[kind], self.european.data / KEPT[kind]
            there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            copy = shutil.copytree if here.is_dir() else shutil.copy2
            copy(here, there)

    def kept(self) -> object:
        """Return all that lies in the European one's stores, and in its folder."""
        return kept_in(self.european.settings), files_in(self.european)


def files_in(operator: Operator) -> dict[str, bytes]:
    """Return the files of an operator's folder, but for the lock of whoever works there."""
    files = [file for file in operator.data.rglob("*") if file.is_file() and file.name != "lock"]
    return {str(file): file.read_bytes() for file in files}


def settings_of(operator: Operator) -> Settings:
    return read_settings(operator.environment())


def settle(operator: Operator) -> None:
    """Open an installation once, as a server and most commands do."""
    asyncio.run(opened(settings_of(operator)))


async def opened(settings: Settings) -> None:
    async with app.open_house(settings):
        pass


async def marks_of(operator: Operator) -> dict[str, str]:
    """Return the marks past the product: as they lie there."""
    settings, found = settings_of(operator), {}
    if settings.database_url:
        with psycopg.connect(settings.database_url) as connection:
            connection.execute("SELECT set_config('silkroad.workspace', 'installation', false)")
            rows = connection.execute("SELECT region FROM places").fetchall()
    else:
        with sqlite3.connect(operator.data / "silkroad.db") as file:
            rows = file.execute("SELECT region FROM places").fetchall()
    found["database"] = "".join(str(region) for (region,) in rows)
    found["keyring"] = await asyncio.to_thread(key_rows(settings).mark)
    found["blobs"] = await open_blobs(settings).mark()
    return found


@pytest.fixture(params=[(), SHARED], ids=["files", "shared"])
def places(request: pytest.FixtureRequest, tmp_path: Path, stores: Stores) -> Places:
    return Places(tmp_path, stores, request.param)


def test_everything_is_marked_at_the_first_start(places: Places) -> None:
    assert asyncio.run(marks_of(places.chinese)) == dict.fromkeys(KEPT, "cn")
    settle(places.chinese)
    assert asyncio.run(marks_of(places.chinese)) == dict.fromkeys(KEPT, "cn")


@pytest.mark.parametrize("kind", KEPT)
@pytest.mark.parametrize("command", by_depth(COMMANDS[:1], COMMANDS, COMMANDS))
def test_what_is_another_regions_is_not_opened_nor_written(
    places: Places, kind: str, command: str
) -> None:
    places.takes(kind)
    before = places.kept()
    said = places.european.types(command, expecting=2)
    assert f"This {CALLED[kind]} stands in the region cn, and SILKROAD_REGION is eu" in said
    assert "SILKROAD_REGION=cn" in said
    assert f"SILKROAD_{NAMED[kind] if places.shared else 'DATA_DIR'}" in said
    assert places.kept() == before


@pytest.mark.parametrize("kind", KEPT)
def test_a_refused_start_has_marked_nothing_so_the_mistake_can_be_mended(
    places: Places, kind: str
) -> None:
    """An installation from before the marks, one store of cn, and the wrong region by mistake."""
    operator = places.european
    del operator.settings["region"]
    settle(operator)
    asyncio.run(mark(operator, kind, "cn"))
    operator.settings["region"] = "eu"
    said = operator.types("operator-link", expecting=2)
    assert f"This {CALLED[kind]} stands in the region cn" in said
    assert asyncio.run(marks_of(operator)) == dict.fromkeys(KEPT, "") | {kind: "cn"}
    operator.settings["region"] = "cn"
    settle(operator)
    assert asyncio.run(marks_of(operator)) == dict.fromkeys(KEPT, "cn")


@pytest.mark.parametrize("kind", ["keyring", "blobs"])
def test_a_restoration_goes_into_no_store_that_is_marked_for_elsewhere(
    tmp_path: Path, stores: Stores, kind: str
) -> None:
    """An empty keyring and an empty bucket are another region's by their mark alone."""
    first, file = Operator(tmp_path / "first", {"region": "eu"}), tmp_path / "backup"
    settle(first)
    first.types("backup", file)
    key = {"root_key_file": str(first.data / "keys" / "root.key")}
    there = Operator(tmp_path / "there", {"region": "eu", **stores.fresh(*SHARED), **key})
    asyncio.run(mark(there, kind, "cn"))
    before = kept_in(there.settings)
    said = there.types("restore", file, expecting=2)
    assert f"This {CALLED[kind]} stands in the region cn" in said
    assert kept_in(there.settings) == before
    again = Operator(tmp_path / "again", {"region": "eu", **stores.fresh(*SHARED), **key})
    again.types("restore", file)
    assert asyncio.run(marks_of(again)) == dict.fromkeys(KEPT, "eu")


async def mark(operator: Operator, kind: str, region: str) -> None:
    settings = settings_of(operator)
    if kind == "keyring":
        await asyncio.to_thread(key_rows(settings).mark, region)
    elif kind == "blobs":
        await open_blobs(settings).mark(region)
    else:
        mark_rows(settings, region)


def mark_rows(settings: Settings, region: str) -> None:
    if settings.database_url:
        with psycopg.connect(settings.database_url) as connection:
            connection.execute("SELECT set_config('silkroad.workspace', 'installation', false)")
            connection.execute("INSERT INTO places VALUES ('installation', %s, 1)", (region,))
    else:
        with closing(sqlite3.connect(settings.data_dir / "silkroad.db")) as file, file:
            file.execute("INSERT INTO places VALUES ('installation', ?, 1)", (region,))


@pytest.mark.parametrize("kind", ["keyring", "blobs"])
def test_no_backup_is_made_of_what_stands_in_two_regions(places: Places, kind: str) -> None:
    untold = Operator(places.folder / "untold", {**places.european.settings})
    untold.settings.pop("region")
    settle(untold)
    assert asyncio.run(marks_of(untold)) == dict.fromkeys(KEPT, "")
    untold.types("backup", places.folder / "whole")
    asyncio.run(mark(untold, kind, "eu"))
    said = untold.types("backup", places.folder / "mixed", expecting=2)
    assert f"This {CALLED[kind]} stands in the region eu, and SILKROAD_REGION is not set" in said
    assert not (places.folder / "mixed").exists()


@pytest.mark.parametrize("kind", list(KEPT)[:: by_depth(3, 1, 1)])
def test_a_move_takes_the_marks_along_and_goes_nowhere_else(
    tmp_path: Path, stores: Stores, kind: str
) -> None:
    here, to = Operator(tmp_path / "cn", {"region": "cn"}), stores.fresh(*SHARED)
    settle(here)
    abroad = Operator(tmp_path / "eu", {"region": "eu", **stores.fresh(*SHARED)})
    if kind == "database":
        settle(abroad)
    else:
        asyncio.run(mark(abroad, kind, "eu"))
    here.settings |= {"blobs_key_file": to["blobs_key_file"]}
    wrong = to | {name: abroad.settings[name] for name in OWN[kind]}
    before = kept_in(wrong)
    said = here.types(*typed(wrong), expecting=2)
    assert f"This {CALLED[kind]} stands in the region eu" in said or "another installation" in said
    assert kept_in(wrong) == before
    here.types(*typed(to))
    there = Operator(tmp_path / "cn", {"region": "cn", **to})
    assert asyncio.run(marks_of(there)) == dict.fromkeys(KEPT, "cn")


def typed(to: dict[str, str]) -> tuple[str, ...]:
    """Return what an operator types to move to these stores."""
    return (
        *("migrate", "--to", to["database_url"], "--owner", to["database_owner_url"]),
        *("--keyring", to["keyring_url"], "--blobs", to["blobs_url"]),
    )


def test_who_says_the_region_later_goes_on_and_never_says_another(places: Places) -> None:
    """An installation from before the marks, or one whose operator had not said where it stands."""
    operator = places.european
    operator.settings.pop("region")
    settle(operator)
    assert asyncio.run(marks_of(operator)) == dict.fromkeys(KEPT, "")
    operator.settings["region"] = "sg"
    settle(operator)
    assert asyncio.run(marks_of(operator)) == dict.fromkeys(KEPT, "sg")
    for other in ({"region": "jp"}, {}):
        operator.settings = {**operator.settings, "region": ""} | other
        said = operator.types("operator-link", expecting=2)
        assert "stands in the region sg" in said
    assert asyncio.run(marks_of(operator)) == dict.fromkeys(KEPT, "sg")


@pytest.mark.anyio
async def test_who_has_companies_of_another_region_marks_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with app.open_house(Settings(data_dir=data)) as house:
        await house.db.write(FOUNDING, found, "Linden", "sg")
    with pytest.raises(BadSettings, match="at home in sg"):
        await opened(Settings(data_dir=data, region="eu"))
    assert await marks_of(Operator(data)) == dict.fromkeys(KEPT, "")


# companies that are at home where nobody had said that the installation stands


@pytest.fixture
def untold(tmp_path: Path) -> Operator:
    """An installation without a region, in which a company is at home in sg."""
    operator = Operator(tmp_path / "untold")
    asyncio.run(founded(settings_of(operator), "sg"))
    return operator


async def founded(settings: Settings, region: str) -> None:
    async with app.open_house(settings) as house:
        await house.db.write(FOUNDING, found, "Linden", region)


@pytest.mark.parametrize("shared", [(), SHARED], ids=["files", "shared"])
def test_companies_are_not_restored_where_they_are_not_at_home(
    untold: Operator, tmp_path: Path, stores: Stores, shared: tuple[str, ...]
) -> None:
    file = tmp_path / "backup"
    untold.types("backup", file)
    key = {"root_key_file": str(untold.data / "keys" / "root.key")}
    there = Operator(tmp_path / "eu", {"region": "eu", **stores.fresh(*shared), **key})
    before = kept_in(there.settings)
    assert "companies here are at home in sg" in there.types("restore", file, expecting=2)
    assert (kept_in(there.settings), files_in(there)) == (before, {})
    for region in ({"region": "sg"}, {}):
        again = Operator(tmp_path / f"again{len(region)}", key | region)
        assert "restored: " in again.types("restore", file)


def test_companies_are_not_moved_nor_copied_where_they_are_not_at_home(
    untold: Operator, tmp_path: Path, stores: Stores
) -> None:
    to = stores.fresh(*SHARED)
    untold.settings = {"region": "eu", "blobs_key_file": to["blobs_key_file"]}
    before = kept_in(to)
    assert "companies here are at home in sg" in untold.types(*typed(to), expecting=2)
    assert kept_in(to) == before
    said = untold.types("backup", tmp_path / "backup", expecting=2)
    assert "companies here are at home in sg" in said
    assert "set SILKROAD_REGION=sg" in said
    assert not (tmp_path / "backup").exists()
    untold.settings["region"] = "sg"
    untold.types(*typed(to))


# a store of files that is away


@asynccontextmanager
async def house_behind(proxy: Proxy, stores: Stores, data: Path) -> AsyncIterator[House]:
    """Open a house of cn while its bucket is away, and let the bucket come back."""
    url = f"s3://{stores.s3.fresh()}?endpoint=http://127.0.0.1:{proxy.port}"
    settings = Settings(data_dir=data, region="cn", blobs_url=url, blobs_key_file=stores.key_file)
    proxy.refuse()
    async with app.open_house(settings) as house:
        yield house


@pytest.fixture
def proxy(s3: S3) -> Iterator[Proxy]:
    with Proxy("127.0.0.1", s3.port) as before:
        yield before


async def is_refused(doing: Callable[[], Awaitable[object]]) -> str:
    try:
        await doing()
    except Refusal as no:
        return no.code
    return ""


@pytest.mark.anyio
@pytest.mark.parametrize(("region", "answer"), [("", ""), ("cn", ""), ("eu", "storage_failed")])
async def test_a_bucket_that_was_away_is_asked_where_it_stands_before_it_is_used(
    tmp_path: Path, stores: Stores, proxy: Proxy, region: str, answer: str
) -> None:
    name = f"{new_id('wsp', CHANCE)}/{new_id('fil', CHANCE)}"
    async with house_behind(proxy, stores, tmp_path / "data") as house:
        blobs = house.blobs
        assert isinstance(blobs, UnsettledBlobs)
        assert await is_refused(lambda: blobs.put(name, b"sealed")) == "storage_failed"
        proxy.heal()
        bucket = open_blobs(house.settings)
        await bucket.mark(region)
        for doing in (
            lambda: blobs.put(name, b"sealed"),
            lambda: blobs.get(name),
            lambda: listed(blobs),
            lambda: blobs.delete(name),
        ):
            assert await is_refused(doing) == answer
        assert await bucket.mark() == (region or "cn")
        if answer:
            assert await listed(bucket) == [], "nothing was written abroad"


async def listed(blobs: Blobs) -> list[str]:
    return [blob.key async for blob in blobs.stored()]


def test_a_start_that_no_region_would_let_names_none() -> None:
    with pytest.raises(BadSettings, match="at home in cn") as stopped:
        marks.hold_homes({"home", "cn", "eu"}, Settings())
    assert "set SILKROAD_REGION" not in str(stopped.value)
