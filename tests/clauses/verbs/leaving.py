"""What leaves a process beside its one way out, as Python itself sees it (PEP 578)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import uvloop

from silkroad.engines.pictures import CHILD

_STARTS = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"}


class Loop(uvloop.Loop):
    """uvloop, which dials and starts programs below Python, and here tells it so."""

    async def create_connection(self, *words: Any, **more: Any) -> Any:
        sys.audit("socket.connect", None, (_said(words, 1, more, "host"),))
        return await super().create_connection(*words, **more)

    async def create_datagram_endpoint(self, *words: Any, **more: Any) -> Any:
        sys.audit("socket.connect", None, _said(words, 2, more, "remote_addr"))
        return await super().create_datagram_endpoint(*words, **more)

    async def getaddrinfo(self, *words: Any, **more: Any) -> Any:
        sys.audit("socket.getaddrinfo", _said(words, 0, more, "host"))
        return await super().getaddrinfo(*words, **more)

    async def subprocess_exec(self, *words: Any, **more: Any) -> Any:
        sys.audit("subprocess.Popen", None, words[1:])
        return await super().subprocess_exec(*words, **more)

    async def subprocess_shell(self, *words: Any, **more: Any) -> Any:
        sys.audit("subprocess.Popen", None, words[1:])
        return await super().subprocess_shell(*words, **more)


def _said(words: tuple[Any, ...], place: int, more: dict[str, Any], name: str) -> Any:
    return words[place] if len(words) > place else more.get(name)


def watched(note: Callable[[str], None]) -> Callable[[str, tuple[Any, ...]], None]:
    """Return an audit hook that notes what would leave the machine, and refuses it."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if leaves := leaving(event, args):
            note(leaves)
            raise ConnectionRefusedError(leaves)

    return hook


def leaving(event: str, args: tuple[Any, ...]) -> str:
    """Return whom an event would reach: another machine, or a program that may; or nothing."""
    if event in {"socket.connect", "socket.sendto"}:
        return _elsewhere(args[1])
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return _elsewhere((args[0],))
    if event == "subprocess.Popen":
        words = [os.fsdecode(word) for word in args[1]]
        return "" if words[-1] == str(CHILD) else " ".join(words)
    return event if event in _STARTS else ""


def _elsewhere(address: object) -> str:
    """Return an address unless it is on this machine: loopback, or a file."""
    if not isinstance(address, tuple) or address[0] in {None, "", "localhost"}:
        return ""
    host = os.fsdecode(address[0])
    try:
        return "" if ip_address(host).is_loopback else host
    except ValueError:
        return host
