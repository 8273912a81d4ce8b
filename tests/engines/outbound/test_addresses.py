"""Only public addresses are dialled, whatever they are wrapped in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkroad.engines.outbound.addresses import Trust, reachable

INSIDE = [
    "0.0.0.0",  # noqa: S104 - refused here, bound nowhere
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",  # IPv4-compatible, given up long ago
    "::127.0.0.1",
    "64:ff9b:1::7f00:1",  # NAT64 for local use
    "100::1",
    "2001::1",  # Teredo
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_the_public_internet_is_not_reachable(address: str) -> None:
    assert not reachable(address, "nobody")


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_internet_is_reachable(address: str) -> None:
    assert reachable(address, "nobody")


@pytest.mark.parametrize("address", [each for each in INSIDE if ":" not in each])
@pytest.mark.parametrize("wrapping", ["::ffff:0:0", "64:ff9b::", "2002::"])
def test_an_inner_address_stays_inside_whatever_it_is_wrapped_in(
    address: str, wrapping: str
) -> None:
    assert not reachable(wrapped(address, wrapping), "nobody")


@pytest.mark.parametrize("wrapping", ["::ffff:0:0", "64:ff9b::", "2002::"])
def test_a_public_address_may_come_wrapped(wrapping: str) -> None:
    assert reachable(wrapped("93.184.216.34", wrapping), "nobody")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.0.7", "100.64.0.1"),
        *("::1", "fd00::5", "::ffff:10.0.0.1"),
    ],
)
def test_the_operator_can_vouch_for_a_private_address(address: str) -> None:
    assert reachable(address, "own")
    assert reachable(address, "anywhere")


@pytest.mark.parametrize("address", [*OUTSIDE, "::ffff:1.1.1.1", "203.0.113.5", "198.18.0.1"])
def test_what_the_operator_vouches_for_is_not_on_the_internet(address: str) -> None:
    """2.1: it counts as standing beside the installation, and a public address may be anywhere."""
    assert not reachable(address, "own")


@pytest.mark.parametrize("address", OUTSIDE)
def test_only_what_something_else_holds_may_be_anywhere(address: str) -> None:
    assert reachable(address, "anywhere")


@pytest.mark.parametrize("trust", ["own", "anywhere"])
@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1", "::"],
)
def test_nobody_can_vouch_for_cloud_metadata_or_a_crowd(address: str, trust: Trust) -> None:
    assert not reachable(address, trust)


@given(st.ip_addresses(v=4))
def test_nothing_gets_through_that_python_calls_private(address: IPv4Address) -> None:
    if reachable(str(address), "nobody"):
        assert address.is_global
        assert not any((address.is_private, address.is_multicast, address.is_reserved))


@given(st.ip_addresses(v=6))
def test_the_same_for_the_long_addresses(address: IPv6Address) -> None:
    carries_a_short_one = address.ipv4_mapped or address.sixtofour  # Pythons differ about these
    if reachable(str(address), "nobody") and not carries_a_short_one:
        assert address.is_global
        assert not any((address.is_private, address.is_multicast, address.is_link_local))


def wrapped(address: str, wrapping: str) -> str:
    shift = 80 if wrapping == "2002::" else 0
    return str(IPv6Address(int(IPv6Address(wrapping)) | int(IPv4Address(address)) << shift))
