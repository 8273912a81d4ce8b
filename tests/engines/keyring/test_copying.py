"""What every keyring's stored rows keep to, so that keys can be moved from any to any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from silkroad.archive.keys import unopened
from silkroad.engines.keyring import KeyName, Keyring, NewKey, SealKey
from silkroad.engines.keyring.copying import PAGE, KeyRow, KeyRows, SqliteKeyRows
from silkroad.engines.keyring.postgres import PostgresKeyring, holds_keys
from silkroad.engines.keyring.postgres_copying import PostgresKeyRows
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.errors import Refusal
from silkroad.kit.randomness import SystemRandomness
from tests.harness.ports import free_port
from tests.harness.postgres import Postgres

CHANCE = SystemRandomness()
ROOT = SealKey(CHANCE.bytes(32))
SHOP = ("wsp_a", "wsp_a", None, 1, b"wrapped by the root key")
KINDS = ("sqlite", "postgresql")


class Place:
    """A place for a keyring, with nothing in it yet."""

    def __init__(self, kind: str, folder: Path, postgres: Postgres) -> None:
        self.stored: KeyRows
        self.open: Callable[[], Keyring]
        if kind == "sqlite":
            file = folder / "keys" / "keyring.db"
            self.stored = SqliteKeyRows(file)
            self.open = lambda: SqliteKeyring(file, ROOT, CHANCE)
        else:
            url = postgres.fresh().owner
            self.stored = PostgresKeyRows(url)
            self.open = lambda: PostgresKeyring(url, ROOT, CHANCE)

    def everything(self) -> list[KeyRow]:
        return [row for page in self.stored.rows() for row in page]


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, postgres: Postgres) -> Place:
    return Place(request.param, tmp_path, postgres)


@pytest.fixture(params=KINDS)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path, postgres: Postgres) -> Place:
    return Place(request.param, tmp_path / "elsewhere", postgres)


def many(count: int) -> list[KeyRow]:
    """Return keys of visitors, in order; nobody opens them."""
    return [("wsp_a", f"vis_{number:06}", "wsp_a", 1, b"wrapped") for number in range(count)]


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as no:
        attempt()
    return no.value.code


def test_a_keyring_that_was_moved_opens_what_it_opened_before(
    place: Place, elsewhere: Place
) -> None:
    ring = place.open()
    names = [KeyName("wsp_a", key_id) for key_id in ("wsp_a", "vis_1", "cnv_1")]
    parents = (None, "wsp_a", "vis_1")
    ring.persist(
        [NewKey(n, p, SealKey(CHANCE.bytes(32))) for n, p in zip(names, parents, strict=True)]
    )
    materials = [ring.held(name).material for name in names]
    elsewhere.stored.put_rows(place.stored.rows())  # while the ring is open
    ring.close()
    assert elsewhere.everything() == place.everything()
    moved = elsewhere.open()
    assert [moved.load(name).material for name in names] == materials
    moved.persist([NewKey(KeyName("wsp_a", "vis_2"), "wsp_a", SealKey(CHANCE.bytes(32)))])
    moved.close()


def test_rows_come_in_pages_each_once_and_in_order(place: Place) -> None:
    keys = many(2 * PAGE + 3)
    place.stored.put_rows(iter([keys[PAGE:], keys[:PAGE], []]))
    pages = list(place.stored.rows())
    assert [len(page) for page in pages] == [PAGE, PAGE, 3]
    assert [row for page in pages for row in page] == keys


def test_all_are_stored_or_none_and_what_is_there_stays(place: Place) -> None:
    place.stored.put_rows(iter([[SHOP]]))
    again = ("wsp_a", "wsp_a", None, 2, b"another")
    assert refused(lambda: place.stored.put_rows(iter([many(PAGE), [again]]))) == "already_exists"
    assert place.everything() == [SHOP]
    place.stored.put_rows(iter([many(1)]))
    assert sorted(place.everything(), key=repr) == sorted([SHOP, *many(1)], key=repr)


def test_what_breaks_off_on_the_way_stores_nothing(place: Place) -> None:
    def broken() -> Iterator[list[KeyRow]]:
        yield many(PAGE)
        raise OSError("the disk is gone")

    place.stored.put_rows(iter([[SHOP]]))
    with pytest.raises(OSError, match="gone"):
        place.stored.put_rows(broken())
    assert place.everything() == [SHOP]


def test_what_is_destroyed_or_made_meanwhile_costs_no_other_key(place: Place) -> None:
    ring, shop = place.open(), KeyName("wsp_a", "wsp_a")
    ring.persist([NewKey(shop, None, SealKey(CHANCE.bytes(32)))])
    place.stored.put_rows(iter([many(2 * PAGE)]))
    pages = place.stored.rows()
    first = next(pages)
    gone = [KeyName("wsp_a", f"vis_{number:06}") for number in (5, 2 * PAGE - 5)]
    ring.destroy(gone)
    ring.persist([NewKey(KeyName("wsp_a", "vis_new"), "wsp_a", SealKey(CHANCE.bytes(32)))])
    read = {row[1] for row in [*first, *(row for page in pages for row in page)]}
    assert {row[1] for row in many(2 * PAGE)} - read == {gone[1].key_id}
    assert shop.key_id in read
    ring.close()


def test_a_key_whose_parent_was_destroyed_between_two_pages_is_no_damage(place: Place) -> None:
    """Conversations come before their visitors, so the child is read and the parent is not."""
    ring = place.open()
    shop, mira = KeyName("wsp_a", "wsp_a"), KeyName("wsp_a", "vis_1")
    talks = [KeyName("wsp_a", f"cnv_{number:06}") for number in range(PAGE + 1)]
    parents = [(shop, None), (mira, "wsp_a"), *((talk, "vis_1") for talk in talks)]
    ring.persist([NewKey(name, parent, SealKey(CHANCE.bytes(32))) for name, parent in parents])
    pages = place.stored.rows()
    read = next(pages)
    ring.destroy([mira])
    read += [row for page in pages for row in page]
    assert {row[1] for row in read} == {name.key_id for name in (shop, *talks)}
    assert unopened(ROOT, read) == 0
    spoilt = [(*row[:4], bytes(len(row[4]))) if row[1] == "wsp_a" else row for row in read]
    assert unopened(ROOT, spoilt) == 1
    ring.close()


def test_looking_makes_no_keyring(tmp_path: Path, postgres: Postgres) -> None:
    file, url = tmp_path / "keyring.db", postgres.fresh().owner
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    missing: list[KeyRows] = [SqliteKeyRows(file), PostgresKeyRows(url), PostgresKeyRows(nowhere)]
    for stored in missing:
        assert refused(partial(list, stored.rows())) == "storage_failed"
    assert [stored.mark() for stored in missing[:2]] == ["", ""]
    assert not file.exists()
    assert not holds_keys(url)


def test_a_keyring_is_marked_once_and_for_good(place: Place) -> None:
    """Clause 2.1; whether it holds keys or none yet, and also while a server has it open."""
    assert place.stored.mark() == ""
    assert [place.stored.mark(region) for region in ("cn", "eu", "")] == ["cn", "cn", "cn"]
    ring = place.open()
    ring.persist([NewKey(KeyName("wsp_a", "wsp_a"), None, SealKey(CHANCE.bytes(32)))])
    assert place.stored.mark("eu") == "cn"
    ring.close()
    assert len(place.everything()) == 1
