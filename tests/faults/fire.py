"""A server that is killed time and again while companies work on it."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from .company import Company, acts

DIES_WITHIN = 60.0
AT_ONCE = 64  # requests under way
LOOKS = 0.02  # seconds between two looks
MOST_WORK = 70
"""Up to so many acts are waited for before a kill: moments of chance in work, not in seconds."""


class Kill(NamedTuple):
    """Which server is killed: one that dies by itself in a moment of its own, or at any time."""

    program: tuple[str, ...] = ("tests.harness.served",)
    by_itself: bool = False
    afresh: bool = False


ANY = Kill()
AFRESH = Kill(afresh=True)
"""One that is started as at an operator's, which takes longer: how long is looked at."""


def at(moment: str) -> Kill:
    """Return the kill in a moment of sudden.py."""
    return Kill(("tests.faults.sudden", moment), by_itself=True)


def under_fire(companies: Sequence[Company], kills: Sequence[Kill]) -> list[float]:
    """Let everybody work while a server is killed; return how long it took to be ready again.

    Each server is started when the one before was killed; the first runs already. The one after the
    last kill is like it, but has no moment to die in.
    """
    return asyncio.run(_under_fire(companies, kills))


async def _under_fire(companies: Sequence[Company], kills: Sequence[Kill]) -> list[float]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE))
    clients = [client for company in companies for client in company.clients]
    enough, chance = asyncio.Event(), random.Random(7)
    working = [asyncio.create_task(client.work_until(enough)) for client in clients]
    ready: list[float] = []
    server = companies[0].nodes[0]
    last = Kill(kills[-1].program[:1], afresh=kills[-1].afresh)
    for kill, following in itertools.pairwise([*kills, last]):
        if kill.by_itself:
            await asyncio.to_thread(server.process.wait, DIES_WITHIN)
        else:
            server = chance.choice(companies[0].nodes)
            await _worked(companies, chance.randint(1, MOST_WORK))
            await asyncio.sleep(chance.uniform(0.2, 0.9))
        await asyncio.to_thread(server.kill)
        server.program, server.afresh = following.program, following.afresh
        started = time.monotonic()
        await asyncio.to_thread(server.start)
        ready.append(time.monotonic() - started)
    await asyncio.sleep(0.5)
    enough.set()
    await asyncio.gather(*working)
    for client in clients:
        await client.look_back()
        client.lose()
    return ready


async def _worked(companies: Sequence[Company], wanted: int) -> None:
    """Wait until so much more was done, however slow the machine is; not for ever."""
    enough = acts(companies) + wanted
    for _ in range(int(DIES_WITHIN / LOOKS)):
        if acts(companies) >= enough:
            return
        await asyncio.sleep(LOOKS)
