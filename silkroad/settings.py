"""Every setting, typed. They come from ``SILKROAD_*`` variables; an unknown one refuses to start.

``silkroad settings`` prints this list with the values in force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qs, urlsplit

import msgspec

from silkroad.kit.regions import HOME, REGIONS

PREFIX = "SILKROAD_"
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")
_USUAL_PORTS = {"http": 80, "https": 443}


class BadSettings(Exception):
    """The settings cannot be served with; the message says which and why."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one server.

    ``base_url`` is where people reach it; without one, the loopback address. Plain http is served
    to loopback only: elsewhere a proxy speaks TLS, and ``base_url`` begins with https.
    """

    host: str = "127.0.0.1"
    port: int = 8420
    metrics_port: int = 0  # 0: no metrics listener
    base_url: str = ""
    data_dir: Path = Path("data")
    region: str = ""  # where all of this installation stands, such as cn or eu; empty: unsaid
    database_url: str = ""  # postgresql://role@host/name; empty: SQLite in data_dir
    database_owner_url: str = ""  # the tables' owner, for migrations; never needed to serve
    keyring_url: str = (
        ""  # postgresql://role@host/name, not the database's; empty: a file in data_dir
    )
    bus_url: str = ""  # nats://host:4222; empty: a single node
    blobs_url: str = ""  # s3://bucket/prefix?endpoint=https://host&region=name; empty: a folder
    blobs_key_file: Path | None = None  # the bucket's key id and secret; default: AWS_* variables
    root_key_file: Path | None = None  # default: <data_dir>/keys/root.key
    root_url: str = ""  # https://host:8200/v1/transit/keys/name wraps the root key; empty: nobody
    root_token_file: Path | None = None  # what that service lets the server in with
    trusted_proxies: str = ""  # addresses whose X-Forwarded-For is believed, comma-separated
    private_targets: str = ""  # origins in your own network that may be reached, comma-separated
    stands_here: str = ""  # hosts of yours that stand where this does, comma-separated
    demo_shop_port: int = 0  # 0: port + 1
    deployment_type: Literal["company", "press"] = "company"  # press: a news organisation
    log_level: str = "info"
    frames_per_second: int = 20  # what one socket may send over time; three times that at once

    @property
    def origin(self) -> str:
        """Return scheme://host[:port] of the address that people use, in a browser's form."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def root_key(self) -> Path:
        return self.root_key_file or self.data_dir / "keys" / "root.key"

    @property
    def private(self) -> frozenset[str]:
        return frozenset(filter(None, self.private_targets.split(",")))

    @property
    def said_here(self) -> frozenset[str]:
        """Return the hosts of which the operator says that they stand where this does. 2.1."""
        return frozenset(filter(None, self.stands_here.split(",")))

    @property
    def private_push(self) -> frozenset[str]:
        """Return those of them that can be push services: all that nothing else is named for."""
        endpoint = parse_qs(urlsplit(self.blobs_url).query).get("endpoint", [""])[0]
        taken = {f"{at.scheme}://{at.netloc}" for at in map(urlsplit, (self.root_url, endpoint))}
        return self.private - taken


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of an environment. Raises BadSettings."""
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }
    try:
        settings = msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as wrong:
        raise BadSettings(f"Settings ({PREFIX}*): {wrong}") from wrong
    _refuse_unsafe(settings)
    return settings


def _refuse_unsafe(settings: Settings) -> None:
    for proxy in filter(None, settings.trusted_proxies.split(",")):
        _refuse_vague_proxy(proxy)
    for target in settings.private:
        parts = _origin(target)
        if parts is None or target != _plainest(parts):
            raise BadSettings(
                "SILKROAD_PRIVATE_TARGETS must hold origins such as http://10.0.3.7:8080, in small "
                "letters and without the port that goes without saying (http 80, https 443)"
            )
    if not all(_HOST.fullmatch(host) for host in settings.said_here):
        raise BadSettings(
            "SILKROAD_STANDS_HERE must hold hosts such as files.example, in small letters, without "
            "scheme and port"
        )
    if settings.region and settings.region not in set(REGIONS) - {HOME}:
        raise BadSettings(f"SILKROAD_REGION must be one of {', '.join(REGIONS[1:])}")
    if settings.keyring_url and same_database(settings.keyring_url, settings.database_url):
        raise BadSettings(
            "SILKROAD_KEYRING_URL must name another database than SILKROAD_DATABASE_URL: beside "
            "the rows, whoever reads the rows could read the keys."
        )
    parts = _origin(settings.origin)
    if parts is None:
        raise BadSettings("SILKROAD_BASE_URL must look like https://chat.example, no more, no less")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise BadSettings(
            "Plain http is served on loopback only. Put a proxy with TLS in front "
            "and set SILKROAD_BASE_URL to its https address."
        )


def same_database(one: str, other: str) -> bool:
    """Whether two addresses name the same database, whoever comes there."""
    first, second = urlsplit(one), urlsplit(other)
    hosts = {parts.netloc.rpartition("@")[2] for parts in (first, second)}
    return len(hosts) == 1 and first.path == second.path


def _refuse_vague_proxy(proxy: str) -> None:
    """Take an address or a network. Whoever trusts everybody believes what callers say they are."""
    try:
        everybody = ip_network(proxy.strip()).prefixlen == 0
    except ValueError:
        everybody = True
    if everybody:
        raise BadSettings(
            "SILKROAD_TRUSTED_PROXIES must hold addresses or networks such as 10.0.3.0/24, "
            f"not {proxy}"
        )


def _origin(text: str) -> SplitResult | None:
    """Return the parts of scheme://host[:port], or nothing for any other text."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:  # brackets without an address between them, or no number for a port
        return None
    wanted = f"{parts.scheme}://{parts.netloc}"
    is_one = parts.scheme in {"http", "https"} and parts.hostname
    return parts if is_one and text == wanted and "@" not in parts.netloc else None


def _plainest(parts: SplitResult) -> str:
    """Return an origin as it is written wherever targets are compared with it."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, _USUAL_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        try:
            return Path(value).expanduser()
        except RuntimeError as unknown:  # ~somebody whom this machine does not know
            raise ValueError(str(unknown)) from unknown
    raise NotImplementedError(kind)
