"""A transit engine on loopback that says what OpenBao's says, word by word, and nothing more. ::

    with Transit() as service:
        settings = service.settings(folder)  # what an operator sets, with a key that was made
        ...
        service.rotate()

Written after OpenBao 2.7.2 (API, `path_encrypt.go`, `path_decrypt.go`, `policy.go`), with real
AES-256-GCM: ``vault:v1:`` and base64 of nonce, ciphertext and tag. It shares no code with the
product. What a real one would shrug off (an unknown field or header, base64 that only it could
read) is answered as there and kept; leaving the block with complaints that nobody took fails the
test.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import secrets
import ssl
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.fakes.loopback import Answer, Seen, Strict

KNOWN_HEADERS = {
    "host",
    "accept-encoding",
    "content-length",
    "content-type",
    "x-vault-request",
    "x-vault-token",
}
DENIED = "1 error occurred:\n\t* permission denied\n\n"
KEY = "silkroad"
NONCE = 12


class Refused(Exception):
    """An answer of errors."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


class TransitKey:
    """A named key with its versions, counted from 1."""

    def __init__(self, kind: str = "aes256-gcm96") -> None:
        self.kind = kind
        self.versions = [os.urandom(32)]
        self.min_decryption_version = 1

    def encrypt(self, plaintext: bytes, associated: bytes) -> str:
        nonce = os.urandom(NONCE)
        sealed = nonce + AESGCM(self.versions[-1]).encrypt(nonce, plaintext, associated)
        return f"vault:v{len(self.versions)}:{base64.b64encode(sealed).decode()}"

    def decrypt(self, ciphertext: str, associated: bytes) -> bytes:
        if not ciphertext.startswith("vault:v"):
            raise Refused(400, "invalid ciphertext: no prefix")
        version, colon, encoded = ciphertext.removeprefix("vault:v").partition(":")
        if not colon:
            raise Refused(400, "invalid ciphertext: wrong number of fields")
        sealed = self._read(version, encoded)
        try:
            cipher = AESGCM(self.versions[int(version) - 1])
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], associated)
        except InvalidTag:
            raise Refused(400, "cipher: message authentication failed") from None

    def _read(self, version: str, encoded: str) -> bytes:
        if not re.fullmatch(r"[0-9]+", version):
            raise Refused(400, "invalid ciphertext: version number could not be decoded")
        if int(version) > len(self.versions):
            raise Refused(400, "invalid ciphertext: version is too new")
        if int(version) < self.min_decryption_version:
            raise Refused(400, "ciphertext or signature version is disallowed by policy (too old)")
        try:
            sealed = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise Refused(400, "invalid ciphertext: could not decode base64") from None
        if len(sealed) < NONCE:
            raise Refused(400, "invalid ciphertext length")
        return sealed


class Transit(Strict):
    """Serves on ``origin`` until the block ends, with a key and a token that may use it.

    The token may update encrypt and decrypt: of ``KEY``, of ``rsa``, which is of another type, and
    of ``missing``, which is not there and which it may not make. ``mount`` is where the engine is.
    """

    def __init__(self, mount: str = "transit", *, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(self._answer, tls=tls)
        self.origin = self.origin.replace("127.0.0.1", "localhost")
        self.mount = mount
        self.token = f"s.{secrets.token_urlsafe(18)}"
        self.keys = {KEY: TransitKey(), "rsa": TransitKey("rsa-2048")}
        self.allowed = {*self.keys, "missing"}
        self._sealed = False

    @property
    def asked(self) -> list[str]:
        """Return the paths that were asked so far."""
        return [seen.path for seen in self.seen]

    def url(self, name: str = KEY) -> str:
        return f"{self.origin}/v1/{self.mount}/keys/{name}"

    def settings(self, folder: Path, name: str = KEY) -> dict[str, str]:
        """Return what an operator sets, with the token in a file of its own."""
        token = folder / "token"
        if not token.exists():
            token.write_text(f"{self.token}\n")
            token.chmod(0o400)
        return {"root_url": self.url(name), "root_token_file": str(token)}

    def rotate(self) -> None:
        """Give the key a new version, which everything is wrapped with from now on."""
        self.keys[KEY].versions.append(os.urandom(32))

    def drop_old_versions(self) -> None:
        """Open nothing any more that was wrapped with an old version."""
        self.keys[KEY].min_decryption_version = len(self.keys[KEY].versions)

    def seal(self) -> None:
        self._sealed = True

    def revoke(self) -> None:
        """End the token."""
        self.token = "revoked"

    def material(self, stored: bytes) -> bytes:
        """Return the key that was wrapped, as its owner would get at it."""
        return self.keys[KEY].decrypt(stored.decode(), b"silkroad root key")

    def plan(self, answer: Answer) -> None:
        """Say this to the next request, whatever it is. Plans are kept in order."""
        self._planned.append(answer)

    def _answer(self, seen: Seen) -> Answer:
        if self._planned:
            return self._planned.popleft()
        try:
            return _said(200, {**_ENVELOPE, "request_id": str(uuid.uuid4()), **self._do(seen)})
        except Refused as refused:
            return _said(refused.status, {"errors": [str(refused)]})

    def _do(self, seen: Seen) -> dict[str, Any]:
        headers = {name.lower(): value for name, value in seen.headers.items()}
        self._expect(set(headers) <= KNOWN_HEADERS, f"headers {set(headers) - KNOWN_HEADERS}")
        self._expect(headers.get("content-type") == "application/json", "the content's type")
        self._expect(headers["host"] == urlsplit(self.origin).netloc, "another host")
        if self._sealed:
            raise Refused(503, "Vault is sealed")
        if headers.get("x-vault-token") != self.token:
            raise Refused(403, "permission denied")
        verb, name = self._place(seen)
        given = self._read(seen.content, {"plaintext" if verb == "encrypt" else "ciphertext"})
        if verb == "encrypt":
            if name not in self.keys:  # making it would need the right to create
                raise Refused(403, DENIED)
            return self._encrypt(self.keys[name], given)
        return self._decrypt(self.keys.get(name), given)

    def _place(self, seen: Seen) -> tuple[str, str]:
        found = re.fullmatch(
            rf"/v1/{re.escape(self.mount)}/(encrypt|decrypt)/(\w(?:[\w.-]*\w)?)", seen.path
        )
        if found is None or found[2] not in self.allowed:
            raise Refused(403, DENIED)
        if seen.method not in {"POST", "PUT"}:
            raise Refused(405, "1 error occurred:\n\t* unsupported operation\n\n")
        return found[1], found[2]

    def _read(self, content: bytes, fields: set[str]) -> dict[str, str]:
        try:
            given = json.loads(content)
        except ValueError:
            self.complaints.append("no JSON")
            return {}
        self._expect(set(given) <= {*fields, "associated_data"}, f"fields {sorted(given)}")
        assert all(isinstance(value, str) for value in given.values()), given
        return dict(given)

    def _encrypt(self, key: TransitKey, given: dict[str, str]) -> dict[str, Any]:
        if "plaintext" not in given:
            raise Refused(400, "missing plaintext to encrypt")
        plaintext = _decoded(given["plaintext"])
        ciphertext = key.encrypt(plaintext, _associated(key, given))
        return {"data": {"ciphertext": ciphertext, "key_version": len(key.versions)}}

    def _decrypt(self, key: TransitKey | None, given: dict[str, str]) -> dict[str, Any]:
        if not given.get("ciphertext"):
            raise Refused(400, "missing ciphertext to decrypt")
        if key is None:
            raise Refused(400, "encryption key not found")
        opened = key.decrypt(given["ciphertext"], _associated(key, given))
        return {"data": {"plaintext": base64.b64encode(opened).decode()}}

    def _expect(self, good: bool, otherwise: str) -> None:
        if not good:
            self.complaints.append(otherwise)


_ENVELOPE: dict[str, Any] = {
    "lease_id": "",
    "renewable": False,
    "lease_duration": 0,
    "wrap_info": None,
    "warnings": None,
    "auth": None,
}


def _said(status: int, body: dict[str, Any]) -> Answer:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return Answer(status, headers, json.dumps(body).encode() + b"\n")


def _associated(key: TransitKey, given: dict[str, str]) -> bytes:
    encoded = given.get("associated_data", "")
    if encoded and not key.kind.startswith(("aes", "chacha20")):
        raise Refused(400, f"'[0].associated_data' provided for non-AEAD cipher suite {key.kind}")
    return _decoded(encoded, 500)


def _decoded(text: str, status: int = 400) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Refused(status, "illegal base64 data at input byte 0") from None
