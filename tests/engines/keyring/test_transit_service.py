"""Our transit engine says what OpenBao 2.7.2 said to the same question, to the letter.

With ``TEST_BAO=/path/to/bao`` the real one is asked as well.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.fakes.transit import Transit
from tests.harness.transits import SERVICES, Service

TEXT = base64.b64encode(b"k" * 32).decode()
AAD = base64.b64encode(b"what it is for").decode()
DENIED = "1 error occurred:\n\t* permission denied\n\n"
BROKEN = "cipher: message authentication failed"
SEALED_60 = base64.b64encode(bytes(60)).decode()

ASKED: dict[str, tuple[str, dict[str, str], int, str]] = {
    "no plaintext": ("encrypt/silkroad", {}, 400, "missing plaintext to encrypt"),
    "no ciphertext": ("decrypt/silkroad", {}, 400, "missing ciphertext to decrypt"),
    "no base64": (
        "encrypt/silkroad",
        {"plaintext": "!!"},
        400,
        "illegal base64 data at input byte 0",
    ),
    "no prefix": (
        "decrypt/silkroad",
        {"ciphertext": "hello"},
        400,
        "invalid ciphertext: no prefix",
    ),
    "one field": (
        "decrypt/silkroad",
        {"ciphertext": "vault:v1"},
        400,
        "invalid ciphertext: wrong number of fields",
    ),
    "no version": (
        "decrypt/silkroad",
        {"ciphertext": f"vault:vx:{SEALED_60}"},
        400,
        "invalid ciphertext: version number could not be decoded",
    ),
    "a version to come": (
        "decrypt/silkroad",
        {"ciphertext": f"vault:v7:{SEALED_60}"},
        400,
        "invalid ciphertext: version is too new",
    ),
    "no base64 in it": (
        "decrypt/silkroad",
        {"ciphertext": "vault:v1:!"},
        400,
        "invalid ciphertext: could not decode base64",
    ),
    "too short": (
        "decrypt/silkroad",
        {"ciphertext": "vault:v1:AAAA"},
        400,
        "invalid ciphertext length",
    ),
    "of nobody": ("decrypt/silkroad", {"ciphertext": f"vault:v1:{SEALED_60}"}, 400, BROKEN),
    "no such key": (
        "decrypt/missing",
        {"ciphertext": f"vault:v1:{SEALED_60}"},
        400,
        "encryption key not found",
    ),
    "a key that it may not make": ("encrypt/missing", {"plaintext": TEXT}, 403, DENIED),
    "a key that is not its own": ("encrypt/other", {"plaintext": TEXT}, 403, DENIED),
    "another engine": ("elsewhere", {}, 403, DENIED),
    "a key without associated data": (
        "encrypt/rsa",
        {"plaintext": TEXT, "associated_data": AAD},
        400,
        "'[0].associated_data' provided for non-AEAD cipher suite rsa-2048",
    ),
}


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    with SERVICES[request.param]() as service:
        yield service


def ask(
    service: Service, path: str, token: str | None = None, **given: str
) -> tuple[int, dict[str, Any]]:
    answer = httpx2.post(
        f"{service.origin}/v1/transit/{path}",
        headers={"x-vault-token": token or service.token, "user-agent": ""},
        json=given,
        timeout=10,
    )
    return answer.status_code, answer.json()


def settle(service: Service) -> None:
    """Forget the headers that the tests' own client adds."""
    if isinstance(service, Transit):
        service.take_complaints()


def test_it_refuses_in_the_same_words(service: Service) -> None:
    for path, given, status, said in ASKED.values():
        assert ask(service, path, **given) == (status, {"errors": [said]}), path
    assert ask(service, "encrypt/silkroad", "nobody's") == (403, {"errors": ["permission denied"]})
    service.seal()
    assert ask(service, "decrypt/silkroad", ciphertext="x") == (
        503,
        {"errors": ["Vault is sealed"]},
    )
    settle(service)


def test_it_opens_what_it_wrapped_and_only_so(service: Service) -> None:
    status, body = ask(service, "encrypt/silkroad", plaintext=TEXT, associated_data=AAD)
    wrapped = body["data"]["ciphertext"]
    assert (status, body["data"]["key_version"], len(wrapped)) == (200, 1, 89)
    assert set(body) == {
        "auth",
        "data",
        "lease_duration",
        "lease_id",
        "renewable",
        "request_id",
        "warnings",
        "wrap_info",
    }
    service.rotate()
    status, body = ask(service, "decrypt/silkroad", ciphertext=wrapped, associated_data=AAD)
    assert (status, body["data"]) == (200, {"plaintext": TEXT})
    for wrong in ({}, {"associated_data": TEXT}):
        answer = ask(service, "decrypt/silkroad", ciphertext=wrapped, **wrong)
        assert answer == (400, {"errors": [BROKEN]})
    service.drop_old_versions()
    status, body = ask(service, "decrypt/silkroad", ciphertext=wrapped, associated_data=AAD)
    assert (status, body["errors"]) == (
        400,
        ["ciphertext or signature version is disallowed by policy (too old)"],
    )
    _, body = ask(service, "encrypt/silkroad", plaintext=TEXT, associated_data=AAD)
    assert body["data"]["ciphertext"].startswith("vault:v2:")
    settle(service)


@pytest.mark.parametrize(
    ("header", "content"),
    [
        ({"x-who": "me"}, {"plaintext": TEXT}),
        ({"content-type": "text/plain"}, {"plaintext": TEXT}),
        ({}, {"plaintext": TEXT, "foo": "bar"}),
        ({}, None),
    ],
)
def test_ours_complains_where_a_real_one_shrugs(
    header: dict[str, str], content: dict[str, str] | None
) -> None:
    with Transit() as service:
        headers = {"x-vault-token": service.token, "content-type": "application/json", **header}
        with httpx2.Client() as client:
            client.headers.clear()
            body = b"nonsense" if content is None else json.dumps(content).encode()
            url = f"{service.origin}/v1/transit/encrypt/silkroad"
            client.post(url, headers=headers, content=body)
        assert len(service.take_complaints()) == 1
