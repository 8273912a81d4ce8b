"""What is asked of a device, and whether its answer is right. Pure; not for the writer's thread."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from silkroad.kit.clock import MINUTE
from silkroad.kit.errors import refuse

LIFE = 5 * MINUTE
MOST = 20
NAME = "Silkroad"


class Site(NamedTuple):
    """The website that a passkey belongs to: its origin as the browser knows it."""

    origin: str

    @property
    def host(self) -> str:
        """The relying party's id: the host name without a port."""
        return urlsplit(self.origin).hostname or ""


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    """A passkey as its owner sees it."""

    id: str
    name: str
    created_at: int


class Claim(NamedTuple):
    """A challenge that was taken to be answered, and for whose account, if it was for one."""

    challenge: bytes
    account_id: str | None


class Registered(NamedTuple):
    """A new passkey: the device's id for it and its public key."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


class Known(NamedTuple):
    """A passkey to check an answer against."""

    id: str
    account_id: str
    public_key: bytes
    sign_count: int


def registration_options(
    site: Site, challenge: bytes, account_id: str, name: str, have: list[bytes]
) -> dict[str, Any]:
    """Return what ``navigator.credentials.create`` gets; ``have`` are ids of passkeys it has."""
    return _plain(
        generate_registration_options(
            rp_id=site.host,
            rp_name=NAME,
            user_name=name,
            user_id=account_id.encode(),
            challenge=challenge,
            timeout=LIFE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=known) for known in have],
        )
    )


def sign_in_options(site: Site, challenge: bytes) -> dict[str, Any]:
    """Return what ``navigator.credentials.get`` gets: any passkey of this site will do."""
    return _plain(
        generate_authentication_options(
            rp_id=site.host,
            challenge=challenge,
            timeout=LIFE,
            user_verification=UserVerificationRequirement.PREFERRED,
        )
    )


def verified_registration(site: Site, challenge: bytes, credential: Any) -> Registered:
    """Return the passkey that a device made. Raises Refusal ``wrong_credentials``."""
    try:
        made = verify_registration_response(
            credential=_object(credential),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise refuse("wrong_credentials", "The device's answer is not right.") from wrong
    return Registered(made.credential_id, made.credential_public_key, made.sign_count)


def verified_sign_in(site: Site, challenge: bytes, credential: Any, known: Known) -> int:
    """Return a passkey's new sign count. Raises Refusal ``wrong_credentials``.

    A count that went back tells of a copied passkey and is refused (WebAuthn §6.1.1).
    """
    try:
        answer = verify_authentication_response(
            credential=_object(credential),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise refuse("wrong_credentials") from wrong
    return answer.new_sign_count


def credential_id_of(credential: Any) -> bytes:
    """Return the id of the passkey that a device answered with, empty when it is no answer."""
    try:
        return base64url_to_bytes(str(_object(credential)["id"]))
    except (ValueError, KeyError, TypeError):
        return b""


def _object(credential: Any) -> dict[str, Any]:
    if not isinstance(credential, dict):
        raise TypeError("not an object")
    return credential


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(options_to_json(options))
    return plain
