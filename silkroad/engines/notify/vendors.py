"""Who stands behind a push service: the makers of browsers, as people know them. Clauses 2.0, 5.1.

A consent names its recipient, and a host name says little to most people.
"""

from __future__ import annotations

from silkroad.engines.outbound.targets import read

_MAKERS = {
    "googleapis.com": "Google",
    "google.com": "Google",
    "mozilla.com": "Mozilla",
    "windows.com": "Microsoft",
    "apple.com": "Apple",
}


def vendors() -> tuple[str, ...]:
    """Return everybody who may stand behind a push service, in the order of the alphabet."""
    return tuple(sorted(set(_MAKERS.values())))


def vendor_of(endpoint: str) -> str:
    """Return who gets what is sent to an endpoint; of an operator's own push service its address.

    Raises Blocked when it is no address.
    """
    target = read(endpoint)
    return maker_of(target.host) or target.authority


def maker_of(host: str) -> str | None:
    """Return the maker whose host this is, or None."""
    return _MAKERS.get(".".join(host.split(".")[-2:]))
