"""Section 2.1: on the bus nothing is carried between regions, and one stray node is not all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from silkroad.engines.bus.nats import NatsBus
from tests.clauses.test_section_2_1_marks import files_in
from tests.harness.commands import Operator
from tests.harness.nats import Nats
from tests.harness.server import Server


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


def test_a_node_of_another_region_is_refused_on_the_bus(tmp_path: Path, nats: Nats) -> None:
    bus = f"{nats.url}/{tmp_path.name}"
    with Server(tmp_path / "cn", region="cn", bus_url=bus):
        for region in ("eu", ""):
            stranger = Operator(tmp_path / f"other{region}", {"bus_url": bus, "region": region})
            said = stranger.types("serve", expecting=2)
            assert "This bus stands in the region cn" in said
            assert "SILKROAD_REGION=cn" in said
            assert "SILKROAD_BUS_URL" in said
            assert files_in(stranger) == {}
        with Server(tmp_path / "another", region="cn", bus_url=bus) as node:
            assert node.process.poll() is None


@pytest.mark.anyio
async def test_nothing_is_carried_between_regions(nats: Nats, tmp_path: Path) -> None:
    heard: dict[str, list[bytes]] = {}
    buses = {
        name: NatsBus(f"{nats.url}/{tmp_path.name}", region)
        for name, region in {"here": "cn", "beside": "cn", "untold": ""}.items()
    }
    for name, bus in buses.items():
        bus.listen("typing", heard.setdefault(name, []).append)
    assert await buses["untold"].mark() in {"", "cn"}
    assert {await buses["here"].mark(), await buses["beside"].mark()} <= {"", "cn"}
    buses["here"].say("typing", "a", b"from here")
    await until(lambda: heard["beside"] == [b"from here"])
    buses["untold"].say("typing", "a", b"from nowhere")
    buses["here"].say("typing", "a", b"again")
    await until(lambda: heard["beside"][-1] == b"again")
    assert b"from nowhere" not in heard["here"] + heard["beside"]
    assert heard["untold"] == []
    for bus in buses.values():
        await bus.close()


@pytest.mark.prove
@pytest.mark.anyio
async def test_who_learns_of_it_late_says_nothing_more(tmp_path: Path) -> None:
    """Both start while the bus is away, so neither can ask the other before it serves."""
    with Nats() as nats:
        nats.kill()
        url, subjects = f"{nats.url}/{tmp_path.name}", list[str]()
        buses = [NatsBus(url, region) for region in ("cn", "eu")]
        assert [await bus.mark() for bus in buses] == ["", ""]
        nats.start()

        async def write_down(message: Msg) -> None:
            subjects.append(message.subject)

        ear = Client()
        await ear.connect(nats.url)
        await ear.subscribe(f"{tmp_path.name}.*.typing", cb=write_down)
        await until(lambda: any(bus._abroad for bus in buses))
        await asyncio.gather(*(bus.mark() for bus in buses))
        silent = next(bus for bus in buses if bus._abroad)
        silent.say("typing", "a", b"to nobody")
        await silent.close()
        await ear.publish(f"{tmp_path.name}.end.typing", b"")
        await until(lambda: f"{tmp_path.name}.end.typing" in subjects)
        assert subjects == [f"{tmp_path.name}.end.typing"]
        buses.remove(silent)
        await buses[0].close()
        await ear.close()


async def among_strangers(url: str, region: str) -> tuple[NatsBus, NatsBus]:
    """Return a stray node of the EU, and one that came after it and so met nobody else."""
    stray = NatsBus(url, "eu")
    assert await stray.mark() == ""
    here = NatsBus(url, region)
    assert await here.mark() == "eu"
    return stray, here


async def says_until(speaker: NatsBus, heard: list[bytes]) -> None:
    """Say something again and again, as nodes do, until it is heard."""
    heard.clear()
    async with asyncio.timeout(20):
        while not heard:
            speaker.say("typing", "a", b"hello")
            await asyncio.sleep(0.05)


@pytest.mark.anyio
@pytest.mark.parametrize("region", ["cn", ""])
async def test_a_stray_node_silences_nobody_who_has_company(tmp_path: Path, region: str) -> None:
    with Nats() as nats:
        url = f"{nats.url}/{tmp_path.name}"
        stray, here = await among_strangers(url, region)
        beside = NatsBus(url, region)
        lists = {bus: list[bytes]() for bus in (stray, here, beside)}
        for bus, heard in lists.items():
            bus.listen("typing", heard.append)
        for outages in range(2):
            if outages:
                nats.kill()
                nats.start()
            stray.say("typing", "a", b"abroad")
            await says_until(here, lists[beside])
            await says_until(beside, lists[here])
        assert lists[stray] == []
        assert b"abroad" not in lists[here] + lists[beside]
        for bus in lists:
            await bus.close()


@pytest.mark.anyio
async def test_who_was_among_strangers_speaks_again_when_they_have_gone(
    tmp_path: Path, nats: Nats
) -> None:
    stray, here = await among_strangers(f"{nats.url}/{tmp_path.name}", "cn")
    await stray.close()
    beside, heard = NatsBus(f"{nats.url}/{tmp_path.name}", "cn"), list[bytes]()
    beside.listen("typing", heard.append)
    await says_until(here, heard)
    for bus in (here, beside):
        await bus.close()


async def until(found: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not found():  # noqa: ASYNC110 - what another connection brings, sets no event
            await asyncio.sleep(0.01)
