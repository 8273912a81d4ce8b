"""Virtual time passes without waiting, and the same seed passes it the same way."""

from __future__ import annotations

import asyncio
import random

import pytest

from .virtual import VirtualLoop


async def _sleepers(seed: int) -> list[tuple[int, float]]:
    chance = random.Random(seed)
    woke: list[tuple[int, float]] = []

    async def sleeper(name: int) -> None:
        for _ in range(10):
            await asyncio.sleep(chance.uniform(0, 3_600))
            woke.append((name, asyncio.get_running_loop().time()))

    await asyncio.gather(*(sleeper(name) for name in range(5)))
    return woke


def _run(seed: int) -> list[tuple[int, float]]:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(_sleepers(seed))


def test_a_seed_is_replayed_bit_for_bit_and_another_is_not() -> None:
    assert _run(1) == _run(1)
    assert _run(1) != _run(2)


def test_a_wait_for_nothing_is_an_error_and_not_a_hang() -> None:
    with (
        asyncio.Runner(loop_factory=VirtualLoop) as runner,
        pytest.raises(RuntimeError, match="nothing will come"),
    ):
        runner.run(asyncio.Event().wait())
