"""What is remembered of requests while they are counted and answered. Clauses P.1, 4.1.2."""

from __future__ import annotations

from silkroad.kit.inventory import (
    SESSION,
    Beyond,
    DataClass,
    Purpose,
    in_memory,
    nonpersonal,
    personal,
)

_COUNTED = in_memory(
    ("visitor", "requester", "member"),
    DataClass.NETWORK,
    Purpose.SECURITY,
    basis="legitimate_interest",
    controller="operator",
)
_PROGRAM = nonpersonal("what the program itself consists of")

_TOKEN = personal(
    ("visitor", "member"),
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    source="use",
    basis="contract",
    retention=SESSION,
    erasure="delete",
    export="exclude",
)

BEYOND: Beyond = {
    "browser": {"cookie": {"CONSOLE": _TOKEN, "visitor_cookie": _TOKEN}},
    "memory": {
        "http.arrivals.Arrivals": {"_of": _COUNTED},
        "http.assets.Asset": {"compressed": _PROGRAM},
        "http.call.Call": {
            "cookies": in_memory(("visitor", "member"), DataClass.ACCOUNT, Purpose.AUTHENTICATION)
        },
        "http.health": {"described": _PROGRAM},
        "http.throttle.Throttle": {"_buckets": _COUNTED},
        "http.typescript._Writer": {
            "parts": _PROGRAM,
            "_known": _PROGRAM,
            "_aliases": _PROGRAM,
        },
    },
}
