"""HTTP operations of consents, at the console's door and at the widget's; the same for both."""

from __future__ import annotations

from silkroad.http import Call, Empty, Rate, operation
from silkroad.kit.clock import MINUTE
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language, choose
from silkroad.kit.permissions import Permission

from . import actions, actions_media, queries
from .model import (
    ConsentAnswer,
    ConsentList,
    ConsentQuery,
    MediaDevice,
    MediaGrant,
    MediaGrants,
    Method,
    Receipt,
    Withdrawal,
)

ANSWERS = Rate(burst=60, every=MINUTE)  # of one person: each is a record that stays
MEDIA = Rate(burst=30, every=MINUTE)  # of one person


@operation(
    "consents.list",
    "GET",
    "/api/me/consents",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=False,
)
async def list_consents(call: Call, query: ConsentQuery) -> ConsentList:
    """Return every purpose that rests on consent, its question, and how the caller answered."""
    return await _standing(call, query)


@operation(
    "consents.answer",
    "PUT",
    "/api/me/consents",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=True,
)
async def answer(call: Call, body: ConsentAnswer) -> ConsentList:
    """Agree to one purpose, or say no to it."""
    return await _answered(call, body, "console")


@operation(
    "consents.withdraw",
    "POST",
    "/api/me/consents/withdrawal",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=True,
)
async def withdraw(call: Call, body: Withdrawal) -> ConsentList:
    """Take a consent back; what depends on it ends."""
    return await _withdrawn(call, body, "console")


@operation(
    "consents.receipt",
    "GET",
    "/api/me/consents/receipt",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=False,
)
async def read_receipt(call: Call, query: ConsentQuery) -> Receipt:
    """Return all that the caller ever answered, as records and in words."""
    return await _receipt(call, query)


@operation(
    "media.microphone",
    "POST",
    "/api/me/media/microphone",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.MICROPHONE,
    returns={DataClass.OPERATION},
    audited=True,
)
async def request_microphone(call: Call, body: Empty) -> MediaGrant:
    """Grant the caller a microphone for the beginning of a call."""
    return await _granted(call, "microphone")


@operation(
    "media.camera",
    "POST",
    "/api/me/media/camera",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.CAMERA,
    returns={DataClass.OPERATION},
    audited=True,
)
async def request_camera(call: Call, body: Empty) -> MediaGrant:
    """Grant the caller a camera for the beginning of a call."""
    return await _granted(call, "camera")


@operation(
    "media.list",
    "GET",
    "/api/me/media",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.OPERATION},
    audited=False,
)
async def list_grants(call: Call) -> MediaGrants:
    """Return when the caller was granted a device."""
    return await call.house.db.read(call.scope, queries.grants_of, call.scope.actor_id)


@operation(
    "widget.consents",
    "GET",
    "/api/widget/{inbox_id}/consents",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=False,
)
async def list_visitors_consents(call: Call, inbox_id: str, query: ConsentQuery) -> ConsentList:
    """Return the same for a visitor; who is none yet reads the questions."""
    return await _standing(call, query)


@operation(
    "widget.consents_answer",
    "PUT",
    "/api/widget/{inbox_id}/consents",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=True,
)
async def answer_as_visitor(call: Call, inbox_id: str, body: ConsentAnswer) -> ConsentList:
    """Agree to one purpose, or say no to it."""
    return await _answered(call, body, "widget")


@operation(
    "widget.consents_withdraw",
    "POST",
    "/api/widget/{inbox_id}/consents/withdrawal",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=True,
)
async def withdraw_as_visitor(call: Call, inbox_id: str, body: Withdrawal) -> ConsentList:
    """Take a consent back; what depends on it ends."""
    return await _withdrawn(call, body, "widget")


@operation(
    "widget.consents_receipt",
    "GET",
    "/api/widget/{inbox_id}/consents/receipt",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.CONSENT},
    audited=False,
)
async def read_visitors_receipt(call: Call, inbox_id: str, query: ConsentQuery) -> Receipt:
    """Return all that the visitor ever answered, as records and in words."""
    return await _receipt(call, query)


@operation(
    "widget.microphone",
    "POST",
    "/api/widget/{inbox_id}/media/microphone",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.MICROPHONE,
    returns={DataClass.OPERATION},
    audited=True,
)
async def request_visitors_microphone(call: Call, inbox_id: str, body: Empty) -> MediaGrant:
    """Grant the visitor a microphone for the beginning of a call."""
    return await _granted(call, "microphone")


@operation(
    "widget.camera",
    "POST",
    "/api/widget/{inbox_id}/media/camera",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CAMERA,
    returns={DataClass.OPERATION},
    audited=True,
)
async def request_visitors_camera(call: Call, inbox_id: str, body: Empty) -> MediaGrant:
    """Grant the visitor a camera for the beginning of a call."""
    return await _granted(call, "camera")


@operation(
    "widget.media",
    "GET",
    "/api/widget/{inbox_id}/media",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.ACCOUNTABILITY,
    returns={DataClass.OPERATION},
    audited=False,
)
async def list_visitors_grants(call: Call, inbox_id: str) -> MediaGrants:
    """Return when the visitor was granted a device."""
    return await call.house.db.read(call.scope, queries.grants_of, call.scope.actor_id)


async def _standing(call: Call, query: ConsentQuery) -> ConsentList:
    parties = await call.house.db.read(call.scope, call.house.parties)
    return await call.house.db.read(
        call.scope, queries.standing_of, call.scope.actor_id, _language(call, query), parties
    )


async def _answered(call: Call, body: ConsentAnswer, method: Method) -> ConsentList:
    call.house.throttle.spend(ANSWERS, f"consents|{call.scope.actor_id}")
    parties = await call.house.db.read(call.scope, call.house.parties)
    await call.house.db.write(call.scope, actions.answer, body, parties, method)
    return await _standing(call, ConsentQuery(body.language))


async def _withdrawn(call: Call, body: Withdrawal, method: Method) -> ConsentList:
    await call.house.db.write(call.scope, actions.withdraw_own, body.purpose, method)
    return await _standing(call, ConsentQuery())


async def _receipt(call: Call, query: ConsentQuery) -> Receipt:
    parties = await call.house.db.read(call.scope, call.house.parties)
    return await call.house.db.read(
        call.scope, queries.receipt, call.scope.actor_id, _language(call, query), parties
    )


async def _granted(call: Call, device: MediaDevice) -> MediaGrant:
    call.house.throttle.spend(MEDIA, f"media|{call.scope.actor_id}")
    return await call.house.db.write(call.scope, actions_media.request_media, device)


def _language(call: Call, query: ConsentQuery) -> Language:
    return choose(f"{query.language},{call.header('accept-language')}")


operations = [
    list_consents,
    answer,
    withdraw,
    read_receipt,
    request_microphone,
    request_camera,
    list_grants,
    list_visitors_consents,
    answer_as_visitor,
    withdraw_as_visitor,
    read_visitors_receipt,
    request_visitors_microphone,
    request_visitors_camera,
    list_visitors_grants,
]
