"""HTTP operations of whoever writes: they need no account, and a secret link opens the rest."""

from __future__ import annotations

from dataclasses import replace

from silkroad.http import Call, Download, Rate, operation
from silkroad.kit.clock import MINUTE, SECOND
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import anonymous
from silkroad.privacy.copies import EVERYTHING, Order, copy_of

from . import actions, actions_letters, actions_rights
from .model import (
    CopyWish,
    NewRequest,
    PersonsRequest,
    RequestConsent,
    RequestErasure,
    RequestProof,
    RequestReply,
    RequestSent,
    RequestToken,
    deadlines,
    reference,
)
from .page import ANSWER
from .phrases import Notice, notice

ANYBODY = anonymous(Purpose.RIGHTS)  # a link is all that its bearer has to show

SENDS = Rate(burst=5, every=3 * MINUTE)  # new requests from one address
FLOOD = Rate(burst=200, every=10 * SECOND)  # new requests from everybody to one company
LOOKS = Rate(burst=60, every=SECOND)  # looks at links from one address
COPIES = Rate(burst=6, every=MINUTE)  # from one address: each reads all there is of somebody
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
        url=answer_url(call, body.language, token),
        due_at=deadlines(call.house.clock.now()).due_at,
    )


async def notice_here(call: Call, language: Language) -> Notice:
    """Return what somebody is told before they write to the company of the caller's scope."""
    who = await call.house.db.read(call.scope, call.house.who_answers)
    return notice(language, who)


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
    await call.house.db.write(ANYBODY, actions.reply, body, call.house.who_answers)
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
    if not await call.house.db.write(ANYBODY, actions.prove, body):
        raise refuse("wrong_code")
    return await _seen(call, body.token)


@operation(
    "contact.consent",
    "POST",
    "/api/contact/consent",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.MESSAGE},
    audited=True,
)
async def consent(call: Call, body: RequestConsent) -> PersonsRequest:
    """Agree, as a child's parent or guardian, that the child may chat."""
    call.house.throttle.spend(PROOFS, f"consent|{call.network}")
    await call.house.db.write(ANYBODY, actions.consent, body, call.house.who_answers)
    return await _seen(call, body.token)


@operation(
    "contact.revoke",
    "POST",
    "/api/contact/revoke",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.MESSAGE},
    audited=True,
)
async def revoke(call: Call, body: RequestToken) -> PersonsRequest:
    """Take that consent back, at once."""
    call.house.throttle.spend(PROOFS, f"consent|{call.network}")
    await call.house.db.write(ANYBODY, actions.revoke, body.token)
    return await _seen(call, body.token)


@operation(
    "contact.copy",
    "POST",
    "/api/contact/copy",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns=EVERYTHING,
    audited=True,
)
async def copy(call: Call, body: CopyWish) -> Download:
    """Return a copy of all that is held of the person, made anew."""
    call.house.throttle.spend(COPIES, f"copy|{call.network}")
    write, who = call.house.db.write, call.house.who_answers
    taken = await write(ANYBODY, actions_rights.take_copy, body.token, who)
    order = Order(
        scope=replace(ANYBODY, workspace_id=taken.workspace_id),
        people=[taken.visitor_id],
        classes=None,
        language=body.language,
        who=taken.who,
        made_at=call.house.clock.now(),
        left_out=[],
        letters=actions_letters.next_letter,
        permission=None,
    )
    return copy_of(call.house, order, "silkroad-copy.zip")


@operation(
    "contact.erase",
    "POST",
    "/api/contact/erase",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns={DataClass.MESSAGE},
    audited=True,
)
async def erase(call: Call, body: RequestErasure) -> PersonsRequest:
    """Erase all that is held of a child, for good."""
    call.house.throttle.spend(PROOFS, f"erase|{call.network}")
    await call.house.db.write(ANYBODY, actions_rights.erase, body.token, sure=body.sure)
    return await _seen(call, body.token)


async def _seen(call: Call, token: str) -> PersonsRequest:
    return await call.house.db.read(ANYBODY, actions.read, token, call.house.who_answers)


def answer_url(call: Call, language: Language, token: str) -> str:
    """Return a secret link: what stands behind the # reaches no log."""
    return f"{call.house.settings.origin}{ANSWER}?language={language}#{token}"


operations = [send, send_to_company, read, reply, prove, consent, revoke, copy, erase]
