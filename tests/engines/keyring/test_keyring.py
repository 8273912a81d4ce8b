"""Keys: wrapped on disk, bound to their place, gone when destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from silkroad.engines.keyring import KeyName, KeyNotLoaded, NewKey, SealKey, sealing_context
from silkroad.engines.keyring.seal import SealBroken
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.kit.randomness import SystemRandomness

CHANCE = SystemRandomness()
ROOT = SealKey(CHANCE.bytes(32))
PLACE = sealing_context("wsp_a", "messages", "cnv_1:public:1", "body", 1)


def ring_at(folder: Path) -> SqliteKeyring:
    return SqliteKeyring(folder / "keyring.db", ROOT, CHANCE)


def chain(folder: Path) -> SqliteKeyring:
    """Make a keyring with a workspace, a visitor in it, and the visitor's conversation."""
    ring = ring_at(folder)
    names = [("wsp_a", None), ("vis_1", "wsp_a"), ("cnv_1", "vis_1"), ("vis_2", "wsp_a")]
    ring.persist(
        [NewKey(KeyName("wsp_a", n), parent, SealKey(CHANCE.bytes(32))) for n, parent in names]
    )
    return ring


def test_a_sealed_value_opens_only_in_its_place() -> None:
    key = SealKey(CHANCE.bytes(32))
    sealed = key.seal("fjalë 你好".encode(), PLACE, CHANCE.bytes(12))
    assert key.open(sealed, PLACE).decode() == "fjalë 你好"
    for workspace, table, row, column, version in (
        ("wsp_b", "messages", "cnv_1:public:1", "body", 1),
        ("wsp_a", "notes", "cnv_1:public:1", "body", 1),
        ("wsp_a", "messages", "cnv_1:public:2", "body", 1),
        ("wsp_a", "messages", "cnv_1:public:1", "name", 1),
        ("wsp_a", "messages", "cnv_1:public:1", "body", 2),
    ):
        with pytest.raises(SealBroken):
            key.open(sealed, sealing_context(workspace, table, row, column, version))


def test_one_flipped_bit_is_noticed() -> None:
    key = SealKey(CHANCE.bytes(32))
    sealed = key.seal(b"words", PLACE, CHANCE.bytes(12))
    for position in range(len(sealed)):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises(SealBroken):
            key.open(bytes(broken), PLACE)


def test_blind_indexes_differ_by_workspace_and_by_field() -> None:
    one, other = SealKey(CHANCE.bytes(32)), SealKey(CHANCE.bytes(32))
    seen = {
        one.blind("accounts.phone", "+12025550100"),
        one.blind("invitations.phone", "+12025550100"),
        other.blind("accounts.phone", "+12025550100"),
    }
    assert len(seen) == 3
    assert one.blind("accounts.phone", "+12025550100") in seen


def test_keys_survive_a_restart_and_are_never_on_disk_in_the_clear(tmp_path: Path) -> None:
    ring = chain(tmp_path)
    material = ring.load(KeyName("wsp_a", "cnv_1")).material
    ring.close()
    again = ring_at(tmp_path)
    with pytest.raises(KeyNotLoaded):
        again.held(KeyName("wsp_a", "cnv_1"))
    assert again.load(KeyName("wsp_a", "cnv_1")).material == material
    assert again.held(KeyName("wsp_a", "cnv_1")).material == material
    assert not any(material in file.read_bytes() for file in tmp_path.iterdir())
    again.close()


def test_a_wrapped_key_moved_to_another_workspace_does_not_open(tmp_path: Path) -> None:
    ring = chain(tmp_path)
    ring.persist([NewKey(KeyName("wsp_b", "wsp_b"), None, SealKey(CHANCE.bytes(32)))])
    ring._file.execute(
        "INSERT INTO keys SELECT 'wsp_b', key_id, 'wsp_b', version, wrapped FROM keys "
        "WHERE workspace_id = 'wsp_a' AND key_id = 'vis_2'"
    )
    with pytest.raises(SealBroken):
        ring.load(KeyName("wsp_b", "vis_2"))
    ring.close()
