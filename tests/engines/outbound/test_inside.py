"""Nobody who chooses an address can make the one way out knock on a door inside. S10.

Every recipient here is one that a stranger chose: whatever host stands in the address is on its
list. Whatever is dialled in vain is led to a real trap, and the trap must stay empty.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager
from urllib.parse import quote

import httpcore2
import pytest

from silkroad.engines.keyring import transit
from silkroad.engines.outbound import Blocked, Failure, Recipient, Request, TimedOut
from silkroad.engines.outbound import network as pinned
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.privacy.processors import push_services
from tests.depth import by_depth
from tests.fakes.dns import Names
from tests.fakes.gets import GETS
from tests.fakes.loopback import Answer, Loopback, Seen

from .inside import GOOD, inner_4, names, urls

pytestmark = pytest.mark.anyio

PUBLIC = "93.184.216.34"
MEBIBYTE = 1024 * 1024


class Anybody(frozenset[str]):
    """A list of hosts that has every host on it."""

    def __contains__(self, _host: object) -> bool:
        return True


class Trap(httpcore2.AsyncNetworkBackend):
    """Leads every connection to a real listener, which answers as if it were a door inside."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._real = httpcore2.AnyIOBackend()
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002 - the trap has its own
        timeout: float | None = None,  # noqa: ASYNC109 - the engine's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(host)
        return await self._real.connect_tcp(
            "127.0.0.1", self._port, timeout, local_address, socket_options
        )


@asynccontextmanager
async def trap() -> AsyncIterator[tuple[Trap, list[bytes]]]:
    """Open the trap; the list fills with what it hears."""
    caught: list[bytes] = []

    async def heard(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        caught.append(await reader.read(64))
        writer.close()

    listener = await asyncio.start_server(heard, "127.0.0.1", 0)
    async with listener:
        yield Trap(listener.sockets[0].getsockname()[1]), caught


def chosen(*vouched: str, seconds: float = 10) -> Recipient:
    return Recipient(
        name="chosen",
        purpose=Purpose.OPERATION,
        data=frozenset({DataClass.OPERATION}),
        fields=GETS,
        hosts=Anybody(),
        vouched=frozenset(vouched),
        seconds=seconds,
    )


async def refused(way_out: HttpOutbound, url: str, redirects: int = 0) -> bool:
    try:
        await way_out.send(Request("chosen", "GET", url, redirects=redirects, fields=GETS))
    except Failure:
        return True
    return False


class Lost(Names):
    """Names of which nobody has heard lead inside as well."""

    async def __call__(self, host: str) -> Sequence[str]:
        return ["127.0.0.1"] if host not in self._answers else await super().__call__(host)


def way(dial: Trap) -> aclosing[HttpOutbound]:
    return aclosing(HttpOutbound([chosen()], resolve=Lost(), dial=dial))


async def test_no_address_leads_inside() -> None:
    corpus = urls()
    assert len(corpus) > 1_000
    async with trap() as (dial, caught), way(dial) as way_out:
        let_in = [url for url in corpus if not await refused(way_out, url)]
    assert (let_in, dial.dialled, caught) == ([], [], [])


async def test_no_name_leads_inside_not_even_the_second_time() -> None:
    known = names()
    async with trap() as (dial, caught):
        lost = Lost()
        lost._answers = known
        async with aclosing(HttpOutbound([chosen()], resolve=lost, dial=dial)) as way_out:
            for name in known:
                assert await refused(way_out, f"https://{name}/")
                assert await refused(way_out, f"https://{name}/"), "and again"
    assert set(dial.dialled) == {PUBLIC}, "the good answer of those that move, and nothing else"
    assert len(caught) == sum(name.startswith("moves") for name in known)


async def test_no_redirect_leads_inside() -> None:
    corpus = urls()

    def leads(seen: Seen) -> Answer:
        return Answer(302, {"location": header(corpus[int(seen.path[1:])])})

    with Loopback(leads) as site:
        vouching = chosen(site.origin)
        async with trap() as (dial, caught):
            dial_site = Door(site.port, dial)
            async with aclosing(
                HttpOutbound([vouching], resolve=Lost(), dial=dial_site)
            ) as way_out:
                for number in range(len(corpus)):
                    assert await refused(way_out, f"{site.origin}/{number}", redirects=3)
        assert (dial.dialled, caught) == ([], [])
        assert len(site.seen) >= len(corpus)


class Door(httpcore2.AsyncNetworkBackend):
    """Lets the vouched site through, and everything else into the trap."""

    def __init__(self, port: int, trap: Trap) -> None:
        self._port, self._trap, self._real = port, trap, httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the engine's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        way = self._real if (host, port) == ("127.0.0.1", self._port) else self._trap
        return await way.connect_tcp(host, port, timeout, local_address, socket_options)


def header(url: str) -> str:
    """Return an address as it can stand in a header at all."""
    return quote(url, safe="".join(map(chr, range(33, 127))))


@pytest.mark.parametrize(
    "address", [a for a in inner_4() if a.startswith(("0.", "169.254", "22", "24"))]
)
async def test_what_the_operator_vouches_for_is_never_the_clouds_own_door(address: str) -> None:
    vouching = chosen("https://intern.example")
    async with trap() as (dial, caught):
        resolve = Names(intern_example=[[address]])
        async with aclosing(HttpOutbound([vouching], resolve=resolve, dial=dial)) as way_out:
            with pytest.raises(Blocked, match="not_at_home"):
                await way_out.send(Request("chosen", "GET", "https://intern.example/", fields=GETS))
    assert (dial.dialled, caught) == ([], [])


async def test_a_body_that_drips_ends_with_the_time() -> None:
    seconds = by_depth(0.3, 10.0, 10.0)
    with Loopback(lambda _: Answer(mishap="drip")) as site:
        async with aclosing(HttpOutbound([chosen(site.origin, seconds=seconds)])) as way_out:
            began = time.monotonic()
            with pytest.raises(TimedOut):
                await way_out.send(Request("chosen", "GET", site.origin, fields=GETS))
            assert time.monotonic() - began < seconds + 1


def test_no_recipient_may_take_longer_or_send_more_than_is_promised() -> None:
    root = transit.recipient(transit.read_key("https://bao.example/v1/transit/keys/k"))
    for recipient in (*push_services(), root, chosen()):
        assert recipient.seconds <= 10
        assert recipient.response_bytes <= MEBIBYTE
        assert recipient.request_bytes <= MEBIBYTE


async def test_the_trap_catches_a_way_out_that_does_not_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The test itself can tell: with the check of addresses taken out, the trap is full."""
    monkeypatch.setattr(pinned, "reachable", lambda _address, _trust: True)
    async with trap() as (dial, caught), way(dial) as way_out:
        for url in urls()[:200]:
            assert await refused(way_out, url), "the trap speaks no TLS"
    assert len(dial.dialled) > 40
    assert len(caught) > 40
    assert GOOD not in dial.dialled
