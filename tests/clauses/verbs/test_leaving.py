"""The trap sees what goes by another way than the one, and it does not go."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Awaitable
from typing import Any

import pytest
import uvloop

from silkroad.engines.pictures import CHILD

from .leaving import Loop, leaving, watched

ELSEWHERE = "192.0.2.1"  # RFC 5737: nobody's


@pytest.mark.parametrize(
    ("event", "args", "found"),
    [
        ("socket.connect", (None, (ELSEWHERE, 443)), ELSEWHERE),
        ("socket.connect", (None, ("2001:db8::1", 443, 0, 0)), "2001:db8::1"),
        ("socket.sendto", (None, (ELSEWHERE, 53)), ELSEWHERE),
        ("socket.getaddrinfo", ("collector.example", 443, 0, 1, 0), "collector.example"),
        ("subprocess.Popen", ("curl", ["curl", ELSEWHERE], None, None), f"curl {ELSEWHERE}"),
        ("os.system", (b"curl",), "os.system"),
        ("socket.connect", (None, ("127.0.0.1", 5432)), ""),
        ("socket.connect", (None, ("::1", 5432, 0, 0)), ""),
        ("socket.connect", (None, "/run/postgresql"), ""),
        ("socket.getaddrinfo", ("localhost", 4222, 0, 1, 0), ""),
        ("subprocess.Popen", (sys.executable, [sys.executable, "-I", CHILD], "/", {}), ""),
        ("open", (ELSEWHERE, "w", 0), ""),
    ],
)
def test_what_goes_to_another_machine_is_told_from_what_stays(
    event: str, args: tuple[Any, ...], found: str
) -> None:
    assert leaving(event, args) == found


def test_what_would_leave_is_noted_and_refused() -> None:
    """In a process of its own, because such a hook stays as long as its process."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.clauses.verbs.test_leaving"],
        capture_output=True,
        text=True,
        check=True,
    )
    said = [ELSEWHERE, ELSEWHERE, "collector.example", "curl", ELSEWHERE, "curl", "curl"]
    assert run.stdout.splitlines() == [line for one in said for line in (one, "refused")]


async def asked_of_the_loop() -> None:
    loop = asyncio.get_running_loop()
    await refused(asyncio.open_connection(ELSEWHERE, 443))
    await refused(loop.getaddrinfo("collector.example", 443))
    await refused(asyncio.create_subprocess_exec("curl"))
    there = (ELSEWHERE, 53)
    await refused(loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=there))
    await refused(asyncio.create_subprocess_shell("curl"))


async def refused(asked: Awaitable[object]) -> None:
    try:
        await asked
    except ConnectionRefusedError:
        print("refused")


def main() -> None:
    sys.addaudithook(watched(print))
    try:
        socket.create_connection((ELSEWHERE, 443))
    except ConnectionRefusedError:
        print("refused")
    uvloop.run(asked_of_the_loop(), loop_factory=Loop)
    try:
        subprocess.run(["curl"], check=False)
    except ConnectionRefusedError:
        print("refused")


if __name__ == "__main__":
    main()
