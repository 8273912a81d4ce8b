"""Addresses that lead inside, in every writing that some program somewhere understands. S10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

NETWORKS = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
    198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
"""
NETWORKS_6 = """
    ::/96 ::1/128 64:ff9b:1::/48 100::/64 2001::/32 2001:2::/48 2001:10::/28 2001:20::/28
    2001:db8::/32 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/8 fd00::/8 fe80::/10 fec0::/10
    ff02::/16 4000::/3 8000::/3 e000::/4
"""
"""The special-purpose registries, as ``addresses`` reads them, and what was never given out."""

SCHEMES = "http ftp ftps file gopher dict ldap ldaps tftp sftp ws wss jar netdoc data mailto"
PORTS = (1, 22, 25, 53, 80, 110, 2375, 3306, 5432, 6379, 8080, 8443, 9200, 11211, 27017, 65535)
DOTS = "\u3002\uff0e\uff61\u2024"
DIGITS = "０１２３４５６７８９"
GOOD = "api.partner.example"


def inner_4() -> list[str]:
    """Return the first, a middle and the last address of each network that is not public."""
    found = []
    for network in map(IPv4Network, NETWORKS.split()):
        middle = network[network.num_addresses // 2 + 1]
        found += [str(network[1]), str(middle), str(network[-2])]
    return found


def inner_6() -> list[str]:
    found = []
    for network in map(IPv6Network, NETWORKS_6.split()):
        found += sorted(
            {str(network[0]), str(network[-1]), str(network[network.num_addresses // 3])}
        )
    return found


def carried(address: str) -> list[str]:
    """Return the IPv6 addresses in which this IPv4 one hides."""
    number = int(IPv4Address(address))
    high, low = number >> 16, number & 0xFFFF
    return [
        f"::ffff:{address}",
        f"::ffff:{high:x}:{low:x}",
        f"0:0:0:0:0:ffff:{high:04x}:{low:04x}",
        f"64:ff9b::{high:x}:{low:x}",
        f"64:ff9b::{address}",
        f"2002:{high:x}:{low:x}::1",
        f"::{high:x}:{low:x}",
    ]


def spelled(address: str) -> Iterator[str]:
    """Yield the ways to write this IPv4 address as a host."""
    number, parts = int(IPv4Address(address)), [int(part) for part in address.split(".")]
    a, b, c, d = parts
    yield address
    yield str(number)
    yield f"0x{number:x}"
    yield f"0{number:o}"
    yield ".".join(f"0x{part:x}" for part in parts)
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(f"{part:04d}" for part in parts)
    yield f"{a}.{b}.{c * 256 + d}"
    yield f"{a}.{b * 65536 + c * 256 + d}"
    yield f"{address}."
    yield from (address.replace(".", dot) for dot in DOTS)
    yield address.translate(str.maketrans("0123456789", DIGITS))
    yield address.replace(".", "%2e")
    yield address.replace("1", "①", 1)
    yield from (f"[{inside}]" for inside in carried(address))


def urls() -> list[str]:
    """Return the whole corpus: each address leads inside or nowhere."""
    inner = inner_4()
    found = [f"https://{host}/" for address in inner for host in spelled(address)]
    found += [f"https://[{address}]/" for address in inner_6()]
    found += [f"https://[{address}%25lo]/" for address in ("fe80::1", "::1")]
    for address in inner[::5]:
        found += [
            f"https://{GOOD}@{address}/",
            f"https://{GOOD}:443@{address}/",
            f"https://{address}#@{GOOD}/",
            f"https://{address}\\@{GOOD}/",
            f"https://{address}?@{GOOD}/",
            f"https://{GOOD}%00@{address}/",
            f"https://{address}%00.{GOOD}/",
            f"https://{GOOD}\r\nHost: {address}/",
            f"//{address}/",
            f"https:{address}/",
            f"https:///{address}/",
            f"https:\\\\{address}\\",
        ]
        found += [f"{scheme}://{address}/" for scheme in SCHEMES.split()]
        found += [f"https://{address}:{port}/" for port in PORTS]
    return list(dict.fromkeys(found))


def names() -> dict[str, list[Sequence[str]]]:
    """Return names that lead inside: at once, among good answers, or the second time."""
    public = "93.184.216.34"
    found: dict[str, list[Sequence[str]]] = {}
    every = [*inner_4(), *inner_6(), *(c for a in inner_4()[::5] for c in carried(a))]
    for number, address in enumerate(every):
        plain = str(IPv6Address(address)) if ":" in address else address
        found[f"inside{number}.example"] = [[plain]]
        found[f"among{number}.example"] = [[public, plain]]
        found[f"moves{number}.example"] = [[public], [plain]]
    return found
