"""Which internet addresses may be dialled: the public ones, and what hides inside them checked too.

From the IANA special-purpose registries (RFC 6890 and its updates, read 2026-11). Own tables
rather than ``is_global``, whose answer has changed between patch releases of Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Literal

Trust = Literal["nobody", "own", "anywhere"]
"""Who answers for an origin: ``nobody``, so it is on the internet; the operator, of whose ``own``
network it is; or the operator, ``anywhere``.
"""

_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; some clouds keep their metadata here
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local: cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_UNICAST_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, with Teredo and ORCHID
        "2001:db8::/32",  # documentation
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_EMBEDDINGS = (  # where an IPv6 address carries an IPv4 one, and how many bits stand after it
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
_OWN: tuple[IPv4Network | IPv6Network, ...] = (
    *(
        IPv4Network(network)
        for network in (
            "10.0.0.0/8",
            "100.64.0.0/10",  # what clouds and overlays give to one's own machines
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
        )
    ),
    IPv6Network("::1/128"),
    IPv6Network("fc00::/7"),
)


def reachable(text: str, trust: Trust) -> bool:
    """Whether this numeric address may be dialled for an origin that is trusted so far."""
    own, public = is_own(text), _is_public(_unmapped(ip_address(text)))
    return {"nobody": public, "own": own, "anywhere": own or public}[trust]


def is_own(host: str) -> bool:
    """Whether a host is a number of this machine, or of a network that is not the internet.

    Such a machine stands beside the installation, as far as anybody can tell. Clause 2.1.
    """
    try:
        return _in(_unmapped(ip_address(host)), _OWN)
    except ValueError:
        return False


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return not _in(address, _NOT_PUBLIC_4)
    return address in _UNICAST_6 and not _in(address, _NOT_PUBLIC_6)


def _unmapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address):
        for network, shift in _EMBEDDINGS:
            if address in network:
                return IPv4Address(int(address) >> shift & 0xFFFF_FFFF)
    return address


def _in(address: IPv4Address | IPv6Address, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(address in network for network in networks)
