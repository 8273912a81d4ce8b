"""A consent names who gets the wakes: every push service that is asked has somebody behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from silkroad.engines.outbound import Blocked
from silkroad.privacy.consent.model import terms_of
from silkroad.privacy.processors import maker_of, makers, push_services, registry

HOSTS = sorted(host for service in push_services() for host in service.hosts)


@pytest.mark.parametrize("host", HOSTS)
def test_every_push_service_has_a_maker(host: str) -> None:
    assert maker_of(f"https://{host.replace('*', 'some')}/send/x") in makers()


def test_every_maker_has_a_push_service() -> None:
    found = {maker_of(f"https://{h.replace('*', 'some')}/") for h in HOSTS}
    assert found == set(makers())


def test_an_operators_own_push_service_is_called_by_its_address() -> None:
    assert maker_of("http://10.0.0.7:8099/push/x") == "10.0.0.7:8099"
    assert maker_of("https://push.example/x") == "push.example"


def test_what_looks_like_a_maker_is_none() -> None:
    for host in ("google.com.evil.example", "evilgoogle.com", "www.google.com", "mozilla.com"):
        assert maker_of(f"https://{host}/x") == host


def test_what_is_no_address_has_nobody_behind_it() -> None:
    with pytest.raises(Blocked):
        maker_of("not an address")


def test_a_yes_is_to_one_recipient_as_it_was_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """5.1: when the registry says something else of a recipient, its consents are over."""
    own = "10.0.0.7:8099"
    before = {maker: terms_of("wake_up", maker) for maker in (*makers(), own, "")}
    apple = replace(registry.PROCESSORS["apple_push"], company="Apple (Guizhou) Ltd")
    monkeypatch.setattr(registry, "PROCESSORS", {**registry.PROCESSORS, apple.name: apple})
    after = {maker: terms_of("wake_up", maker) for maker in before}
    assert {maker for maker in before if after[maker] != before[maker]} == {"Apple", ""}
    assert terms_of("camera") == terms_of("camera", "Apple"), "nothing goes outside"
