"""What a bucket promises beyond the contract: whose it is, and that its silence ends."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeVar

import obstore
import pytest

from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.folder import FolderBlobs
from silkroad.engines.blobs.opening import ENDPOINTS, open_blobs
from silkroad.engines.blobs.s3 import ALL_WITHIN, Bucket, S3Blobs
from silkroad.kit.errors import Refusal
from silkroad.kit.ids import new_id
from silkroad.kit.randomness import SeededRandomness
from silkroad.settings import BadSettings, Settings
from tests.cast import open_shop, set_up
from tests.fakes.loopback import Answer, Loopback
from tests.fakes.s3 import S3
from tests.harness.ports import free_port
from tests.harness.server import Server

from .conftest import KEYS

pytestmark = pytest.mark.anyio

T = TypeVar("T")

CHANCE = SeededRandomness(4)
SHOP = new_id("wsp", CHANCE)
PHOTO = f"{SHOP}/{new_id('fil', CHANCE)}"
TO_SPARE = 1.0


async def refused(attempt: Awaitable[object]) -> tuple[str, float]:
    """Return why, and after how many seconds."""
    started = time.monotonic()
    with pytest.raises(Refusal) as no:
        await attempt
    return no.value.code, time.monotonic() - started


async def gathered(attempts: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*attempts))


async def listed(blobs: Blobs) -> list[str]:
    return [blob.key async for blob in blobs.stored()]


EVERYTHING: dict[str, Callable[[Blobs], Awaitable[object]]] = {
    "put": lambda blobs: blobs.put(PHOTO, b"sealed"),
    "get": lambda blobs: blobs.get(PHOTO),
    "delete": lambda blobs: blobs.delete(PHOTO),
    "stored": listed,
}


@pytest.mark.parametrize("verb", EVERYTHING)
async def test_a_store_that_is_not_there_is_refused_in_time(verb: str) -> None:
    blobs = S3Blobs(Bucket("files", endpoint=f"http://127.0.0.1:{free_port()}", keys=KEYS))
    code, seconds = await refused(EVERYTHING[verb](blobs))
    assert (code, seconds < ALL_WITHIN + TO_SPARE) == ("storage_failed", True)


async def test_a_store_that_never_answers_is_refused_in_time() -> None:
    with Loopback(lambda _: Answer(mishap="never")) as site:
        blobs = S3Blobs(Bucket("files", endpoint=site.origin, keys=KEYS))
        answers = await gathered(refused(verb(blobs)) for verb in EVERYTHING.values())
    assert [code for code, _ in answers] == ["storage_failed"] * len(EVERYTHING)
    assert max(seconds for _, seconds in answers) < ALL_WITHIN + TO_SPARE


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (507, "storage_full"),
        (500, "storage_failed"),
        (403, "storage_failed"),
        (302, "storage_failed"),
    ],
)
async def test_whatever_else_it_answers_is_told_apart(status: int, code: str) -> None:
    with Loopback(lambda _: Answer(status)) as site:
        blobs = S3Blobs(Bucket("files", endpoint=site.origin, keys=KEYS))
        assert (await refused(blobs.put(PHOTO, b"sealed")))[0] == code


async def test_a_bucket_that_was_taken_away_is_no_missing_file(bucket: Bucket) -> None:
    blobs = S3Blobs(dataclasses.replace(bucket, name="somebody-elses"))
    for verb in ("put", "get", "stored"):
        assert (await refused(EVERYTHING[verb](blobs)))[0] == "storage_failed"


async def test_a_sweep_sees_its_own_prefix_and_what_has_an_id(bucket: Bucket) -> None:
    ours = S3Blobs(bucket)
    theirs = S3Blobs(dataclasses.replace(bucket, prefix="files/of ours too"))
    await ours.put(PHOTO, b"sealed")
    await theirs.put(PHOTO, b"sealed by others")
    for stray in (f"{SHOP}/notes.txt", f"lost+found/{PHOTO}", "x"):
        await obstore.put_async(ours._store, stray, b"")
    assert await listed(ours) == [PHOTO]
    assert await ours.get(PHOTO) == b"sealed"


async def test_more_blobs_than_one_page_are_all_listed(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "10")  # what the store calls a page
    blobs = S3Blobs(bucket)
    names = {f"{SHOP}/{new_id('fil', CHANCE)}" for _ in range(35)}
    await gathered(blobs.put(name, b"") for name in names)
    assert set(await listed(blobs)) == names


async def test_the_address_says_where_and_a_file_with_whose_keys(s3: S3, tmp_path: Path) -> None:
    name, keys = s3.fresh(), tmp_path / "keys"
    keys.write_text("\n".join(KEYS))
    keys.chmod(0o400)
    blobs = open_blobs(
        Settings(blobs_url=f"s3://{name}/a/b?endpoint={s3.endpoint}", blobs_key_file=keys), {}
    )
    await blobs.put(PHOTO, b"sealed")
    seen = S3Blobs(Bucket(name, "a/b", s3.endpoint, keys=KEYS))
    assert await seen.get(PHOTO) == b"sealed"
    by_variable = open_blobs(
        Settings(blobs_url=f"s3://{name}/a/b", blobs_key_file=keys),
        {"AWS_ENDPOINT_URL": s3.endpoint},
    )
    assert await by_variable.get(PHOTO) == b"sealed"


async def test_requests_are_signed_and_the_secret_stays_here() -> None:
    with Loopback(lambda _: Answer(headers={"etag": "x"})) as site:
        await S3Blobs(Bucket("files", endpoint=site.origin, keys=KEYS)).put(PHOTO, b"sealed")
    (seen,) = site.seen
    assert seen.headers["authorization"].startswith(f"AWS4-HMAC-SHA256 Credential={KEYS[0]}/")
    assert KEYS[1] not in str(seen.headers)
    assert KEYS[1] not in repr(Bucket("files", keys=KEYS))


async def test_a_variable_leads_nowhere_else_than_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """2.1: the host of the address was looked at, not that of a variable."""
    with Loopback(lambda _: Answer(headers={"etag": "x"})) as site:
        with Loopback(lambda _: Answer(headers={"etag": "x"})) as abroad:
            for name in ENDPOINTS:
                monkeypatch.setenv(name, abroad.origin)
            await S3Blobs(Bucket("files", endpoint=site.origin, keys=KEYS)).put(PHOTO, b"sealed")
        assert (len(site.seen), abroad.seen) == (1, [])


@pytest.mark.parametrize(
    "url",
    [
        "https://bucket",
        "s3://",
        "s3:///prefix",
        "s3://key:secret@bucket",
        "s3://bucket?endpoint",
        "s3://bucket?endpiont=https://files.example",
        "s3://bucket?endpoint=http://files.example",
        "s3://bucket?endpoint=http://localhost.files.example",
        "s3://bucket?endpoint=files.example",
        "s3://bucket?endpoint=https://key:secret@files.example",
        "s3://bucket?endpoint=http://[",
        "s3://[",
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(url: str) -> None:
    with pytest.raises(BadSettings, match="SILKROAD_BLOBS_URL") as no:
        open_blobs(Settings(blobs_url=url), {})
    assert "secret" not in str(no.value)


def test_plain_http_is_refused_from_a_variable_as_well() -> None:
    with pytest.raises(BadSettings, match="must begin with https"):
        open_blobs(Settings(blobs_url="s3://b"), {"AWS_ENDPOINT_URL": "http://files.example"})


def test_plain_http_is_taken_to_an_address_that_the_operator_has_named() -> None:
    own = "http://files:8333"
    settings = Settings(blobs_url=f"s3://silkroad?endpoint={own}", private_targets=own)
    assert isinstance(open_blobs(settings, {}), S3Blobs)
    with pytest.raises(BadSettings):
        open_blobs(Settings(blobs_url=f"s3://silkroad?endpoint={own}"), {})


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        (b"id\nsecret", 0o440, "may be read by others"),
        (b"id\n", 0o400, "must have two lines"),
        (b"id\nsecret\nmore", 0o400, "must have two lines"),
        (b"\xff", 0o400, "cannot be read"),
        (None, 0o400, "cannot be read"),
    ],
)
def test_a_file_of_keys_that_is_not_one_is_refused(
    tmp_path: Path, text: bytes | None, mode: int, why: str
) -> None:
    file = tmp_path / "keys"
    if text is not None:
        file.write_bytes(text)
        file.chmod(mode)
    with pytest.raises(BadSettings, match=why) as no:
        open_blobs(Settings(blobs_url="s3://bucket", blobs_key_file=file), {})
    assert "secret" not in str(no.value).removesuffix("the access key id and the secret")


def test_without_an_address_it_is_the_folder(tmp_path: Path) -> None:
    assert isinstance(open_blobs(Settings(data_dir=tmp_path), {}), FolderBlobs)


async def test_a_server_keeps_its_files_there_and_nowhere_else(
    bucket: Bucket, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    keys.write_text("\n".join(KEYS))
    keys.chmod(0o400)
    url = f"s3://{bucket.name}/{bucket.prefix}?endpoint={bucket.endpoint}"
    with Server(tmp_path / "data", blobs_url=url, blobs_key_file=str(keys)) as server:
        set_up(server)
        shop = open_shop(server)
        mira, _ = shop.asks("Here is my photo")
        sent = mira.upload(mira.path("/files"), "note.txt", b"only for us two")
        (kept,) = await listed(S3Blobs(bucket))
        assert kept.endswith(f"/{sent['id']}")
        assert b"only for us" not in await S3Blobs(bucket).get(kept)
        assert mira.ask("GET", mira.path(f"/files/{sent['id']}")).content == b"only for us two"
        assert not (tmp_path / "data" / "blobs").exists()
