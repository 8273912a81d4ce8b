"""Showing who one is: by a one-time code, a password, or a passkey.

Each proof counts its try in one transaction before it is judged, does its slow work (argon2id,
WebAuthn) in a thread of its own, and takes as long for somebody unknown.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
import structlog

from silkroad.http import CONSOLE, Call, Rate
from silkroad.kit.clock import SECOND
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.fields import CodeText, IdText, NameText, PasswordText, PhoneText
from silkroad.kit.phones import normalised
from silkroad.kit.scope import anonymous

from . import actions, passkeys, passwords
from .codes import Challenge, CodePurpose

log = structlog.get_logger()

KNOCKS = Rate(burst=30, every=2 * SECOND)
_sending: set[asyncio.Task[None]] = set()


class SignInByPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phone, its password, and the authenticator's code where one is in force."""

    phone: PhoneText
    password: PasswordText
    totp: CodeText | None = None


class PasskeyOptions(msgspec.Struct, frozen=True):
    """What the browser passes to the device, and the challenge to answer with."""

    challenge_id: str
    options: Any


class PasskeyAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the device answered; a new passkey has a name."""

    challenge_id: IdText
    credential: Annotated[Any, msgspec.Meta(description="a PublicKeyCredential as JSON")]
    name: NameText | None = None


def knock(call: Call) -> None:
    """Let one address try doors at a human's pace. Raises Refusal ``throttled``."""
    call.house.throttle.spend(KNOCKS, call.network)


def site(call: Call) -> passkeys.Site:
    return passkeys.Site(call.house.settings.origin)


def codes_work(call: Call) -> bool:
    """Whether this installation can send one-time codes."""
    return call.house.sms.state != "not_configured"


def require_codes(call: Call) -> None:
    """Raise Refusal ``sms_not_configured`` for everybody alike when no code can be sent."""
    if not codes_work(call):
        raise refuse("sms_not_configured")


async def request_code(
    call: Call, phone: str, purpose: CodePurpose, to: str | None, words: str
) -> Challenge:
    """Make a code and send it if it is for somebody. The answer never waits for the sending.

    ``words`` is the message, with ``{code}`` in it. Raises Refusal ``throttled``, ``spend_cap``.
    """
    address = call.network
    made = await call.house.db.write(
        anonymous(), actions.begin_code, phone, purpose, address, to=to
    )
    if made.deliver:
        send_soon(call, phone, words.replace("{code}", made.code))
    return made


def send_soon(call: Call, phone: str, text: str) -> None:
    """Send a text message in the background; a failure is logged, and the person asks again."""
    task = asyncio.get_running_loop().create_task(_send(call, phone, text))
    _sending.add(task)
    task.add_done_callback(_sending.discard)


async def _send(call: Call, phone: str, text: str) -> None:
    try:
        await call.house.sms.send(phone, text)
    except Refusal as refusal:
        log.warning("sms_failed", error=refusal.code)
    except Exception as failure:  # noqa: BLE001 - a vendor may fail in any way; nobody waits
        log.warning("sms_failed", error=type(failure).__name__)


async def proved_phone(call: Call, challenge_id: str, purpose: CodePurpose, code: str) -> str:
    """Return the phone that a code proves. Raises Refusal ``wrong_code``, ``code_expired``."""
    knock(call)
    phone = await call.house.db.write(anonymous(), actions.try_code, challenge_id, purpose, code)
    if phone is None:
        raise refuse("wrong_code")
    return phone


async def proved_by_password(call: Call, given: SignInByPassword) -> str:
    """Return the account of a phone and password.

    Raises Refusal ``wrong_credentials``, ``totp_required``, ``throttled``.
    """
    check = await call.house.db.write(
        anonymous(),
        actions.begin_password,
        normalised(given.phone),
        call.cookie(CONSOLE),
        call.network,
    )
    if not await asyncio.to_thread(passwords.matches, given.password, check.password_hash):
        raise refuse("wrong_credentials")
    return await call.house.db.write(anonymous(), actions.finish_password, check, given.totp)


async def passkey_options(call: Call) -> PasskeyOptions:
    """Return a challenge that any passkey of this site may answer."""
    knock(call)
    asked = await call.house.db.write(anonymous(), actions.begin_passkey_sign_in)
    return PasskeyOptions(asked.id, passkeys.sign_in_options(site(call), asked.challenge))


async def proved_by_passkey(call: Call, answer: PasskeyAnswer) -> str:
    """Return the account of a passkey. Raises Refusal ``wrong_credentials``, ``code_expired``."""
    knock(call)
    db = call.house.db
    challenge = await db.write(anonymous(), actions.take_passkey_challenge, answer.challenge_id)
    credential_id = passkeys.credential_id_of(answer.credential)
    known = await db.read(anonymous(), actions.find_passkey, credential_id)
    count = await asyncio.to_thread(
        passkeys.verified_sign_in, site(call), challenge, answer.credential, known
    )
    return await db.write(anonymous(), actions.finish_passkey, known, count)
