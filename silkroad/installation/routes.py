"""Whether this installation is set up, and the links that its server prints."""

from __future__ import annotations

from silkroad.http import Call, House, operation
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import LANGUAGES
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import system

from . import actions
from .model import REGIONS, SetupState


@operation(
    "setup.read",
    "GET",
    "/api/setup",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.REGISTRATION,
    returns=set(),
    audited=False,
)
async def read_setup(call: Call) -> SetupState:
    """Say whether this installation still has to be set up."""
    if not call.house.set_up:  # it may have been done in the terminal meanwhile
        await prepare(call.house)
    return SetupState(
        needed=not call.house.set_up,
        demo=call.house.demo,
        sms=call.house.sms.state,
        regions=list(REGIONS),
        languages=list(LANGUAGES),
    )


async def prepare(house: House) -> None:
    """Find out whether the installation is set up."""
    house.set_up = await house.db.read(system(), actions.is_set_up)


async def set_up_link(house: House) -> str:
    """Return the one-time address of the set-up page; an older one stops working."""
    return (
        f"{house.settings.origin}/setup#{await house.db.write(system(), actions.new_link, 'setup')}"
    )


async def new_operator_link(house: House) -> str:
    """Return an address that lets its bearer in as the operator, once, within 15 minutes."""
    token = await house.db.write(system(), actions.new_link, "operator")
    return f"{house.settings.origin}/operator#{token}"


operations = [read_setup]
