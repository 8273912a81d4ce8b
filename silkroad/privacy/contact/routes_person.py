"""HTTP operations of whoever writes: they need no account, and a secret link opens the rest."""

from __future__ import annotations

from silkroad.http import Call, Empty, Rate, operation
from silkroad.kit.clock import MINUTE, SECOND
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import anonymous

from . import actions
from .model import (
    VOUCHER_LIFE,
    NewRequest,
    PersonsRequest,
    RequestProof,
    RequestReply,
    RequestSent,
    RequestToken,
    Voucher,
    deadlines,
    reference,
)
from .page import ANSWER, FORM
from .phrases import Notice, notice

SENDS = Rate(burst=5, every=3 * MINUTE)  # new requests from one address
FLOOD = Rate(burst=200, every=10 * SECOND)  # new requests from everybody to one company
LOOKS = Rate(burst=60, every=SECOND)  # looks at links from one address
PROOFS = Rate(burst=10, every=30 * SECOND)  # from one address


@operation(
    "contact.send",
    "POST",
    "/api/contact",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=True,
)
async def send(call: Call, body: NewRequest) -> RequestSent:
    """Write to whoever runs this installation."""
    return await _send(call, body)


@operation(
    "contact.send_to_company",
    "POST",
    "/api/widget/{inbox_id}/requests",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=True,
)
async def send_to_company(call: Call, inbox_id: str, body: NewRequest) -> RequestSent:  # noqa: ARG001 - the door found the company by it
    """Write to the company that an inbox belongs to."""
    return await _send(call, body)


async def _send(call: Call, body: NewRequest) -> RequestSent:
    call.house.throttle.spend(SENDS, f"contact|{call.network}")
    call.house.throttle.spend(FLOOD, f"contact|{call.scope.workspace_id}")
    shown = await notice_here(call, body.language)
    request_id, token = await call.house.db.write(call.scope, actions.send, body, shown.hash)
    return RequestSent(
        reference=reference(request_id),
        url=f"{call.house.settings.origin}{ANSWER}?language={body.language}#{token}",
        due_at=deadlines(call.house.clock.now()).due_at,
    )


async def notice_here(call: Call, language: Language) -> Notice:
    """Return what somebody is told before they write to the company of the caller's scope."""
    who = await call.house.db.read(call.scope, call.house.who_answers)
    return notice(language, who)


@operation(
    "contact.vouch",
    "POST",
    "/api/widget/{inbox_id}/voucher",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=False,
)
async def vouch(call: Call, inbox_id: str, body: Empty) -> Voucher:  # noqa: ARG001 - nothing to say
    """Return the form's address for the calling visitor, so that nothing more is asked of them."""
    voucher = await call.house.db.read(call.scope, actions.vouch)
    url = f"{call.house.settings.origin}{FORM}?inbox={inbox_id}&voucher={voucher}"
    return Voucher(url, call.house.clock.now() + VOUCHER_LIFE)


@operation(
    "contact.read",
    "POST",
    "/api/contact/read",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.MESSAGE},
    audited=False,
)
async def read(call: Call, body: RequestToken) -> PersonsRequest:
    """Return what is under a secret link: the request, where it stands, and the answers."""
    call.house.throttle.spend(LOOKS, f"contact|{call.network}")
    return await _seen(call, body.token)


@operation(
    "contact.reply",
    "POST",
    "/api/contact/reply",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.MESSAGE},
    audited=False,
)
async def reply(call: Call, body: RequestReply) -> PersonsRequest:
    """Say more about a request."""
    call.house.throttle.spend(SENDS, f"reply|{call.network}")
    await call.house.db.write(anonymous(), actions.reply, body.token, body.text)
    return await _seen(call, body.token)


@operation(
    "contact.prove",
    "POST",
    "/api/contact/prove",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.MESSAGE},
    audited=True,
)
async def prove(call: Call, body: RequestProof) -> PersonsRequest:
    """Show who one is, in the way that was asked for."""
    call.house.throttle.spend(PROOFS, f"proof|{call.network}")
    if not await call.house.db.write(anonymous(), actions.prove, body.token, body.proof):
        raise refuse("wrong_code")
    return await _seen(call, body.token)


async def _seen(call: Call, token: str) -> PersonsRequest:
    return await call.house.db.read(anonymous(), actions.read, token, call.house.who_answers)


operations = [send, send_to_company, vouch, read, reply, prove]
