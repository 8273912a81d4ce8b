"""The transit engine of an OpenBao or a Vault wraps the root key. Clause 3.2, decision 028.

Written after OpenBao's API, 2.7 (``/transit/encrypt/:name``, ``/transit/decrypt/:name``). The
service is asked once at each start. What it says about an error is looked at and never repeated:
an answer could hold anything.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Literal, NamedTuple

import msgspec

from silkroad.engines.outbound import (
    Blocked,
    Failure,
    Field,
    Outbound,
    Recipient,
    Request,
    Response,
    TimedOut,
    TooLarge,
)
from silkroad.engines.outbound.targets import read
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.settings import BadSettings, is_loopback

from .root import RESTORE, SIZE, RootKeyUnsafe, is_wrapped

RECIPIENT = "root_key"
SHAPE = "SILKROAD_ROOT_URL must look like https://openbao.example:8200/v1/transit/keys/silkroad"
PURPOSE = base64.b64encode(b"silkroad root key").decode()
"""The associated data: what was wrapped for something else does not open as a root key."""

_PATH = re.compile(
    r"/v1/(?P<mount>(?:[\w-][\w.-]*/)*[\w-][\w.-]*)/keys/(?P<name>\w(?:[\w.-]*\w)?)", re.ASCII
)
_OK = 200

Verb = Literal["encrypt", "decrypt"]


class TransitKey(NamedTuple):
    """A key in a transit engine: whose, where the engine is mounted, and the key's name.

    A namespace is the beginning of the mount, as in ``/v1/team/transit/keys/silkroad``.
    """

    origin: str
    mount: str
    name: str

    def at(self, verb: Verb) -> str:
        return f"{self.origin}/v1/{self.mount}/{verb}/{self.name}"


def read_key(url: str, private: frozenset[str] = frozenset()) -> TransitKey:
    """Take an address apart; plain http is for this machine and for ``private`` origins.

    Raises BadSettings, in whose message nothing of the address stands.
    """
    try:
        target = read(url)
    except Blocked:
        raise BadSettings(SHAPE) from None
    found = _PATH.fullmatch(target.path)
    if found is None or target.scheme not in {"http", "https"}:
        raise BadSettings(SHAPE)
    inside = is_loopback(target.host) or target.origin in private
    if target.scheme == "http" and not inside:
        raise BadSettings("SILKROAD_ROOT_URL must begin with https://")
    return TransitKey(target.origin, found["mount"], found["name"])


def recipient(key: TransitKey) -> Recipient:
    """Return the registry entry of the operator's own service: it gets the root key, once."""
    return Recipient(
        name=RECIPIENT,
        purpose=Purpose.SECURITY,
        data=frozenset({DataClass.NONE}),
        fields=frozenset({Field.ROOT_KEY}),
        hosts=frozenset(),
        vouched=frozenset({key.origin}),
        anywhere=True,  # ``standing`` holds where it is
        request_bytes=4096,
        response_bytes=16 * 1024,
    )


class TransitRoot:
    """The file holds the key as the service has wrapped it: ``vault:v1:`` and so on."""

    def __init__(self, outbound: Outbound, key: TransitKey, token: str) -> None:
        self._outbound = outbound
        self._key = key
        self._token = token

    async def wrap(self, material: bytes) -> bytes:
        plaintext = base64.b64encode(material).decode()
        wrapped = (await self._ask("encrypt", plaintext=plaintext)).ciphertext.encode()
        if not is_wrapped(wrapped):
            raise _no("answers with what is no ciphertext")
        return wrapped

    async def unwrap(self, stored: bytes) -> bytes:
        if len(stored) == SIZE:
            raise RootKeyUnsafe(
                "it holds a key that is not wrapped: "
                "run `silkroad wrap-root-key`, or unset SILKROAD_ROOT_URL"
            )
        if not is_wrapped(stored):
            raise RootKeyUnsafe(f"it holds no wrapped key: {RESTORE}")
        data = await self._ask("decrypt", ciphertext=stored.decode().strip())
        return _key_of(data.plaintext)

    async def _ask(self, verb: Verb, **given: str) -> _Data:
        request = Request(
            RECIPIENT,
            "POST",
            self._key.at(verb),
            {
                "x-vault-token": self._token,
                "x-vault-request": "true",  # an agent in between may insist on it
                "content-type": "application/json",
            },
            msgspec.json.encode({**given, "associated_data": PURPOSE}),
            fields=frozenset({Field.ROOT_KEY}),
        )
        try:
            response = await self._outbound.send(request)
        except Failure as failure:
            raise _no(_failed(failure)) from failure
        if response.status != _OK:
            raise _no(_refused(response))
        try:
            return msgspec.json.decode(response.content, type=_Answer).data
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise _no("answers with what is no answer of a transit engine") from None


class _Data(msgspec.Struct):
    ciphertext: str = ""
    plaintext: str = ""


class _Answer(msgspec.Struct):
    data: _Data


class _Errors(msgspec.Struct):
    errors: list[str]


def _key_of(plaintext: str) -> bytes:
    try:
        material = base64.b64decode(plaintext, validate=True)
    except (ValueError, binascii.Error):
        material = b""
    if len(material) != SIZE:
        raise _no(f"opens it, and what is inside is no key of {SIZE} bytes")
    return material


def _no(why: str) -> RootKeyUnsafe:
    return RootKeyUnsafe(f"the service of SILKROAD_ROOT_URL {why}")


def _failed(failure: Failure) -> str:
    match failure:
        case TimedOut():
            return "does not answer in time"
        case TooLarge():
            return "answers with far too much"
        case Blocked():
            return "has an address that may not be asked"
        case _:
            return "cannot be reached, or shows a certificate that this machine does not trust"


_BY_STATUS = {
    403: "refuses the token of SILKROAD_ROOT_TOKEN_FILE: "
    "it must be valid, and may update encrypt and decrypt of this key, which must exist",
    404: "has no transit engine at this path",
    503: "is sealed or down: unseal it, then start again",
}
_BY_WORDS = (
    ("encryption key not found", "has no key of this name"),
    ("too old", "does not open this version of its key any more: lower min_decryption_version"),
    ("non-AEAD", "has a key of another type there: make one of the type aes256-gcm96"),
    (
        "message authentication failed",
        f"does not open it: it was altered, or wrapped by another key; {RESTORE}",
    ),
    ("invalid ciphertext", f"does not take it for a wrapped key: {RESTORE}"),
)


def _refused(response: Response) -> str:
    """Say what an answer means that is not 200, in our words."""
    try:
        said = " ".join(msgspec.json.decode(response.content, type=_Errors).errors)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        said = ""
    meant = next((meaning for words, meaning in _BY_WORDS if words in said), None)
    return _BY_STATUS.get(response.status) or meant or f"answers with status {response.status}"
