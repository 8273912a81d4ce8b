"""Passwords, and the authenticator codes (TOTP) that can stand beside them. Clause 3.1.

A password is stored as an argon2id hash, and the hash is sealed, so a stolen file cannot even be
guessed at. An authenticator's code counts once.
"""

from .actions import (
    confirm_totp,
    forget,
    has_password,
    has_totp,
    hash_of,
    remove_password,
    remove_totp,
    set_password,
    start_totp,
    use_totp,
)
from .model import (
    NOBODYS_HASH,
    PER_ACCOUNT,
    PER_ADDRESS,
    hashed,
    matches,
    refuse_weak,
    totp_uri,
)

__all__ = [
    "NOBODYS_HASH",
    "PER_ACCOUNT",
    "PER_ADDRESS",
    "confirm_totp",
    "forget",
    "has_password",
    "has_totp",
    "hash_of",
    "hashed",
    "matches",
    "refuse_weak",
    "remove_password",
    "remove_totp",
    "set_password",
    "start_totp",
    "totp_uri",
    "use_totp",
]
