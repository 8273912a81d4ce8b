"""What every way out keeps to, the real one and the one that tests listen to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from silkroad.engines.outbound import Blocked, Outbound, Recipient, Request, Response, Unreachable
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.inventory import DataClass, Purpose
from tests.fakes.dns import Machines, Names
from tests.fakes.gets import GETS
from tests.fakes.recorder import Recorder

pytestmark = pytest.mark.anyio

PARTNER = Recipient(
    name="partner",
    purpose=Purpose.OPERATION,
    data=frozenset({DataClass.OPERATION}),
    fields=GETS,
    hosts=frozenset({"api.partner.example"}),
    request_bytes=1_000,
)
Build = Callable[[], Outbound]


def real() -> Outbound:
    return HttpOutbound(
        [PARTNER], resolve=Names(api_partner_example=[["93.184.216.34"]]), dial=Machines()
    )


def recording() -> Outbound:
    return Recorder([PARTNER], lambda _: Response(200))


@pytest.fixture(params=[real, recording])
def way_out(request: pytest.FixtureRequest) -> Outbound:
    build: Build = request.param
    return build()


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (Request("nobody", "GET", "https://api.partner.example/", fields=GETS), "unregistered"),
        (Request("partner", "GET", "http://api.partner.example/", fields=GETS), "scheme"),
        (Request("partner", "GET", "https://api.partner.example:80/", fields=GETS), "port"),
        (Request("partner", "GET", "https://elsewhere.example/", fields=GETS), "host"),
        (Request("partner", "GET", "https://0x7f000001/", fields=GETS), "malformed"),
        (
            Request(
                "partner", "POST", "https://api.partner.example/", content=b"x" * 1_001, fields=GETS
            ),
            "request_too_large",
        ),
    ],
)
async def test_what_nobody_declared_is_not_sent(
    way_out: Outbound, request_: Request, reason: str
) -> None:
    with pytest.raises(Blocked) as refused:
        await way_out.send(request_)
    assert refused.value.reason == reason


async def test_what_was_declared_is_sent(way_out: Outbound) -> None:
    request = Request(
        "partner", "POST", "https://api.partner.example/", content=b"x" * 1_000, fields=GETS
    )
    assert (await way_out.send(request)).status == 200


async def test_the_recorder_keeps_what_was_sent_and_answers_as_told() -> None:
    def fail(_: Request) -> Response:
        raise Unreachable

    recorder = Recorder([PARTNER], fail)
    request = Request("partner", "GET", "https://api.partner.example/", fields=GETS)
    with pytest.raises(Unreachable):
        await recorder.send(request)
    with pytest.raises(Blocked):
        await recorder.send(Request("nobody", "GET", "https://api.partner.example/", fields=GETS))
    assert recorder.requests == [request]
