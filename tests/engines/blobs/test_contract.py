"""What every store of blobs keeps to."""

from __future__ import annotations

import asyncio

import pytest

from silkroad.engines.blobs import Blobs
from silkroad.kit.clock import MINUTE, SystemClock
from silkroad.kit.errors import Refusal
from silkroad.kit.ids import new_id
from silkroad.kit.randomness import SeededRandomness

pytestmark = pytest.mark.anyio

CHANCE = SeededRandomness(1)
SHOP, RIVAL = new_id("wsp", CHANCE), new_id("wsp", CHANCE)
WRONG_KEYS = [
    "",
    "/",
    SHOP,
    f"{SHOP}/",
    f"/{SHOP}",
    f"{SHOP}/../{RIVAL}",
    f"../{SHOP}",
    f"{SHOP}/{RIVAL}/{SHOP}",
    f"{SHOP}/{RIVAL}\n",
    f"{SHOP}/{RIVAL.upper()}",
    f"{SHOP}/{RIVAL}\x00",
    f"{SHOP}\\{RIVAL}",
    f"{SHOP}/*",
    "arriving/x",
]


def key(workspace_id: str = SHOP) -> str:
    return f"{workspace_id}/{new_id('fil', CHANCE)}"


async def keys(blobs: Blobs, workspace_id: str | None = None) -> set[str]:
    return {blob.key async for blob in blobs.stored(workspace_id)}


async def missing(blobs: Blobs, name: str) -> bool:
    with pytest.raises(Refusal) as no:
        await blobs.get(name)
    return no.value.code == "not_found"


@pytest.mark.parametrize("data", [b"", b"sealed", bytes(range(256)) * 40_000])
async def test_what_is_put_comes_back_byte_for_byte(blobs: Blobs, data: bytes) -> None:
    photo = key()
    await blobs.put(photo, data)
    assert await blobs.get(photo) == data


async def test_what_was_never_put_is_not_found(blobs: Blobs) -> None:
    photo = key()
    await blobs.put(photo, b"sealed")
    assert await missing(blobs, key())
    assert await missing(blobs, photo.replace(SHOP, RIVAL))


async def test_putting_again_replaces(blobs: Blobs) -> None:
    photo = key()
    await blobs.put(photo, b"a first attempt")
    await blobs.put(photo, b"sealed")
    assert await blobs.get(photo) == b"sealed"
    assert await keys(blobs) == {photo}


async def test_deleting_forgets_one_and_leaves_the_others(blobs: Blobs) -> None:
    photo, letter = key(), key()
    await blobs.put(photo, b"sealed")
    await blobs.put(letter, b"sealed too")
    await blobs.delete(photo)
    assert await missing(blobs, photo)
    assert await blobs.get(letter) == b"sealed too"
    assert await keys(blobs) == {letter}


async def test_deleting_what_is_not_there_is_no_error(blobs: Blobs) -> None:
    await blobs.delete(key())
    photo = key()
    await blobs.put(photo, b"sealed")
    await blobs.delete(photo)
    await blobs.delete(photo)
    assert await keys(blobs) == set()


async def test_a_sweep_sees_each_blob_with_its_size_and_age(blobs: Blobs) -> None:
    photo = key()
    await blobs.put(photo, b"sealed")
    [found] = [blob async for blob in blobs.stored()]
    assert (found.key, found.size) == (photo, 6)
    assert abs(found.stored_at - SystemClock().now()) < MINUTE


async def test_a_sweep_of_one_workspace_sees_no_other(blobs: Blobs) -> None:
    ours, theirs = {key(SHOP) for _ in range(20)}, {key(RIVAL) for _ in range(3)}
    for name in ours | theirs:
        await blobs.put(name, b"sealed")
    assert await keys(blobs, SHOP) == ours
    assert await keys(blobs, RIVAL) == theirs
    assert await keys(blobs, new_id("wsp", CHANCE)) == set()
    assert await keys(blobs) == ours | theirs


async def test_many_at_once_do_not_disturb_each_other(blobs: Blobs) -> None:
    contents = {key(): name.encode() * 1_000 for name in "abcdefghijklmnopqrstuvwxyz"}
    same = key()
    await asyncio.gather(
        *(blobs.put(name, data) for name, data in contents.items()),
        *(blobs.put(same, data) for data in contents.values()),
    )
    for name, data in contents.items():
        assert await blobs.get(name) == data
    assert await blobs.get(same) in contents.values()


@pytest.mark.parametrize("name", WRONG_KEYS)
async def test_a_key_leads_nowhere_else(blobs: Blobs, name: str) -> None:
    for attempt in (blobs.put(name, b"evil"), blobs.get(name), blobs.delete(name)):
        with pytest.raises(ValueError, match="not an id"):
            await attempt
    assert await keys(blobs) == set()


@pytest.mark.parametrize("workspace_id", ["", "*", "..", f"{SHOP}/..", f"{SHOP}\n", "wsp_*"])
async def test_a_sweep_leads_nowhere_else(blobs: Blobs, workspace_id: str) -> None:
    await blobs.put(key(), b"sealed")
    with pytest.raises(ValueError, match="not an id"):
        await keys(blobs, workspace_id)


async def test_a_store_is_marked_once_and_for_good(blobs: Blobs) -> None:
    """Clause 2.1; and the mark is no blob of anybody's."""
    assert await blobs.mark() == ""
    assert await keys(blobs) == set()
    assert [await blobs.mark(region) for region in ("", "cn", "eu", "")] == ["", "cn", "cn", "cn"]
    assert await keys(blobs) == set()


async def test_two_marks_at_once_are_no_region(blobs: Blobs) -> None:
    await asyncio.gather(blobs.mark("cn"), blobs.mark("eu"))
    assert await blobs.mark() in {"cn", "eu", "cn, eu"}
    assert await blobs.mark("sg") == await blobs.mark()
