"""What an address may look like, and whether its recipient may be asked there.

One strict reading instead of a forgiving one: an address that two programs could read differently
is refused. Plain ASCII, a host that is a name or a canonical number, no user, no fragment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from . import Blocked, Recipient, Request

HTTPS = 443
_PORTS = {"http": 80, "https": HTTPS}
_LONGEST = 2048

# RFC 3986, less than it allows: no user information, no fragment, no percent sign in a host
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://"
    r"(?P<host>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<path>/[a-z0-9._~!$&'()*+,;=:@%/?-]*)?",
    re.ASCII | re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """An address, taken apart. An IPv6 host stands without brackets."""

    scheme: str
    host: str
    port: int
    path: str
    vouched: bool = False

    @property
    def authority(self) -> str:
        """Return the value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS.get(self.scheme) else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Return scheme, host and port as RFC 6454 writes them."""
        return f"{self.scheme}://{self.authority}"


def registered(recipients: Mapping[str, Recipient], request: Request) -> Recipient:
    """Return the recipient of a request, if it is declared and may get that: what, and how much."""
    recipient = recipients.get(request.recipient)
    if recipient is None:
        raise Blocked("unregistered")
    if not request.fields or not request.fields <= recipient.fields:
        raise Blocked("undeclared")
    if len(request.content) > recipient.request_bytes:
        raise Blocked("request_too_large")
    return recipient


def admit(recipient: Recipient, url: str) -> Target:
    """Return the target, if this recipient may be asked there. Raises Blocked."""
    target = read(url)
    if target.origin in recipient.vouched:
        return Target(target.scheme, target.host, target.port, target.path, vouched=True)
    if target.scheme != "https":
        raise Blocked("scheme")
    if target.port != HTTPS:
        raise Blocked("port")
    if not listed(target.host, recipient.hosts):
        raise Blocked("host")
    return target


def read(url: str) -> Target:
    """Take an absolute address apart. Raises Blocked("malformed")."""
    found = _URL.fullmatch(url) if len(url) <= _LONGEST else None
    if found is None:
        raise Blocked("malformed")
    scheme = found["scheme"].lower()
    port = int(found["port"] or _PORTS.get(scheme, 0))
    if port > 0xFFFF:  # noqa: PLR2004 - the largest port there is
        raise Blocked("malformed")
    return Target(scheme, _host(found["host"].lower()), port, found["path"] or "/")


def _host(text: str) -> str:
    labels = text.split(".")
    try:
        if text.startswith("["):
            return str(IPv6Address(text[1:-1]))
        if _NUMBER.fullmatch(labels[-1]):  # a number in any other writing (octal, hex, short)
            return str(IPv4Address(text))  # would mean different machines to different programs
    except AddressValueError:
        raise Blocked("malformed") from None
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise Blocked("malformed")
    return text


def listed(host: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of these; ``*.name`` stands for everything below a name."""
    labels = host.split(".")
    above = ("*." + ".".join(labels[index:]) for index in range(1, len(labels)))
    return host in hosts or any(pattern in hosts for pattern in above)
