"""What the real way out does with names, connections, answers and mishaps."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

import httpcore2
import pytest

from silkroad.engines.outbound import (
    Blocked,
    Recipient,
    Request,
    TimedOut,
    TooLarge,
    Unreachable,
)
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.engines.outbound.network import ask_the_system
from silkroad.kit.inventory import DataClass, Purpose
from tests.fakes.certificates import identity
from tests.fakes.dns import Machines, Names
from tests.fakes.gets import GETS
from tests.fakes.loopback import Answer, Loopback, Mishap, Seen

pytestmark = pytest.mark.anyio

PUBLIC = "93.184.216.34"
ALSO_PUBLIC = "2606:4700:4700::1111"


def partner(
    *vouched: str, hosts: Sequence[str] = ("api.partner.example",), seconds: float = 5
) -> Recipient:
    return Recipient(
        name="partner",
        purpose=Purpose.OPERATION,
        data=frozenset({DataClass.OPERATION}),
        fields=GETS,
        hosts=frozenset(hosts),
        vouched=frozenset(vouched),
        seconds=seconds,
        request_bytes=1_000,
        response_bytes=10_000,
    )


def get(url: str, *, redirects: int = 0, **headers: str) -> Request:
    return Request("partner", "GET", url, headers, redirects=redirects, fields=GETS)


async def test_a_name_is_resolved_once_and_the_checked_address_is_dialled() -> None:
    names, machines = Names(api_partner_example=[[PUBLIC], ["127.0.0.1"]]), Machines()
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        response = await way_out.send(get("https://api.partner.example/"))
    assert (response.status, response.content) == (200, b"ok")
    assert names.asked == ["api.partner.example"]
    assert machines.dialled == [(PUBLIC, 443)]


async def test_a_name_that_moves_inside_is_blocked_from_then_on() -> None:
    names, machines = Names(api_partner_example=[[PUBLIC], ["127.0.0.1"]]), Machines()
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        await way_out.send(get("https://api.partner.example/"))
        with pytest.raises(Blocked, match="private_address"):
            await way_out.send(get("https://api.partner.example/"))
    assert machines.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::ffff:10.0.0.1"],
        ["169.254.169.254"],
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        [PUBLIC, "fd00::1"],
    ],
)
async def test_one_inner_address_among_the_answers_blocks_them_all(addresses: list[str]) -> None:
    names, machines = Names(api_partner_example=[addresses]), Machines()
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        with pytest.raises(Blocked, match="private_address"):
            await way_out.send(get("https://api.partner.example/"))
    assert machines.dialled == []


async def test_a_number_in_the_address_is_checked_without_asking_anybody() -> None:
    listed = partner(hosts=["127.0.0.1", PUBLIC, "::1"])
    names, machines = Names(), Machines()
    async with aclosing(HttpOutbound([listed], resolve=names, dial=machines)) as way_out:
        for inside in ("https://127.0.0.1/", "https://[::1]/"):
            with pytest.raises(Blocked, match="private_address"):
                await way_out.send(get(inside))
        await way_out.send(get(f"https://{PUBLIC}/"))
    assert (names.asked, machines.dialled) == ([], [(PUBLIC, 443)])


async def test_a_machine_that_is_down_is_passed_over_for_the_next_checked_one() -> None:
    names = Names(api_partner_example=[[ALSO_PUBLIC, PUBLIC]])
    machines = Machines(down=[ALSO_PUBLIC])
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        await way_out.send(get("https://api.partner.example/"))
    assert machines.dialled == [(ALSO_PUBLIC, 443), (PUBLIC, 443)]


async def test_all_machines_down_or_no_address_at_all_is_unreachable() -> None:
    names = Names(api_partner_example=[[ALSO_PUBLIC, PUBLIC], []])
    machines = Machines(down=[ALSO_PUBLIC, PUBLIC])
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        for _ in range(2):
            with pytest.raises(Unreachable):
                await way_out.send(get("https://api.partner.example/"))
    assert len(machines.dialled) == 2


async def test_a_dozen_addresses_are_not_all_tried() -> None:
    many = [f"93.184.216.{number}" for number in range(1, 13)]
    names, machines = Names(api_partner_example=[many]), Machines(down=many)
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        with pytest.raises(Unreachable):
            await way_out.send(get("https://api.partner.example/"))
    assert [address for address, _ in machines.dialled] == many[:4]


async def test_a_name_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        await ask_the_system("nobody.invalid")
    assert "127.0.0.1" in await ask_the_system("localhost")


async def test_host_name_and_certificate_are_the_names_not_the_addresses(tmp_path: Path) -> None:
    server, client = identity(tmp_path, "shop.example")
    asked: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: asked.append(name)
    with Loopback(echo_host, tls=server) as site:
        origin = f"https://shop.example:{site.port}"
        names = Names(shop_example=[["127.0.0.1"]])
        async with aclosing(
            HttpOutbound([partner(origin)], resolve=names, trust=client)
        ) as way_out:
            response = await way_out.send(get(f"{origin}/"))
    assert response.content == f"shop.example:{site.port}".encode()
    assert asked == ["shop.example"]


async def test_a_certificate_of_somebody_else_is_unreachable(tmp_path: Path) -> None:
    server, client = identity(tmp_path, "shop.example")
    with Loopback(lambda _: Answer(), tls=server) as site:
        stranger, wrong_name = (
            f"https://shop.example:{site.port}",
            f"https://bank.example:{site.port}",
        )
        names = Names(shop_example=[["127.0.0.1"]], bank_example=[["127.0.0.1"]])
        for origin, trust in ((stranger, None), (wrong_name, client)):
            async with aclosing(
                HttpOutbound([partner(origin)], resolve=names, trust=trust)
            ) as way_out:
                with pytest.raises(Unreachable):
                    await way_out.send(get(f"{origin}/"))
    assert site.seen == []


async def test_what_is_sent_is_what_was_asked_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    told = Answer(202, {"X-Told": "you", "set-cookie": "track=1"}, b"taken")
    with Loopback(lambda _: told) as site:
        async with aclosing(HttpOutbound([partner(site.origin)])) as way_out:
            post = Request(
                "partner", "POST", f"{site.origin}/a?b=c", {"X-Ours": "1"}, b"hello", fields=GETS
            )
            response = await way_out.send(post)
            await way_out.send(get(f"{site.origin}/again"))
    assert (response.status, response.headers["x-told"], response.content) == (202, "you", b"taken")
    first, second = site.seen
    assert (first.method, first.path, first.content) == ("POST", "/a?b=c", b"hello")
    assert {name.lower() for name in first.headers} == {
        "x-ours",
        "host",
        "accept-encoding",
        "content-length",
    }
    assert first.headers["accept-encoding"] == "identity"
    assert {name.lower() for name in second.headers} == {"host", "accept-encoding"}


@pytest.mark.parametrize("value", ["a\r\nx-evil: 1", "a\x00b", "ü"])
async def test_a_header_that_is_none_is_not_sent(value: str) -> None:
    with Loopback(lambda _: Answer()) as site:
        async with aclosing(HttpOutbound([partner(site.origin)])) as way_out:
            with pytest.raises(Blocked, match="malformed"):
                await way_out.send(get(site.origin, x=value))
    assert site.seen == []


@pytest.mark.parametrize(
    ("mishap", "seconds", "end"), [("never", 0.2, TimedOut), ("endless", 20.0, TooLarge)]
)
async def test_time_and_bytes_are_capped(
    mishap: Mishap, seconds: float, end: type[Exception]
) -> None:
    with Loopback(lambda _: Answer(mishap=mishap)) as site:
        async with aclosing(HttpOutbound([partner(site.origin, seconds=seconds)])) as way_out:
            with pytest.raises(end):
                await way_out.send(get(site.origin))


async def test_a_resolver_that_never_answers_uses_up_the_same_seconds() -> None:
    async def hang(_: str) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    async with aclosing(HttpOutbound([partner(seconds=0.05)], resolve=hang)) as way_out:
        with pytest.raises(TimedOut):
            await way_out.send(get("https://api.partner.example/"))


async def test_a_cut_connection_or_a_closed_door_is_unreachable() -> None:
    with Loopback(lambda _: Answer(mishap="reset")) as site:
        async with aclosing(HttpOutbound([partner(site.origin)])) as way_out:
            with pytest.raises(Unreachable):
                await way_out.send(get(site.origin))
    async with aclosing(HttpOutbound([partner(site.origin)])) as way_out:
        with pytest.raises(Unreachable):
            await way_out.send(get(site.origin))


async def test_no_answer_in_http_is_unreachable() -> None:
    names = Names(api_partner_example=[[PUBLIC]])
    dial = httpcore2.AsyncMockBackend([b"220 mail.example ESMTP\r\n"])
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=dial)) as way_out:
        with pytest.raises(Unreachable):
            await way_out.send(get("https://api.partner.example/"))


async def test_a_vouched_connection_serves_nobody_who_is_not_vouched_for() -> None:
    insider = partner("https://intern.example")
    stranger = dataclasses.replace(insider, name="stranger", hosts=frozenset({"intern.example"}))
    stranger = dataclasses.replace(stranger, vouched=frozenset())
    names = Names(intern_example=[["10.0.0.5"]])
    kept_open = httpcore2.AsyncMockBackend([b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"] * 2)
    async with aclosing(
        HttpOutbound([insider, stranger], resolve=names, dial=kept_open)
    ) as way_out:
        await way_out.send(get("https://intern.example/"))
        with pytest.raises(Blocked, match="private_address"):
            await way_out.send(Request("stranger", "GET", "https://intern.example/", fields=GETS))
        await way_out.send(get("https://intern.example/"))


async def test_nobody_sees_an_address_in_a_failure_or_a_representation() -> None:
    secret = "https://api.partner.example/push/very-secret"
    request = get(secret, authorization="very-secret")
    assert "very-secret" not in repr(request)
    machines = Machines(down=[PUBLIC])
    names = Names(api_partner_example=[[PUBLIC]])
    async with aclosing(HttpOutbound([partner()], resolve=names, dial=machines)) as way_out:
        with pytest.raises(Unreachable) as failed:
            await way_out.send(request)
    assert "very-secret" not in repr(failed.value)


def echo_host(seen: Seen) -> Answer:
    return Answer(content=seen.headers["host"].encode())
