"""Scans for advertising, tracking, profiling and recommendation: what each finds, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec


class Trackers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names that are well known: packages of both registries, hosts, and calls in a page."""

    about: str
    npm: list[str]
    python: list[str]
    hosts: list[str]
    calls: list[str]


KNOWN = msgspec.json.decode(Path(__file__).with_name("trackers.json").read_bytes(), type=Trackers)


def among_npm(lock: bytes) -> list[str]:
    """Return which packages of an npm lock file are known, however deep they lie."""
    places = msgspec.json.decode(lock)["packages"]
    names = {place.rpartition("node_modules/")[2] for place in places}
    return sorted(name for name in names if _is_known(name))


def _is_known(name: str) -> bool:
    scope = name.partition("/")[0] + "/"
    return name in KNOWN.npm or (name.startswith("@") and scope in KNOWN.npm)


def among_python(lock: str) -> list[str]:
    """Return which packages of a pinned requirements file are known."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)
    plain = {re.sub(r"[-_.]+", "-", name).lower() for name in names}
    return sorted(plain & set(KNOWN.python))


def among_hosts(hosts: Iterable[str]) -> list[str]:
    """Return which of these hosts, or patterns such as ``*.name``, are known or lie below one."""
    return sorted(
        host
        for host in hosts
        if any(f".{host.removeprefix('*.')}".endswith(f".{known}") for known in KNOWN.hosts)
    )


def in_text(text: str) -> list[str]:
    """Return the known hosts and calls that stand in what a browser is given."""
    hosts = set(re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", text.lower()))
    return among_hosts(hosts) + [call for call in KNOWN.calls if call in text]
