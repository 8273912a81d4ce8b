"""What an account is, in the words of its owner."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Account(NamedTuple):
    """A person with a phone. ``proved``: a code has shown once that the phone is theirs."""

    id: str
    phone: str
    proved: bool


class MyAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One's own account: the phone and the ways to sign in."""

    id: str
    phone: str
    has_password: bool
    has_totp: bool
    passkeys: int


class PasswordCheck(NamedTuple):
    """What a password is to be checked against. Nobody's account has a hash that never matches."""

    account_id: str | None
    password_hash: str
    who: str
    address: str
