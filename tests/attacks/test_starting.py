"""A server that could only run unsafely does not run: one sentence, exit code 2, no listener."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from silkroad.cli import main
from tests.harness.ports import free_port

COMMAND = Path(sys.executable).with_name("silkroad")
REFUSED = {
    "plain http beyond this machine": ({"BASE_URL": "http://chat.example"}, "Plain http"),
    "plain http to a neighbour": ({"BASE_URL": "http://192.168.0.7"}, "Plain http"),
    "every address without a name": ({"HOST": "0.0.0.0"}, "Plain http"),  # noqa: S104 - what is refused
    "a name that only looks local": ({"BASE_URL": "http://localhost.evil.example"}, "Plain http"),
    "an address with a path": ({"BASE_URL": "https://chat.example/x"}, "must look like"),
    "an address with a password": ({"BASE_URL": "https://me:pw@chat.example"}, "must look like"),
    "a misspelt setting": ({"BASE_ULR": "https://chat.example"}, "unknown field `base_ulr`"),
    "a setting of the wrong kind": ({"PORT": "eighty"}, "Expected `int`"),
    "trust in everybody": ({"TRUSTED_PROXIES": "*"}, "must hold addresses or networks"),
    "trust in every address": ({"TRUSTED_PROXIES": "10.0.0.1,0.0.0.0/0"}, "not 0.0.0.0/0"),
    "keys beside the rows": (
        {"DATABASE_URL": "postgresql://a@db/x", "KEYRING_URL": "postgresql://me:pw@db/x"},
        "must name another database",
    ),
    "a private target that is no origin": ({"PRIVATE_TARGETS": "push.local"}, "must hold origins"),
    "a private target with a path": ({"PRIVATE_TARGETS": "http://10.0.0.1/x"}, "must hold origins"),
    "a private target and a password": ({"PRIVATE_TARGETS": "http://me:pw@h"}, "must hold origins"),
    "a private target with https's own port": (
        {"PRIVATE_TARGETS": "https://bao:443"},
        "must hold origins",
    ),
    "a private target with http's own port": (
        {"PRIVATE_TARGETS": "http://10.0.3.7:8080,http://bao:80"},
        "must hold origins",
    ),
    "a private target in capitals": ({"PRIVATE_TARGETS": "https://BAO"}, "must hold origins"),
    "trust in a name": ({"TRUSTED_PROXIES": "proxy"}, "not proxy"),
}


@pytest.mark.parametrize(("settings", "why"), REFUSED.values(), ids=REFUSED)
def test_unsafe_settings_are_refused(
    settings: dict[str, str],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"SILKROAD_{name}", value)
    monkeypatch.setattr(sys, "argv", ["silkroad", "serve"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith("silkroad: ")
    assert why in said.err
    assert len(said.err.splitlines()) == 1
    assert "me:pw" not in said.err


def test_a_root_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "root.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o440)
    done = serve(tmp_path, ROOT_KEY_FILE=str(key))
    assert (done.returncode, "ready" in done.stdout) == (2, False)
    assert f"chmod 400 {key}" in done.stderr


def test_a_lost_root_key_is_not_replaced(tmp_path: Path) -> None:
    keyring = tmp_path / "data" / "keys" / "keyring.db"
    keyring.parent.mkdir(parents=True)
    keyring.touch()
    done = serve(tmp_path)
    assert (done.returncode, "ready" in done.stdout) == (2, False)
    assert "restore your backup of it" in done.stderr
    assert not (keyring.parent / "root.key").exists()


@pytest.mark.prove
def test_a_root_key_is_told_of_although_the_start_fails_after_it(tmp_path: Path) -> None:
    nowhere = f"postgresql://silkroad@127.0.0.1:{free_port()}/none"
    for told in (True, False):
        done = serve(tmp_path, DATABASE_URL=nowhere)
        assert (done.returncode, "ready" in done.stdout) == (2, False)
        assert (f"A root key was made: {tmp_path}/data/keys/root.key" in done.stdout) == told


def serve(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start a server that is expected to end by itself."""
    return subprocess.run(
        [COMMAND, "serve"],
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("SILKROAD_")},
            "SILKROAD_PORT": str(free_port()),
            "SILKROAD_DATA_DIR": str(folder / "data"),
            **{f"SILKROAD_{name}": value for name, value in settings.items()},
        },
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
