"""A consent names who gets the wakes: every push service that is asked has somebody behind it."""

from __future__ import annotations

import pytest

from silkroad.engines.notify.vendors import vendor_of, vendors
from silkroad.engines.outbound import Blocked
from silkroad.privacy.processors import push_services

HOSTS = sorted(host for service in push_services() for host in service.hosts)


@pytest.mark.parametrize("host", HOSTS)
def test_every_push_service_has_a_maker(host: str) -> None:
    assert vendor_of(f"https://{host.replace('*', 'some')}/send/x") in vendors()


def test_every_maker_has_a_push_service() -> None:
    found = {vendor_of(f"https://{h.replace('*', 'some')}/") for h in HOSTS}
    assert found == set(vendors())


def test_an_operators_own_push_service_is_called_by_its_address() -> None:
    assert vendor_of("http://10.0.0.7:8099/push/x") == "10.0.0.7:8099"
    assert vendor_of("https://push.example/x") == "push.example"


def test_what_looks_like_a_maker_is_none() -> None:
    for host in ("google.com.evil.example", "evilgoogle.com", "mozilla.com.example"):
        assert vendor_of(f"https://{host}/x") == host


def test_what_is_no_address_has_nobody_behind_it() -> None:
    with pytest.raises(Blocked):
        vendor_of("not an address")
