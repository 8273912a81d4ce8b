"""Whether this installation is set up, its contact for holes, and the links that it prints."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.http import Call, House, operation
from silkroad.http.dispatch import refusal_response
from silkroad.kit.clock import DAY, SECOND
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import LANGUAGES
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import system

from . import actions
from .model import Controller, SetupState, offered_regions

SECURITY_TXT = "/.well-known/security.txt"
CONTACT_HOLDS = 30 * DAY


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
    return SetupState(
        needed=not await call.house.is_set_up(),
        demo=call.house.demo,
        sms=call.house.sms.state,
        regions=offered_regions(call.house.settings.region),
        languages=list(LANGUAGES),
    )


async def set_up_link(house: House) -> str:
    """Return the one-time address of the set-up page; an older one stops working."""
    return (
        f"{house.settings.origin}/setup#{await house.db.write(system(), actions.new_link, 'setup')}"
    )


async def new_operator_link(house: House) -> str:
    """Return an address that lets its bearer in as the operator, once, within 15 minutes."""
    token = await house.db.write(system(), actions.new_link, "operator")
    return f"{house.settings.origin}/operator#{token}"


def pages(house: House) -> list[Route]:
    """Return /.well-known/security.txt: whom to tell about a hole here (RFC 9116)."""

    async def security_txt(_request: Request) -> Response:
        try:
            known = await house.db.read(system(), actions.controller)
        except Refusal as refusal:
            return refusal_response(refusal)
        text = _security_txt(known, house.settings.origin, house.clock.now())
        return Response(text, media_type="text/plain")

    return [Route(SECURITY_TXT, security_txt)]


def _security_txt(known: Controller, origin: str, now: int) -> str:
    expires = datetime.fromtimestamp((now + CONTACT_HOLDS) // SECOND, UTC)
    lines = [
        f"Contact: mailto:{quote(known.contact_email, safe='@')}",
        *([f"Contact: tel:{known.contact_phone}"] if known.contact_phone else []),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {origin}{SECURITY_TXT}",
    ]
    return "\n".join(lines) + "\n"


operations = [read_setup]
