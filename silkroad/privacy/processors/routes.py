"""HTTP operations of third parties and of transfers: for administrators."""

from __future__ import annotations

from silkroad.http import Call, Empty, operation
from silkroad.kit.inventory import Purpose
from silkroad.kit.permissions import Permission

from . import actions
from .model import Enabling, EnablingSeveral, Reader, ThirdParties
from .transfers import Transfer, TransferDraft


@operation(
    "processors.list",
    "GET",
    "/api/processors",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def list_processors(call: Call, query: Reader) -> ThirdParties:
    """List the third parties that the company decides about, each with its hand-over notice."""
    region, own = await _region(call), call.house.settings.private_push
    return await call.house.db.read(call.scope, actions.third_parties, query.language, region, own)


@operation(
    "processors.enable",
    "PUT",
    "/api/processors/{processor}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def enable(call: Call, processor: str, body: Enabling) -> Empty:
    """Switch a third party on whose hand-over notice was shown, under a contract."""
    region = await _region(call)
    await call.house.db.write(call.scope, actions.enable, processor, body, region)
    return Empty()


@operation(
    "processors.enable_several",
    "PUT",
    "/api/processors",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def enable_several(call: Call, body: EnablingSeveral) -> Empty:
    """Switch several third parties on at once, each of which was shown, under its own contract."""
    region = await _region(call)
    await call.house.db.write(call.scope, actions.enable_several, body.parties, region)
    return Empty()


@operation(
    "processors.end",
    "DELETE",
    "/api/processors/{processor}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def end(call: Call, processor: str) -> Empty:
    """Switch a third party off: nothing goes there any more, and its devices are forgotten."""
    await call.house.db.write(call.scope, actions.end, processor)
    return Empty()


@operation(
    "transfers.record",
    "POST",
    "/api/transfers",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def record_transfer(call: Call, body: TransferDraft) -> Transfer:
    """Decide that data may leave the company's region for a third party, and say on what ground."""
    region = await _region(call)
    return await call.house.db.write(call.scope, actions.record_transfer, body, region)


@operation(
    "transfers.end",
    "DELETE",
    "/api/transfers/{processor}",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def end_transfer(call: Call, processor: str) -> Empty:
    """Take that decision back; what stood on it ends as well."""
    region = await _region(call)
    await call.house.db.write(call.scope, actions.end_transfer, processor, region)
    return Empty()


async def _region(call: Call) -> str:
    return await call.house.db.read(call.scope, call.house.region_of)


operations = [list_processors, enable, enable_several, end, record_transfer, end_transfer]
