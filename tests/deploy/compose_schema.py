"""As much of the Compose specification as our two files use."""

from __future__ import annotations

from .schema import (
    NAMES,
    NUMBER,
    SECONDS,
    SIZE,
    TEXT,
    YES,
    Schema,
    many,
    matching,
    named,
    one,
    thing,
)

IMAGE = matching(r"^[a-z0-9./-]+:[a-z0-9.-]+(@sha256:[0-9a-f]{64})?$")

SERVICE = thing(
    {
        "image": IMAGE,
        "restart": one("unless-stopped", "on-failure"),
        "user": matching(r"^[1-9]\d*:[1-9]\d*$"),
        "read_only": YES,
        "cap_drop": {"const": ["ALL"]},
        "security_opt": {"const": ["no-new-privileges:true"]},
        "pids_limit": NUMBER,
        "mem_limit": SIZE,
    },
    {
        "build": thing({"context": TEXT}),
        "cap_add": {"const": ["NET_BIND_SERVICE"]},
        "command": many(TEXT),
        "depends_on": named(
            thing(
                {
                    "condition": one(
                        "service_healthy", "service_started", "service_completed_successfully"
                    )
                }
            )
        ),
        "deploy": thing({"replicas": NUMBER}),
        "env_file": many(TEXT),
        "environment": NAMES,
        "healthcheck": thing(
            {"test": many(TEXT), "interval": SECONDS, "timeout": SECONDS, "retries": NUMBER}
        ),
        "networks": {
            "anyOf": [many(TEXT), named(thing({"ipv4_address": matching(r"^[\d.]+$")}))],
        },
        "ports": many(matching(r"^(127\.0\.0\.1:)?\d+:\d+$")),
        "secrets": many(TEXT),
        "shm_size": SIZE,
        "stop_grace_period": SECONDS,
        "tmpfs": many(matching(r"^/[a-z/]+:rw,noexec,nosuid,nodev,size=\d+m(,[a-z]+=\d+)*$")),
        "volumes": many(matching(r"^[a-zA-Z0-9./-]+:/[a-zA-Z0-9./-]+(:ro)?$")),
    },
)

NETWORK = thing(
    {},
    {
        "internal": YES,
        "ipam": thing({"config": many(thing({"subnet": TEXT, "gateway": TEXT}))}),
    },
)

COMPOSE: Schema = {
    **thing(
        {"name": TEXT, "services": named(SERVICE), "networks": named(NETWORK)},
        {"volumes": named(thing({})), "secrets": named(thing({"file": matching(r"^\./")}))},
    ),
    "patternProperties": {"^x-": {}},
}
