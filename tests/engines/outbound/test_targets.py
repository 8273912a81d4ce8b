"""An address is read in one way only, and every trick that relies on two readings is refused."""

from __future__ import annotations

import pytest

from silkroad.engines.outbound import Blocked, Recipient
from silkroad.engines.outbound.targets import admit, read
from silkroad.kit.inventory import DataClass, Purpose
from tests.fakes.gets import GETS

PARTNER = Recipient(
    name="partner",
    purpose=Purpose.OPERATION,
    data=frozenset({DataClass.OPERATION}),
    fields=GETS,
    hosts=frozenset({"api.partner.example", "*.push.example", "xn--bcher-kva.example"}),
    vouched=frozenset({"http://127.0.0.1:8099", "https://intern.example"}),
)

MALFORMED = [
    "",
    "api.partner.example",
    "//api.partner.example/",
    "https:api.partner.example",
    "https:///etc/passwd",
    "file:///etc/passwd",
    "data:text/plain,hello",
    "https://",
    "https://127.1/",
    "https://0177.0.0.1/",
    "https://0x7f.0.0.1/",
    "https://0x7f000001/",
    "https://0x/",
    "https://2130706433/",
    "https://017700000001/",
    "https://127.0.0.01/",
    "https://127.0.0.1./",
    "https://999.0.0.1/",
    "https://api.partner.example.1/",
    "https://[::1/",
    "https://[::1]x/",
    "https://[fe80::1%25eth0]/",
    "https://[::ffff:127.0.0.1%1]/",
    "https://[127.0.0.1]/",
    "https://[:::]/",
    "https://me@api.partner.example/",
    "https://me:secret@127.0.0.1/",
    "https://api.partner.example@127.0.0.1/",
    "https://127.0.0.1#@api.partner.example/",
    "https://127.0.0.1\\@api.partner.example/",
    "https://api.partner.example\\.evil.example/",
    "https:\\\\api.partner.example\\",
    "https://api.partner.example/#fragment",
    "https://api.partner.example/a b",
    "https://api.partner.example/\r\nx: y",
    "https://api.partner.example/\n",
    "https://api.partner.example\t/",
    " https://api.partner.example/",
    "https://api.partner.example/\x00",
    "https://api.partner.example:/",
    "https://api.partner.example:0443/",
    "https://api.partner.example:65536/",
    "https://api.partner.example:443:80/",
    "https://api.partner.example:٤٤٣/",
    "https://api.partner.example./",
    "https://api..partner.example/",
    "https://.partner.example/",
    "https://-api.partner.example/",
    "https://api_.partner.example/",
    "https://api%2epartner.example/",
    "https://*.push.example/",
    f"https://{'a' * 64}.push.example/",
    "https://bücher.example/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://аpi.partner.example/",  # its first letter is Cyrillic
    "https://api.partner.example/ü",
    "https://api.partner.example/\u2028",
    "https://api.partner.example/" + "a" * 2048,
]


@pytest.mark.parametrize("url", MALFORMED)
def test_what_could_be_read_in_two_ways_is_malformed(url: str) -> None:
    with pytest.raises(Blocked) as refused:
        read(url)
    assert refused.value.reason == "malformed"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://api.partner.example/", "scheme"),
        ("HTTP://api.partner.example/", "scheme"),
        ("ftp://api.partner.example/", "scheme"),
        ("gopher://api.partner.example/_", "scheme"),
        ("https://api.partner.example:80/", "port"),
        ("https://api.partner.example:8443/", "port"),
        ("https://api.partner.example:22/", "port"),
        ("https://elsewhere.example/", "host"),
        ("https://partner.example/", "host"),
        ("https://evil.api.partner.example/", "host"),
        ("https://api.partner.example.evil.example/", "host"),
        ("https://push.example/", "host"),
        ("https://evilpush.example/", "host"),
        ("https://localhost/", "host"),
        ("https://127.0.0.1/", "host"),
        ("https://[::1]/", "host"),
        ("https://[::ffff:7f00:1]/", "host"),
        ("https://93.184.216.34/", "host"),
        ("http://127.0.0.1:8100/", "scheme"),
        ("http://127.0.0.1/", "scheme"),
        ("https://127.0.0.1:8099/", "port"),
        ("http://localhost:8099/", "scheme"),
        ("http://intern.example/", "scheme"),
        ("https://intern.example:8443/", "port"),
    ],
)
def test_a_recipient_is_asked_at_its_own_doors_only(url: str, reason: str) -> None:
    with pytest.raises(Blocked) as refused:
        admit(PARTNER, url)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("https://api.partner.example", "https://api.partner.example", "/"),
        ("HTTPS://API.Partner.Example:443/A?b=c%20d", "https://api.partner.example", "/A?b=c%20d"),
        ("https://eu.west.push.example/wake/a:b@c", "https://eu.west.push.example", "/wake/a:b@c"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example", "/"),
    ],
)
def test_its_own_doors_are_open(url: str, origin: str, path: str) -> None:
    target = admit(PARTNER, url)
    assert (target.origin, target.path, target.vouched) == (origin, path, False)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8099/push/1", "https://intern.example/hook"])
def test_an_origin_that_the_operator_vouches_for_is_open(url: str) -> None:
    assert admit(PARTNER, url).vouched


def test_an_ipv6_host_is_written_the_same_whatever_came_in() -> None:
    target = read("https://[2606:4700:0000:0::1111]:8443/")
    assert (target.host, target.authority) == ("2606:4700::1111", "[2606:4700::1111]:8443")
