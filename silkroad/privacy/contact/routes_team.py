"""HTTP operations of those who answer. Administrators see their company's requests, the operator
those to the installation: by the scope of their session, and never each other's.
"""

from __future__ import annotations

from silkroad.http import Call, Download, Empty, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.privacy.copies import EVERYTHING, Order, copy_of

from . import actions_letters, actions_team
from .model import (
    IdentityAsked,
    IdentityDecision,
    IdentityQuestion,
    RequestAnswer,
    RequestClosing,
    RequestDetail,
    RequestList,
    RequestQuery,
    RequestSubject,
    RequestUnmasked,
    TeamCopy,
    TeamErasure,
)

CONTENT = {DataClass.MESSAGE, DataClass.CONTACT}


@operation(
    "requests.list",
    "GET",
    "/api/requests",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=False,
)
async def list_requests(call: Call, query: RequestQuery) -> RequestList:
    """List the requests by when they are due, without a word of what they say."""
    return await call.house.db.read(call.scope, actions_team.overview, closed=query.closed)


@operation(
    "requests.open",
    "POST",
    "/api/requests/{request_id}/opened",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def open_request(call: Call, request_id: str, body: Empty) -> RequestDetail:  # noqa: ARG001 - nothing to say
    """Read a request; that it was read is written down."""
    return await call.house.db.write(call.scope, actions_team.opened, request_id)


@operation(
    "requests.unmask",
    "POST",
    "/api/requests/{request_id}/unmasked",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns={DataClass.IDENTITY, DataClass.MINOR},
    audited=True,
)
async def unmask(call: Call, request_id: str, body: Empty) -> RequestUnmasked:  # noqa: ARG001 - nothing to say
    """Read what somebody shows who they are with; that it was read is written down."""
    return await call.house.db.write(call.scope, actions_team.unmasked, request_id)


@operation(
    "requests.ask_identity",
    "POST",
    "/api/requests/{request_id}/identity",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def ask_identity(call: Call, request_id: str, body: IdentityQuestion) -> IdentityAsked:
    """Ask somebody to show who they are. A code is returned this once."""
    return await call.house.db.write(call.scope, actions_team.ask_identity, request_id, body.check)


@operation(
    "requests.decide",
    "PUT",
    "/api/requests/{request_id}/identity",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def decide(call: Call, request_id: str, body: IdentityDecision) -> RequestDetail:
    """Accept a proof, or not; either way it is deleted."""
    return await call.house.db.write(
        call.scope, actions_team.decide, request_id, call.house.parties, accepted=body.accepted
    )


@operation(
    "requests.answer",
    "POST",
    "/api/requests/{request_id}/answers",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def answer(call: Call, request_id: str, body: RequestAnswer) -> RequestDetail:
    """Answer a request; one that is about data only to somebody who was verified."""
    return await call.house.db.write(call.scope, actions_team.answer, request_id, body.text)


@operation(
    "requests.close",
    "PUT",
    "/api/requests/{request_id}/closed",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def close(call: Call, request_id: str, body: RequestClosing) -> RequestDetail:
    """Close a request; a year later it is deleted."""
    return await call.house.db.write(call.scope, actions_team.close, request_id, body.outcome)


@operation(
    "requests.bind",
    "PUT",
    "/api/requests/{request_id}/subject",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def bind(call: Call, request_id: str, body: RequestSubject) -> RequestDetail:
    """Say whose data a request is about, of somebody verified who did not come from their chat."""
    return await call.house.db.write(
        call.scope, actions_team.bind, request_id, body.visitor_id, sure=body.sure
    )


@operation(
    "requests.copy",
    "POST",
    "/api/requests/{request_id}/copies",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=EVERYTHING,
    audited=True,
)
async def copy(call: Call, request_id: str, body: TeamCopy) -> Download:
    """Return a copy of all that is held of whoever was verified, to be handed to them."""
    visitor_id = await call.house.db.write(call.scope, actions_team.take_copy, request_id)
    order = Order(
        scope=call.scope,
        people=[visitor_id],
        classes=None,
        language=body.language,
        who=await call.house.db.read(call.scope, call.house.who_answers),
        made_at=call.house.clock.now(),
        left_out=[],
        letters=actions_letters.next_letter,
        permission=Permission.HANDLE_REQUESTS,
    )
    return copy_of(call.house, order, f"{request_id}.zip")


@operation(
    "requests.erase",
    "POST",
    "/api/requests/{request_id}/erasure",
    permission=Permission.HANDLE_REQUESTS,
    purpose=Purpose.RIGHTS,
    returns=CONTENT,
    audited=True,
)
async def erase(call: Call, request_id: str, body: TeamErasure) -> RequestDetail:
    """Erase all that is held of whoever was verified, for good."""
    return await call.house.db.write(call.scope, actions_team.erase, request_id, sure=body.sure)


operations = [
    list_requests,
    open_request,
    unmask,
    ask_identity,
    decide,
    answer,
    close,
    bind,
    copy,
    erase,
]
