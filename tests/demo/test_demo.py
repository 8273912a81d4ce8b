"""`make run`: the demo says where to look, keeps its past, and never mixes with real data."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from silkroad.kit.clock import DAY
from tests.harness.people import Person, everybody_leaves
from tests.harness.ports import free_port
from tests.harness.server import Server

ARTA, WEI = "+12025550101", "+12025550102"


def silkroad(command: str, data: Path, port: int) -> subprocess.Popen[str]:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("SILKROAD_")},
        "SILKROAD_DATA_DIR": str(data),
        "SILKROAD_PORT": str(port),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "silkroad", command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(command: str, data: Path) -> Iterator[Server]:
    """Run a serving command until the block ends; it must end well."""
    shop_port = str(free_port())
    with Server(data, program=("silkroad", command), demo_shop_port=shop_port) as server:
        yield server
        assert server.stop() == 0


def shop_address(server: Server) -> str:
    (line,) = [line for line in server.heard if "as a visitor" in line]
    return line.split()[-1]


def sign_in(server: Server, phone: str) -> Person:
    """Sign in with the code that the demo shows on its terminal."""
    person = Person(server, "Wei")
    challenge = person.post("/api/codes", {"phone": phone, "purpose": "sign_in"})
    proof = {"challenge_id": challenge["challenge_id"], "code": server.code(phone)}
    person.post("/api/sign-in/code", proof)
    return person


def test_the_demo_tells_its_past_once_and_keeps_it(tmp_path: Path) -> None:
    for phone in (WEI, ARTA):
        with served("demo", tmp_path / "demo") as server:
            assert httpx2.get(f"{server.origin}/readyz").text == "ready\n"
            shop = httpx2.get(shop_address(server)).text
            assert f'src="{server.origin}/widget.js"' in shop
            wei = sign_in(server, phone)
            state = wei.get("/api/setup")
            assert (state["needed"], state["demo"], state["sms"]) == (False, True, "demo")
            counts = wei.get("/api/conversations/counts")
            assert (counts["all"], counts["closed"]) == (4, 1)
            listed = wei.get("/api/conversations")["items"]
            assert {c["visitor"]["language"] for c in listed} == {"en", "zh-CN", "sq"}
            times = sorted(c["updated_at"] for c in listed)
            assert times[-1] - times[0] > DAY, "the past is as old as it says"
            assert any(ARTA in line for line in server.heard), "it says how to sign in"
            everybody_leaves()


@pytest.mark.sqlite
def test_the_demo_refuses_a_store_with_real_data(server: Server) -> None:
    process = silkroad("demo", server.data, free_port())
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "real data" in said


def test_a_demo_store_is_never_served_as_a_real_one(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with served("demo", data):
        pass
    process = silkroad("serve", data, free_port())
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "demo" in said


@pytest.mark.prove
@pytest.mark.parametrize(
    ("name", "value", "about"),
    [
        ("SILKROAD_PROT", "8420", "prot"),
        ("SILKROAD_PORT", "many", "port"),
        ("SILKROAD_BASE_URL", "http://chat.example", "TLS"),
        ("SILKROAD_BASE_URL", "chat.example", "https://"),
    ],
)
def test_a_setting_that_is_unknown_or_unsafe_refuses_to_start(
    tmp_path: Path, name: str, value: str, about: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "silkroad", "serve"],
        env={**os.environ, "SILKROAD_DATA_DIR": str(tmp_path / "data"), name: value},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert about.lower() in done.stderr.lower()
    assert not (tmp_path / "data").exists()


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path, server: Server) -> None:
    process = silkroad("serve", tmp_path / "data", server.port)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert f"cannot listen on 127.0.0.1:{server.port}" in said


def test_a_first_start_prints_the_set_up_link_and_where_the_root_key_is(tmp_path: Path) -> None:
    data = tmp_path / "fresh"
    with served("serve", data) as server:
        assert httpx2.get(f"{server.origin}/readyz").status_code == 503
        refused = httpx2.get(f"{server.origin}/api/me")
        assert refused.json()["code"] == "setup_required"
        assert any(str(data / "keys" / "root.key") in line for line in server.heard)
        assert any("Back it up" in line for line in server.heard)
        assert any(f"{server.origin}/setup#" in line for line in server.heard)


def test_a_missing_root_key_is_never_replaced(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served("serve", data):
        pass
    key = data / "keys" / "root.key"
    key.rename(tmp_path / "elsewhere")
    process = silkroad("serve", data, free_port())
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "restore your backup" in said
    assert not key.exists()
