"""HTTP operations for coming in: codes, sign-up, and the ways to sign in. Clauses 1.2.1, 1.6a."""

from __future__ import annotations

import msgspec

from silkroad import accounts
from silkroad.accounts import CodePurpose, PasskeyAnswer, SignInByPassword
from silkroad.http import Call, on_the_beat, operation
from silkroad.installation import checked_region
from silkroad.kit.fields import CodeText, CompanyText, HashText, IdText, NameText, PhoneText
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import Language
from silkroad.kit.permissions import Permission
from silkroad.kit.phones import normalised
from silkroad.kit.scope import anonymous
from silkroad.privacy import policy

from . import actions_entry
from .actions_entry import Accepted
from .routes_me import ABOUT_ME, Me, browser, welcome
from .words import WORDS


class CodeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code, please, to this phone; for whoever is new, after reading the policy of this hash."""

    phone: PhoneText
    purpose: CodePurpose
    notice_hash: HashText = ""


class CodeSent(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to everybody, known or not."""

    challenge_id: str
    expires_at: int
    resend_at: int


class SignUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A company and its first administrator, whose phone the code proves.

    ``notice_hash`` names the policy that they had before them.
    """

    challenge_id: IdText
    code: CodeText
    company_name: CompanyText
    name: NameText
    region: str
    language: Language
    notice_hash: HashText


class SignInByCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code that came to one's phone."""

    challenge_id: IdText
    code: CodeText


@operation(
    "code.request",
    "POST",
    "/api/codes",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=False,
)
async def request_code(call: Call, body: CodeRequest) -> CodeSent:
    """Send a one-time code, if the phone may have one; the answer is the same if not.

    Who signs in has an account, and with it the policy; of anybody else no phone is kept. P.2.
    """
    accounts.require_codes(call)
    if body.purpose != "sign_in":
        await policy.require_shown(call, body.notice_hash)
    phone = normalised(body.phone)
    words = WORDS[call.language].code
    async with on_the_beat():
        to = await call.house.db.read(anonymous(), actions_entry.sender, phone, body.purpose)
        made = await accounts.request_code(call, phone, body.purpose, to, words)
    return CodeSent(challenge_id=made.id, expires_at=made.expires_at, resend_at=made.resend_at)


@operation(
    "account.sign_up",
    "POST",
    "/api/sign-up",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.REGISTRATION,
    returns=ABOUT_ME,
    audited=True,
)
async def sign_up(call: Call, body: SignUp) -> Me:
    """Found a workspace: mobile phone and company name, nothing more."""
    accounts.require_codes(call)
    checked_region(body.region, call.house.settings.region)
    accepted = Accepted(body.notice_hash, await policy.require_shown(call, body.notice_hash))
    phone = await accounts.proved_phone(call, body.challenge_id, "sign_up", body.code)
    founding = actions_entry.founding(
        body.company_name, body.region, body.name, phone, body.language
    )
    return await welcome(
        call,
        await call.house.db.write(
            call.scope, actions_entry.sign_up, founding, accepted, browser(call)
        ),
    )


@operation(
    "account.sign_in_code",
    "POST",
    "/api/sign-in/code",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def sign_in_by_code(call: Call, body: SignInByCode) -> Me:
    """Sign in with a one-time code."""
    phone = await accounts.proved_phone(call, body.challenge_id, "sign_in", body.code)
    sign_in = actions_entry.sign_in_by_phone
    return await welcome(
        call, await call.house.db.write(anonymous(), sign_in, phone, browser(call))
    )


@operation(
    "account.sign_in_password",
    "POST",
    "/api/sign-in/password",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def sign_in_by_password(call: Call, body: SignInByPassword) -> Me:
    """Sign in with phone and password, and an authenticator's code where one is in force."""
    async with on_the_beat():
        account_id = await accounts.proved_by_password(call, body)
    return await _sign_in(call, account_id)


@operation(
    "account.sign_in_passkey",
    "POST",
    "/api/sign-in/passkey",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.AUTHENTICATION,
    returns=ABOUT_ME,
    audited=True,
)
async def sign_in_by_passkey(call: Call, body: PasskeyAnswer) -> Me:
    """Sign in with a passkey."""
    return await _sign_in(call, await accounts.proved_by_passkey(call, body))


async def _sign_in(call: Call, account_id: str) -> Me:
    sign_in = actions_entry.sign_in
    return await welcome(
        call, await call.house.db.write(anonymous(), sign_in, account_id, browser(call))
    )


operations = [
    request_code,
    sign_up,
    sign_in_by_code,
    sign_in_by_password,
    sign_in_by_passkey,
]
