"""Where the stores, the bus and the root key's service stand that the settings name. Clause 2.1.

This machine and numbers of one's own network stand where the installation does. A host of Amazon's
stands where the region in its name lies, whatever anybody says. Of every other one nobody here can
tell: it stands beside the installation if the operator says so, with ``SILKROAD_STANDS_HERE``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from silkroad.kit.regions import HOME
from silkroad.settings import BadSettings, Settings, is_loopback

from .blobs.opening import host_of as host_of_bucket
from .keyring.transit import read_key
from .outbound.addresses import is_own

STAYS = "What is at home in a region stays there."
UNSAID = (
    "does not tell where it stands: if it is the same region, name it in SILKROAD_STANDS_HERE, "
    "and else another one."
)

_AMAZONS = re.compile(
    r"(?:^|[.-])(?P<region>[a-z]{2}(?:-gov)?-[a-z]+-\d)\.(?:[a-z0-9.-]+\.)?amazonaws\.com(?:\.cn)?$"
)
_AREAS = MappingProxyType({"cn": "cn", "us": "us", "eu": "eu", "sa": "br"})
_IN = MappingProxyType(  # Amazon's list of regions, read 2026-11; Hong Kong and others: other
    {
        "eu-west-2": "uk",
        "eu-central-2": "other",  # Zurich
        "ap-southeast-1": "sg",
        "ap-southeast-2": "au",
        "ap-southeast-4": "au",
        "ap-northeast-1": "jp",
        "ap-northeast-3": "jp",
        "ap-south-1": "in",
        "ap-south-2": "in",
        "me-central-1": "ae",
        **dict.fromkeys(("ap-east-1", "ap-east-2", "ap-northeast-2", "ap-southeast-3"), "other"),
        **dict.fromkeys(("ap-southeast-5", "ap-southeast-6", "ap-southeast-7"), "other"),
        **dict.fromkeys(("ca-central-1", "ca-west-1", "mx-central-1", "af-south-1"), "other"),
        **dict.fromkeys(("me-south-1", "il-central-1"), "other"),
    }
)


class Elsewhere(NamedTuple):
    """A host that is not this machine, and the setting that names it."""

    setting: str
    host: str


def hold(settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
    """Raise BadSettings if a host is not known or not said to stand in the region of the setting.

    An installation that says no region holds nothing, and takes no company of a pinned one.
    """
    for setting, host in elsewhere(settings, environment) if settings.region else ():
        place = _place(host, settings)
        if place not in {settings.region, HOME}:
            raise BadSettings(
                f"SILKROAD_REGION is {settings.region}, and {host} of SILKROAD_{setting.upper()} "
                f"{f'stands in the region {place}. {STAYS}' if place else UNSAID}"
            )


def elsewhere(
    settings: Settings, environment: Mapping[str, str] = os.environ
) -> Iterator[Elsewhere]:
    """Yield every host but this machine that holds something of this installation's."""
    for setting, hosts in _named(settings, environment):
        for host in (named.rstrip(".") for named in hosts):
            if host and not host.startswith(("/", "@")) and not is_loopback(host):
                yield Elsewhere(setting, host.lower())


def _named(
    settings: Settings, environment: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for setting in ("database_url", "database_owner_url", "keyring_url"):
        yield setting, _hosts_of_database(getattr(settings, setting))
    yield "bus_url", (urlsplit(settings.bus_url).hostname or "",)
    yield "blobs_url", (host_of_bucket(settings, environment),)
    if settings.root_url:
        origin = read_key(settings.root_url, settings.private).origin
        yield "root_url", (urlsplit(origin).hostname or "",)


def _hosts_of_database(url: str) -> tuple[str, ...]:
    if not url:
        return ()
    try:
        from .database.postgres import hosts_of  # noqa: PLC0415 - psycopg is an extra
    except ImportError:  # whoever opens it says what is missing
        return ()
    return hosts_of(url)


def _place(host: str, settings: Settings) -> str:
    """Return the region that a host is known or said to stand in; empty: nobody knows."""
    amazons = _AMAZONS.search(host)
    if amazons:
        name = amazons["region"]
        known = _IN.get(name) or _AREAS.get(name[:2], "")
        if known:
            return known
    return HOME if host in settings.said_here or is_own(host) else ""
