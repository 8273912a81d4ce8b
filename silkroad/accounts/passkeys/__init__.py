"""Passkeys: signing in with what one's device keeps (WebAuthn level 3). Clause 3.1.

A passkey is found by the device itself (discoverable), so nobody types who they are. A challenge
lives five minutes and is used once.
"""

from .actions import (
    Asked,
    add_passkey,
    begin,
    count_of,
    find,
    forget,
    list_passkeys,
    remove_passkey,
    sweep,
    take_challenge,
    used,
)
from .model import (
    Claim,
    Known,
    Passkey,
    Registered,
    Site,
    credential_id_of,
    registration_options,
    sign_in_options,
    verified_registration,
    verified_sign_in,
)

__all__ = [
    "Asked",
    "Claim",
    "Known",
    "Passkey",
    "Registered",
    "Site",
    "add_passkey",
    "begin",
    "count_of",
    "credential_id_of",
    "find",
    "forget",
    "list_passkeys",
    "registration_options",
    "remove_passkey",
    "sign_in_options",
    "sweep",
    "take_challenge",
    "used",
    "verified_registration",
    "verified_sign_in",
]
