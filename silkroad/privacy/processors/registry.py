"""Every third party that this version can talk to, in one list. Clauses 2.0, 5.0, 5.1, 8.3.

Nobody else gets anything: the way out is made from this list, and so is whom a consent names.
Hosts, companies and policies were looked up in 2026-11.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from types import MappingProxyType

from silkroad.engines.outbound import Field, Recipient
from silkroad.engines.outbound.targets import listed, read
from silkroad.kit.inventory import DataClass, Purpose

from .model import Method, Processor, Service

_WAKE = {
    DataClass.DEVICE: (Field.PUSH_ADDRESS, Field.WAKE_ID, Field.WAKE_TIME),
    DataClass.CONTACT: (Field.OPERATOR_CONTACT,),
    DataClass.NETWORK: (Field.SERVER_ADDRESS,),
}

_NO_CONTACT = frozenset({Field.OPERATOR_CONTACT})
"""RFC 8292 only recommends it; Google, Apple and Microsoft are not known to do without."""


def _push(
    maker: str,
    product: str,
    company: str,
    terms: str,
    policy_url: str,
    *hosts: str,
    optional: frozenset[Field] = frozenset(),
) -> Processor:
    """Return a browser vendor's push service. All four companies have their seat in the US."""
    return Processor(
        name=f"{maker.lower()}_push",
        maker=maker,
        kind="third_party",
        service="web_push",
        product=product,
        company=company,
        purpose=Purpose.WAKE_UP,
        data=_WAKE,
        method="browser",
        region="us",
        countries=("US",),
        policy_url=policy_url,
        terms=terms,
        hosts=frozenset(hosts),
        optional=optional,
    )


def _own(
    name: str, service: Service, product: str, data: dict[DataClass, tuple[Field, ...]]
) -> Processor:
    """Return a service that the operator runs; its policy is this installation's own."""
    purpose = Purpose.WAKE_UP if service == "web_push" else Purpose.SECURITY
    method: Method = "browser" if service == "web_push" else "server"
    return Processor(
        name=name,
        kind="own",
        service=service,
        product=product,
        company="{controller}",
        purpose=purpose,
        data=data,
        method=method,
        region="home",
        countries=(),
        policy_url="/privacy",
        terms="{policy}",
        hosts=frozenset(),
        optional=_NO_CONTACT if service == "web_push" else frozenset(),
    )


def _kept(
    name: str, service: Service, product: str, data: dict[DataClass, tuple[Field, ...]]
) -> Processor:
    """Return a place where the installation's own data lies; it is told of by its host."""
    return Processor(
        name=name,
        kind="kept",
        service=service,
        product=product,
        company="{keeper}",
        purpose=Purpose.OPERATION,
        data=data,
        method="server",
        region="home",
        countries=(),
        policy_url="/privacy",
        terms="{policy}",
        hosts=frozenset(),
    )


_ROWS: dict[DataClass, tuple[Field, ...]] = {
    kind: (Field.STORED_ROWS,) for kind in DataClass if kind is not DataClass.NONE
}
"""Of every kind, since every table lies there."""

OWN_PUSH = "own_push"
ROOT_KEY = "root_key"

PROCESSORS = MappingProxyType(
    {
        entry.name: entry
        for entry in (
            _push(
                "Google",
                "Firebase Cloud Messaging",
                "Google LLC",
                "Google APIs Terms of Service",
                "https://policies.google.com/privacy",
                "fcm.googleapis.com",  # Chrome, Edge on phones, Opera, Samsung Internet
                "jmt17.google.com",  # Chromium as the distributions build it
            ),
            _push(
                "Mozilla",
                "Mozilla Push Service (autopush)",
                "Mozilla Corporation",
                "Firefox Terms of Use",
                "https://www.mozilla.org/privacy/firefox/",
                "*.push.services.mozilla.com",
                optional=_NO_CONTACT,
            ),
            _push(
                "Apple",
                "Apple Push Notification service",
                "Apple Inc.",
                "Apple Developer Program License Agreement",
                "https://www.apple.com/legal/privacy/",
                "*.push.apple.com",
            ),
            _push(
                "Microsoft",
                "Windows Push Notification Services",
                "Microsoft Corporation",
                "Microsoft Services Agreement",
                "https://www.microsoft.com/privacy/privacystatement",
                "*.notify.windows.com",
            ),
            _own(OWN_PUSH, "web_push", "Web Push (RFC 8030)", _WAKE),
            _own(ROOT_KEY, "root_key", "OpenBao / Vault", {DataClass.NONE: (Field.ROOT_KEY,)}),
            _kept("kept_rows", "database", "PostgreSQL", _ROWS),
            _kept("kept_keys", "database", "PostgreSQL", {DataClass.NONE: (Field.STORED_KEYS,)}),
            _kept("kept_files", "files", "S3", {DataClass.FILE: (Field.STORED_FILES,)}),
            _kept("kept_bus", "bus", "NATS", {DataClass.OPERATION: (Field.NODE_HINTS,)}),
        )
    }
)
"""By name. What a company can switch on and off is ``offered``; the rest is the installation's."""


def offered() -> list[Processor]:
    """Return those that a company decides about."""
    return [entry for entry in PROCESSORS.values() if entry.service == "web_push"]


def there(own: Collection[str]) -> list[Processor]:
    """Return those of them that can be reached here: an own one only where the operator has one."""
    return [entry for entry in offered() if entry.kind == "third_party" or own]


def products(own: Collection[str]) -> dict[str, str]:
    """Return the products of those, by name."""
    return {entry.name: entry.product for entry in there(own)}


def unchanged(name: str, facts: str | None, covered: Collection[Field]) -> bool:
    """Whether the list still says of somebody what it said when a company agreed.

    ``covered`` is what its contract covers.
    """
    return name in PROCESSORS and PROCESSORS[name].agreed(facts, covered)


def makers() -> tuple[str, ...]:
    """Return everybody who may stand behind a push service, in the order of the alphabet."""
    return tuple(sorted({entry.maker for entry in PROCESSORS.values() if entry.maker}))


def maker_of(endpoint: str) -> str:
    """Return who gets what is sent to an endpoint; of an operator's own push service its address.

    Raises Blocked when it is no address.
    """
    target = read(endpoint)
    for entry in PROCESSORS.values():
        if entry.maker and listed(target.host, entry.hosts):
            return entry.maker
    return target.authority


def facts_behind(maker: str = "") -> list[str]:
    """Return what names all that is told of whoever stands behind a push service.

    Without a maker that of all of them; an address is an own push service's.
    """
    services = [entry for entry in PROCESSORS.values() if entry.service == "web_push"]
    known = maker if maker in makers() else ""
    return [entry.facts for entry in services if not maker or entry.maker == known]


def push_services(own: Iterable[str] = ()) -> tuple[Recipient, ...]:
    """Return the browsers' push services, and the operator's ``own``, such as http://10.0.3.7:8099.

    Raises Blocked when one of those is not an address.
    """
    return tuple(
        entry.recipient(own if entry.kind == "own" else ())
        for entry in PROCESSORS.values()
        if entry.service == "web_push"
    )


_KEPT_BY = MappingProxyType(
    {
        "database_url": "kept_rows",
        "keyring_url": "kept_keys",
        "blobs_url": "kept_files",
        "bus_url": "kept_bus",
    }
)
"""Which setting names where that is. What the tables' owner comes to is the same database."""


def keepers(elsewhere: Iterable[tuple[str, str]]) -> tuple[Recipient, ...]:
    """Return where the installation's own data lies, if not on this machine: by setting and host.

    None of them is sent to by the way out: drivers speak to them.
    """
    hosts: dict[str, set[str]] = {}
    for setting, host in elsewhere:
        if setting in _KEPT_BY:
            hosts.setdefault(_KEPT_BY[setting], set()).add(host)
    return tuple(
        replace(PROCESSORS[name].recipient(), hosts=frozenset(found))
        for name, found in hosts.items()
    )


def agrees(recipient: Recipient) -> bool:
    """Whether somebody to whom an engine sends is in the list, and gets no more than it says."""
    entry = PROCESSORS.get(recipient.name)
    return (
        entry is not None
        and recipient.purpose == entry.purpose
        and recipient.data <= set(entry.data)
        and recipient.fields <= set(entry.fields)
        and recipient.hosts <= entry.hosts
    )
