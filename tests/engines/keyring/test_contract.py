"""What every keyring keeps to."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from silkroad.engines.keyring import KeyName, KeyNotLoaded, Keyring, NewKey, SealKey
from silkroad.engines.keyring.opening import _ensure_installation_key
from silkroad.kit.errors import Refusal
from silkroad.kit.randomness import SystemRandomness
from silkroad.kit.scope import INSTALLATION

from .conftest import Open

CHANCE = SystemRandomness()
CHAIN = [("wsp_a", None), ("vis_1", "wsp_a"), ("cnv_1", "vis_1"), ("vis_2", "wsp_a")]


def named(key_id: str, workspace_id: str = "wsp_a") -> KeyName:
    return KeyName(workspace_id, key_id)


def new(key_id: str, parent_id: str | None = "wsp_a") -> NewKey:
    return NewKey(named(key_id), parent_id, SealKey(CHANCE.bytes(32)))


def with_chain(ring: Keyring) -> Keyring:
    """Put in a workspace, a visitor with a conversation, and another visitor."""
    ring.persist([new(key_id, parent_id) for key_id, parent_id in CHAIN])
    return ring


def why_not(ring: Keyring, key_id: str, workspace_id: str = "wsp_a") -> str:
    with pytest.raises(Refusal) as no:
        ring.load(named(key_id, workspace_id))
    return no.value.code


def test_a_new_key_is_held_at_once_and_after_a_restart_only_when_loaded(open_ring: Open) -> None:
    ring = with_chain(open_ring())
    material = ring.held(named("cnv_1")).material
    again = open_ring()
    with pytest.raises(KeyNotLoaded):
        again.held(named("cnv_1"))
    assert again.load(named("cnv_1")).material == material
    assert again.held(named("cnv_1")).material == material


def test_what_was_never_stored_is_erased(open_ring: Open) -> None:
    ring = with_chain(open_ring())
    assert why_not(ring, "cnv_2") == "erased"
    assert why_not(ring, "cnv_1", "wsp_b") == "erased"


def test_destroying_closes_everything_below_and_nothing_else(open_ring: Open) -> None:
    ring = with_chain(open_ring())
    ring.destroy([named("vis_1"), named("vis_3")])
    for opened in (ring, open_ring()):
        assert [why_not(opened, gone) for gone in ("vis_1", "cnv_1")] == ["erased", "erased"]
        assert len(opened.load(named("vis_2")).material) == 32


def test_a_key_is_never_replaced_and_what_came_with_it_is_not_stored(open_ring: Open) -> None:
    ring = with_chain(open_ring())
    before = ring.load(named("vis_1")).material
    with pytest.raises(Refusal) as no:
        ring.persist([new("vis_3"), new("vis_1")])
    assert no.value.code == "already_exists"
    for opened in (ring, open_ring()):
        assert opened.load(named("vis_1")).material == before
        assert why_not(opened, "vis_3") == "erased"


def test_a_key_under_a_destroyed_one_is_refused(open_ring: Open) -> None:
    ring = with_chain(open_ring())
    ring.destroy([named("vis_1")])
    with pytest.raises(Refusal) as no:
        ring.persist([new("vis_3"), new("cnv_2", "vis_1")])
    assert no.value.code == "erased"
    assert why_not(ring, "vis_3") == "erased"


def test_several_nodes_that_start_at_once_end_with_one_installation_key(open_ring: Open) -> None:
    rings = [open_ring() for _ in range(4)]
    together = threading.Barrier(len(rings))

    def start(ring: Keyring) -> bytes:
        together.wait()
        _ensure_installation_key(ring, CHANCE)
        return ring.load(KeyName(INSTALLATION, INSTALLATION)).material

    with ThreadPoolExecutor(len(rings)) as pool:
        assert len(set(pool.map(start, rings))) == 1


def test_many_threads_at_once_do_not_disturb_each_other(open_ring: Open) -> None:
    ring, other = with_chain(open_ring()), open_ring()

    def work(number: int) -> bool:
        made = new(f"vis_t{number}")
        ring.persist([made, new(f"cnv_t{number}", f"vis_t{number}")])
        if number % 5 == 0:
            ring.destroy([named(f"cnv_t{number}")])
        return other.load(made.name).material == ring.load(made.name).material == made.key.material

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(60)))
    assert why_not(ring, "cnv_t5") == "erased"
    assert len(other.load(named("cnv_t6")).material) == 32
