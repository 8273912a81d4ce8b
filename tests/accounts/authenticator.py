"""A device that keeps passkeys, in software: it answers as a phone would (WebAuthn level 3, §6)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

Json = Any
PRESENT_AND_VERIFIED = 0x05
WITH_KEY = 0x40


class Device:
    """One device with one passkey."""

    def __init__(self, origin: str, host: str = "127.0.0.1") -> None:
        self.origin = origin
        self.count = 0
        self._host = host
        self._id = os.urandom(16)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._user = ""

    def register(self, options: Json) -> Json:
        """Make the passkey that ``navigator.credentials.create`` was asked for."""
        self._user = options["user"]["id"]
        length = len(self._id).to_bytes(2, "big")
        key = bytes(16) + length + self._id + cbor2.dumps(self._cose_key())
        data = self._authenticator_data(PRESENT_AND_VERIFIED | WITH_KEY) + key
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(
            clientDataJSON=self._client_data("webauthn.create", options["challenge"]),
            attestationObject=_text(attested),
        )

    def answer(self, options: Json) -> Json:
        """Sign the challenge that ``navigator.credentials.get`` was given."""
        self.count += 1
        data = self._authenticator_data(PRESENT_AND_VERIFIED)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(_bytes(client_data)).digest()
        return self._credential(
            clientDataJSON=client_data,
            authenticatorData=_text(data),
            signature=_text(self._key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            userHandle=self._user,
        )

    def _credential(self, **response: str) -> Json:
        own = _text(self._id)
        return {"id": own, "rawId": own, "type": "public-key", "response": response}

    def _client_data(self, kind: str, challenge: str) -> str:
        data = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return _text(json.dumps(data).encode())

    def _authenticator_data(self, flags: int) -> bytes:
        host = hashlib.sha256(self._host.encode()).digest()
        return host + bytes([flags]) + self.count.to_bytes(4, "big")

    def _cose_key(self) -> dict[int, Any]:
        point = self._key.public_key().public_numbers()
        return {
            1: 2,
            3: -7,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")
