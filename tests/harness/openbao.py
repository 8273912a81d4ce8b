"""A real OpenBao, for whoever has one: ``TEST_BAO`` names its program, ``bao``."""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

from .ports import free_port

PROGRAM = os.environ.get("TEST_BAO", "")
KEY = "silkroad"
UP_WITHIN = 30.0
POLICY = "\n".join(
    f'path "transit/{verb}/{name}" {{ capabilities = ["update"] }}'
    for verb in ("encrypt", "decrypt")
    for name in (KEY, "missing", "rsa")
)


class OpenBao:
    """``with OpenBao() as service``: a key, a token that may use it, everything in memory."""

    def __init__(self) -> None:
        self._root = secrets.token_urlsafe(18)
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [
                PROGRAM,
                "server",
                "-dev",
                "-dev-no-store-token",
                f"-dev-root-token-id={self._root}",
                f"-dev-listen-address=127.0.0.1:{port}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        give_up = time.monotonic() + UP_WITHIN
        while not self._is_up():
            assert time.monotonic() < give_up, "OpenBao does not come up"
            time.sleep(0.1)
        self.does("sys/mounts/transit", type="transit")
        self.does(f"transit/keys/{KEY}")
        self.does("transit/keys/rsa", type="rsa-2048")
        self.does("sys/policies/acl/silkroad", policy=POLICY)
        self.token = self.does("auth/token/create", policies=["silkroad"])["auth"]["client_token"]
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def does(self, path: str, **given: Any) -> Any:
        """Do something as its owner and return the answer."""
        asked = urllib.request.Request(
            f"{self.origin}/v1/{path}",
            json.dumps(given).encode(),
            {"X-Vault-Token": self._root, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def settings(self, folder: Path) -> dict[str, str]:
        """Return what an operator sets, with the token in a file of its own."""
        token = folder / "token"
        token.write_text(f"{self.token}\n")
        token.chmod(0o400)
        return {
            "root_url": f"{self.origin}/v1/transit/keys/{KEY}",
            "root_token_file": str(token),
        }

    def rotate(self) -> None:
        """Give the key a new version."""
        self.does(f"transit/keys/{KEY}/rotate")

    def drop_old_versions(self) -> None:
        """Open nothing any more that was wrapped with an old version."""
        latest = self.does(f"transit/keys/{KEY}/config")["data"]["latest_version"]
        self.does(f"transit/keys/{KEY}/config", min_decryption_version=latest)

    def seal(self) -> None:
        self.does("sys/seal")

    def revoke(self) -> None:
        """End the token."""
        self.does("auth/token/revoke", token=self.token)

    def material(self, stored: bytes) -> bytes:
        """Return the key that was wrapped, as its owner would get at it."""
        purpose = base64.b64encode(b"silkroad root key").decode()
        asked = {"ciphertext": stored.decode(), "associated_data": purpose}
        answer = self.does(f"transit/decrypt/{KEY}", **asked)
        return base64.b64decode(answer["data"]["plaintext"])

    def _is_up(self) -> bool:
        try:
            return bool(self.does("sys/capabilities-self", paths=["sys/mounts"]))
        except OSError:
            return False
