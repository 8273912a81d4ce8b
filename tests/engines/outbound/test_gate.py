"""What is sent for a company passes a gate; without one nothing is sent. Clauses 1.8b, 5.0."""

from __future__ import annotations

import pytest

from silkroad.engines.outbound import Blocked, Recipient, Request
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.inventory import DataClass, Purpose
from tests.fakes.dns import Machines, Names
from tests.fakes.gets import GETS

pytestmark = pytest.mark.anyio

HERE = "https://api.partner.example/"


class Trap:
    """A way out whose network only counts, with a company that has the partner on."""

    def __init__(self, *, by_workspace: bool = True) -> None:
        self.asked: list[tuple[str, str]] = []
        self.names = Names(api_partner_example=[["93.184.216.34"]])
        self.machines = Machines()
        partner = Recipient(
            name="partner",
            purpose=Purpose.OPERATION,
            data=frozenset({DataClass.OPERATION}),
            fields=GETS,
            hosts=frozenset({"api.partner.example"}),
            by_workspace=by_workspace,
        )
        self.way_out = HttpOutbound([partner], resolve=self.names, dial=self.machines)

    async def gate(self, request: Request) -> None:
        self.asked.append((request.workspace_id, request.recipient))
        if request.workspace_id != "wsp_on":
            raise Blocked("not_enabled")

    async def refused(self, workspace_id: str) -> str:
        """Send, and return why it was not sent; nobody may have been dialled or looked up."""
        with pytest.raises(Blocked) as refused:
            await self.way_out.send(
                Request("partner", "GET", HERE, workspace_id=workspace_id, fields=GETS)
            )
        assert (self.names.asked, self.machines.dialled) == ([], [])
        return refused.value.reason


async def test_without_a_gate_nothing_is_sent_for_a_company() -> None:
    assert await Trap().refused("wsp_on") == "not_enabled"


async def test_what_is_for_nobody_is_not_sent() -> None:
    trap = Trap()
    trap.way_out.gate = trap.gate
    assert await trap.refused("") == "nobodys"
    assert trap.asked == []


async def test_the_gate_is_asked_each_time_for_each_company() -> None:
    trap = Trap()
    trap.way_out.gate = trap.gate
    assert await trap.refused("wsp_off") == "not_enabled"
    for _ in range(2):
        answer = await trap.way_out.send(
            Request("partner", "GET", HERE, workspace_id="wsp_on", fields=GETS)
        )
        assert answer.status == 200
    assert trap.asked == [("wsp_off", "partner"), ("wsp_on", "partner"), ("wsp_on", "partner")]


async def test_what_is_the_installations_own_asks_no_company() -> None:
    trap = Trap(by_workspace=False)
    assert (await trap.way_out.send(Request("partner", "GET", HERE, fields=GETS))).status == 200
