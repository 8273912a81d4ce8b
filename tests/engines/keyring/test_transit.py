"""A root key that a transit engine wraps: whom it is asked of, and how that can go wrong."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from silkroad.engines.keyring.root import RootKeyUnsafe, open_root_key, wrap_again
from silkroad.engines.keyring.roots import open_root, recipients, wrap_root_key
from silkroad.engines.keyring.transit import TransitRoot, read_key, recipient
from silkroad.engines.outbound import Response
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import BadSettings, Settings
from tests.fakes.certificates import identity
from tests.fakes.loopback import Answer
from tests.fakes.recorder import Recorder
from tests.fakes.transit import KEY, Transit, TransitKey
from tests.harness.transits import SERVICES, Service

pytestmark = pytest.mark.anyio

CHANCE = SystemRandomness()


@pytest.fixture
def service() -> Iterator[Transit]:
    with Transit() as service:
        yield service


@pytest.fixture
async def root(service: Transit) -> AsyncIterator[TransitRoot]:
    key = read_key(service.url())
    async with aclosing(HttpOutbound([replace(recipient(key), seconds=2.0)])) as outbound:
        yield TransitRoot(outbound, key, service.token)


def with_root(folder: Path, service: Service) -> Settings:
    given = service.settings(folder)
    return Settings(
        data_dir=folder / "data",
        root_url=given["root_url"],
        root_token_file=Path(given["root_token_file"]),
    )


async def opened(settings: Settings) -> bytes:
    async with aclosing(HttpOutbound(recipients(settings))) as outbound:
        return (await open_root(settings, outbound, CHANCE)).material


@pytest.mark.parametrize(
    ("url", "origin", "at"),
    [
        ("https://bao.example/v1/transit/keys/silkroad", "https://bao.example", "/v1/transit/"),
        ("https://10.0.0.7:8200/v1/a/b-c/keys/k.1", "https://10.0.0.7:8200", "/v1/a/b-c/"),
        ("http://127.0.0.1:8200/v1/keys/keys/keys", "http://127.0.0.1:8200", "/v1/keys/"),
        ("http://[::1]:8200/v1/t/keys/k", "http://[::1]:8200", "/v1/t/"),
        ("http://10.0.0.7:8200/v1/t/keys/k", "http://10.0.0.7:8200", "/v1/t/"),
    ],
)
def test_an_address_says_whose_key_it_is(url: str, origin: str, at: str) -> None:
    key = read_key(url, frozenset({"http://10.0.0.7:8200"}))
    name = url.rpartition("/")[2]
    assert key.at("decrypt") == f"{origin}{at}decrypt/{name}"
    assert recipient(key).vouched == {origin}


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "https://bao.example",
        "https://bao.example/v1/transit/keys/",
        "https://bao.example/v1/transit/keys/silkroad/",
        "https://bao.example/v1/transit/keys/silkroad?x=1",
        "https://bao.example/v1/transit/keys/silkroad#x",
        "https://bao.example/v1/transit/encrypt/silkroad",
        "https://bao.example/v1/../keys/silkroad",
        "https://bao.example/v1/keys/silkroad",
        "https://bao.example/v1/transit/keys/-silkroad",
        "https://bao.example/v1/transit//keys/silkroad",
        "https://bao.example/v1/tr%61nsit/keys/silkroad",
        "https://me:s3cret@bao.example/v1/transit/keys/silkroad",
        "ftp://bao.example/v1/transit/keys/silkroad",
        "http://bao.example/v1/transit/keys/silkroad",
        "http://10.0.0.7:8201/v1/transit/keys/silkroad",
        "http://localhost.evil.example/v1/transit/keys/silkroad",
    ],
)
def test_any_other_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(BadSettings, match=r"^SILKROAD_ROOT_URL must (look|begin)") as no:
        read_key(url, frozenset({"http://10.0.0.7:8200"}))
    assert "s3cret" not in str(no.value)


TOKENS = {
    "none": (None, "needs SILKROAD_ROOT_TOKEN_FILE"),
    "empty": (b"", "must have one line"),
    "two lines": (b"a\nb\n", "must have one line"),
    "a gap": (b"a token", "must have one line"),
    "no text": (b"\xff\xfe", "cannot be read"),
}


@pytest.mark.parametrize(("token", "why"), TOKENS.values(), ids=TOKENS)
async def test_a_token_is_one_word_in_a_file(
    service: Transit, tmp_path: Path, token: bytes | None, why: str
) -> None:
    file = tmp_path / "token"
    file.write_bytes(token or b"")
    file.chmod(0o400)
    settings = Settings(
        data_dir=tmp_path / "data",
        root_url=service.url(),
        root_token_file=None if token is None else file,
    )
    with pytest.raises(BadSettings, match=why):
        await opened(settings)
    assert service.asked == []


async def test_a_token_that_others_may_read_is_not_used(service: Transit, tmp_path: Path) -> None:
    settings = with_root(tmp_path, service)
    (tmp_path / "token").chmod(0o440)
    with pytest.raises(BadSettings, match=f"chmod 400 {tmp_path / 'token'}"):
        await opened(settings)
    (tmp_path / "token").unlink()
    with pytest.raises(BadSettings, match=r"SILKROAD_ROOT_TOKEN_FILE: .* cannot be read"):
        await opened(settings)
    assert service.asked == []


async def test_it_is_asked_once_at_a_start(service: Transit, tmp_path: Path) -> None:
    settings = with_root(tmp_path, service)
    await opened(settings)
    made = len(service.asked)
    await opened(settings)
    assert service.asked[made:] == [f"/v1/transit/decrypt/{KEY}"]


async def test_an_engine_may_be_mounted_in_a_namespace(tmp_path: Path) -> None:
    with Transit("team/safe-1/transit") as service:
        settings = with_root(tmp_path, service)
        assert await opened(settings) == await opened(settings)


@pytest.mark.parametrize("kind", SERVICES)
async def test_a_key_that_was_rotated_still_opens_until_its_old_versions_are_dropped(
    kind: str, tmp_path: Path
) -> None:
    with SERVICES[kind]() as service:
        settings = with_root(tmp_path, service)
        material = await opened(settings)
        service.rotate()
        assert await opened(settings) == material
        assert settings.root_key.read_bytes().startswith(b"vault:v1:")
        await wrap_root_key(settings)
        assert settings.root_key.read_bytes().startswith(b"vault:v2:")
        service.drop_old_versions()
        assert await opened(settings) == material
        service.rotate()
        service.drop_old_versions()
        with pytest.raises(RootKeyUnsafe, match="lower min_decryption_version"):
            await opened(settings)


@pytest.mark.parametrize("kind", SERVICES)
async def test_a_bare_key_is_wrapped_where_it_lies(kind: str, tmp_path: Path) -> None:
    bare = Settings(data_dir=tmp_path / "data")
    material = await opened(bare)
    with SERVICES[kind]() as service:
        settings = with_root(tmp_path, service)
        await wrap_root_key(settings)
        assert material not in settings.root_key.read_bytes()
        assert settings.root_key.stat().st_mode & 0o777 == 0o400
        assert await opened(settings) == material
        service.seal()
        with pytest.raises(RootKeyUnsafe, match="is sealed or down"):
            await opened(settings)
    with pytest.raises(BadSettings, match="Set SILKROAD_ROOT_URL"):
        await wrap_root_key(bare)


async def test_nothing_is_written_before_it_comes_out_again(
    service: Transit, root: TransitRoot, tmp_path: Path
) -> None:
    file = tmp_path / "root.key"
    another = TransitKey().encrypt(b"x" * 32, b"")
    service.plan(said({"ciphertext": another}))
    with pytest.raises(RootKeyUnsafe, match="does not open it"):
        await open_root_key(file, root, CHANCE)
    service.plan(said({"ciphertext": another}))
    service.plan(said({"plaintext": base64.b64encode(b"x" * 32).decode()}))
    with pytest.raises(RootKeyUnsafe, match="nothing was written"):
        await open_root_key(file, root, CHANCE)
    assert not file.exists()
    assert not file.with_suffix(".new").exists()
    file.write_bytes(b"k" * 32)
    file.chmod(0o400)
    service.plan(Answer(500))
    with pytest.raises(RootKeyUnsafe, match="status 500"):
        await wrap_again(file, root)
    assert file.read_bytes() == b"k" * 32


def said(data: object) -> Answer:
    return Answer(200, content=json.dumps({"data": data}).encode())


def refused(status: int, *errors: str) -> Answer:
    return Answer(status, content=json.dumps({"errors": errors}).encode())


def forget(service: Transit) -> None:
    service.keys[KEY] = TransitKey()


def drop(service: Transit) -> None:
    del service.keys[KEY]


def forbid(service: Transit) -> None:
    service.allowed.clear()


def another_kind(service: Transit) -> None:
    service.keys[KEY].kind = "rsa-2048"


def answer(what: Answer) -> Callable[[Transit], None]:
    return lambda service: service.plan(what)


LEAK = "s3cret"
ILLS: dict[str, tuple[Callable[[Transit], None], str]] = {
    "a token that was revoked": (Transit.revoke, "refuses the token"),
    "a token for something else": (forbid, "refuses the token"),
    "sealed": (Transit.seal, "is sealed or down"),
    "another key of the same name": (forget, "altered, or wrapped by another key"),
    "no such key": (drop, "has no key of this name"),
    "a key of another type": (another_kind, "aes256-gcm96"),
    "no such engine": (answer(refused(404, f"no handler {LEAK}")), "no transit engine"),
    "a standby": (answer(Answer(307, {"location": f"https://{LEAK}"})), "status 307"),
    "something else, and chatty": (answer(refused(418, LEAK)), "status 418"),
    "https": (answer(Answer(400, content=b"Client sent an HTTP request")), "status 400"),
    "a page": (answer(Answer(200, content=b"<html>s3cret")), "no answer of a transit engine"),
    "no text": (answer(Answer(200, content=b"\xff\xfe")), "no answer of a transit engine"),
    "no data": (answer(Answer(200, content=b"{}")), "no answer of a transit engine"),
    "data of another kind": (answer(said([LEAK])), "no answer of a transit engine"),
    "nothing inside": (answer(said({})), "no key of 32 bytes"),
    "too short a key": (answer(said({"plaintext": "a2V5"})), "no key of 32 bytes"),
    "no base64": (answer(said({"plaintext": "s3cret!"})), "no key of 32 bytes"),
    "silence": (answer(Answer(mishap="never")), "does not answer in time"),
    "drops": (answer(Answer(mishap="drip")), "does not answer in time"),
    "a cut": (answer(Answer(mishap="reset")), "cannot be reached"),
    "no end": (answer(Answer(mishap="endless")), "answers with far too much"),
}


@pytest.mark.parametrize(("ill", "why"), ILLS.values(), ids=ILLS)
async def test_what_goes_wrong_is_said_and_nothing_secret_with_it(
    service: Transit,
    root: TransitRoot,
    tmp_path: Path,
    ill: Callable[[Transit], None],
    why: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    file, token = tmp_path / "root.key", service.token
    await open_root_key(file, root, CHANCE)
    stored = file.read_bytes()
    ill(service)
    with pytest.raises(RootKeyUnsafe, match=why) as no:
        await open_root_key(file, root, CHANCE)
    told = f"{no.value} {caplog.text} {capfd.readouterr()}"
    assert str(no.value).startswith(f"{file}: the service of SILKROAD_ROOT_URL ")
    assert not [secret for secret in (token, stored.decode(), LEAK) if secret in told]
    assert file.read_bytes() == stored


async def test_it_is_asked_only_when_its_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, _ = identity(tmp_path, "localhost")
    with Transit(tls=tls) as service:
        settings = with_root(tmp_path, service)
        assert settings.root_url.startswith("https://")
        with pytest.raises(RootKeyUnsafe, match="a certificate that this machine does not trust"):
            await opened(settings)
        assert service.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        assert await opened(settings) == await opened(settings)


async def test_a_service_that_is_not_there_is_said(tmp_path: Path) -> None:
    with Transit() as gone:
        settings = with_root(tmp_path, gone)
    with pytest.raises(RootKeyUnsafe, match="cannot be reached"):
        await opened(settings)


async def test_a_cloud_that_tells_machines_who_they_are_is_never_asked(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("token")
    token.chmod(0o400)
    settings = Settings(
        data_dir=tmp_path / "data",
        root_url="https://169.254.169.254/v1/transit/keys/silkroad",
        root_token_file=token,
    )
    with pytest.raises(RootKeyUnsafe, match="has an address that may not be asked"):
        await opened(settings)


async def test_an_answer_that_wraps_nothing_is_refused(service: Transit, root: TransitRoot) -> None:
    for ciphertext in ("", "hello", "vault:v0:AAAA", "vault:v1:A B"):
        service.plan(said({"ciphertext": ciphertext}))
        with pytest.raises(RootKeyUnsafe, match="answers with what is no ciphertext"):
            await root.wrap(b"k" * 32)


async def test_what_is_sent_is_the_key_its_purpose_and_the_token() -> None:
    key = read_key("https://bao.example/v1/transit/keys/silkroad")
    wrapped = said({"ciphertext": TransitKey().encrypt(b"", b"")})
    recorder = Recorder([recipient(key)], lambda _: Response(200, content=wrapped.content))
    await TransitRoot(recorder, key, "the token").wrap(b"k" * 32)
    (request,) = recorder.requests
    assert json.loads(request.content) == {
        "plaintext": base64.b64encode(b"k" * 32).decode(),
        "associated_data": base64.b64encode(b"silkroad root key").decode(),
    }
    assert request.headers["x-vault-token"] == "the token"
    assert not [secret for secret in ("bao.example", "the token") if secret in repr(request)]
