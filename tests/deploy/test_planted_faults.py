"""Each rule about containers notices when it is broken: faults planted one by one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from . import dockerfile
from .files import IMAGE, OBJECTS, SCALE, SMALL
from .rules import compose_faults, kubernetes_faults

Change = Callable[[Any], None]


def put(value: Any, *path: str | int) -> Change:
    """Return the change that puts a value somewhere."""

    def change(found: Any) -> None:
        for step in path[:-1]:
            found = found[step]
        found[path[-1]] = value

    return change


NODE = ("services", "silkroad")
COMPOSE_FAULTS = {
    "root": (put("0:0", *NODE, "user"), "user"),
    "a named user": (put("silkroad", *NODE, "user"), "user"),
    "another user": (put("10009:10009", *NODE, "user"), "another user"),
    "a root that can be written": (put(False, *NODE, "read_only"), "read_only"),
    "privileged": (put(True, *NODE, "privileged"), "privileged"),
    "the host's network": (put("host", *NODE, "network_mode"), "network_mode"),
    "the host's processes": (put("host", *NODE, "pid"), "pid"),
    "capabilities": (put([], *NODE, "cap_drop"), "cap_drop"),
    "one more capability": (put(["SYS_ADMIN"], *NODE, "cap_add"), "cap_add"),
    "the proxy's capability": (put(["NET_BIND_SERVICE"], *NODE, "cap_add"), "has a privilege"),
    "new privileges": (put([], *NODE, "security_opt"), "security_opt"),
    "an image that changes": (put("silkroad:latest", *NODE, "image"), "changes by itself"),
    "an image without a tag": (put("silkroad", *NODE, "image"), "does not match"),
    "a file of the host": (put(["/var/run/docker.sock:/s"], *NODE, "volumes"), "unknown volumes"),
    "a port without TLS": (put(["8420:8420"], *NODE, "ports"), "without TLS"),
    "another port": (put(["127.0.0.1:80:80"], *NODE, "ports"), "another port"),
    "a programmable /tmp": (put(["/tmp"], *NODE, "tmpfs"), "does not match"),
    "a misspelt setting": (put("x", *NODE, "environment", "SILKROAD_BASE_ULR"), "no such setting"),
    "a secret in the open": (
        put("postgresql://me:pw@db/s", *NODE, "environment", "SILKROAD_DATABASE_URL"),
        "a secret in the open",
    ),
    "somebody else's word": (
        put("172.30.84.9", *NODE, "environment", "SILKROAD_TRUSTED_PROXIES"),
        "is not the proxy",
    ),
    "a misspelt key": (put("always", *NODE, "restrat"), "restrat"),
    "an unknown network": (put(["elsewhere"], *NODE, "networks"), "unknown networks"),
}


@pytest.mark.parametrize(("change", "fault"), COMPOSE_FAULTS.values(), ids=COMPOSE_FAULTS)
def test_a_planted_fault_in_a_compose_file_is_found(change: Change, fault: str) -> None:
    changed = copy.deepcopy(SMALL)
    change(changed)
    assert any(fault in found for found in compose_faults(changed, IMAGE))


def test_an_engine_that_is_opened_to_the_outside_is_found() -> None:
    changed = copy.deepcopy(SCALE)
    changed["services"]["database"]["ports"] = ["127.0.0.1:5432:5432"]
    assert "database: an engine that is reached from outside" in compose_faults(changed, IMAGE)
    changed["services"]["database"] |= {"ports": [], "environment": {"POSTGRES_PASSWORD": "x"}}
    assert "database: a secret in the open: POSTGRES_PASSWORD" in compose_faults(changed, IMAGE)


POD = ("Deployment", "spec", "template", "spec")
CONTAINER = (*POD, "containers", 0)
KUBERNETES_FAULTS = {
    "root": (put(False, *POD, "securityContext", "runAsNonRoot"), "runAsNonRoot"),
    "user 0": (put(0, *POD, "securityContext", "runAsUser"), "minimum"),
    "another user": (put(10009, *POD, "securityContext", "runAsUser"), "another user"),
    "any system call": (
        put("Unconfined", *POD, "securityContext", "seccompProfile", "type"),
        "Unconfined",
    ),
    "a root that can be written": (
        put(False, *CONTAINER, "securityContext", "readOnlyRootFilesystem"),
        "readOnlyRootFilesystem",
    ),
    "privileged": (put(True, *CONTAINER, "securityContext", "privileged"), "privileged"),
    "more privileges": (
        put(True, *CONTAINER, "securityContext", "allowPrivilegeEscalation"),
        "allowPrivilegeEscalation",
    ),
    "capabilities": (
        put(["NET_RAW"], *CONTAINER, "securityContext", "capabilities", "drop"),
        "['ALL'] was expected",
    ),
    "the host's network": (put(True, *POD, "hostNetwork"), "hostNetwork"),
    "the host's files": (put({"name": "x", "hostPath": {"path": "/"}}, *POD, "volumes", 0), "x"),
    "the cluster's token": (put(True, *POD, "automountServiceAccountToken"), "automount"),
    "variables of services": (put(True, *POD, "enableServiceLinks"), "enableServiceLinks"),
    "no limit": (put({}, *CONTAINER, "resources"), "resources"),
    "another image": (put("other:1.0", *CONTAINER, "image"), "another image"),
    "an image without a tag": (put("silkroad", *CONTAINER, "image"), "does not match"),
    "a secret in the open": (
        put({"name": "SILKROAD_BUS_URL", "value": "nats://n"}, *CONTAINER, "env", 0),
        "a secret in the open",
    ),
    "a misspelt setting": (
        put({"name": "SILKROAD_BUS_ULR", "value": "x"}, *CONTAINER, "env", 1),
        "no such setting",
    ),
    "the owner's password": (
        put(
            {
                "name": "SILKROAD_DATABASE_OWNER_URL",
                "valueFrom": {"secretKeyRef": {"name": "silkroad-owner", "key": "url"}},
            },
            *CONTAINER, "env", 1,
        ),
        "only serves",
    ),
    "ready when only alive": (
        put("/healthz", *CONTAINER, "readinessProbe", "httpGet", "path"),
        "its health",
    ),
    "a volume that is not there": (
        put("nowhere", *CONTAINER, "volumeMounts", 0, "name"),
        "unknown volumes",
    ),
    "a budget for others": (
        put({"x": "y"}, "PodDisruptionBudget", "spec", "selector", "matchLabels"),
        "other pods",
    ),
    "another address": (put("x.example", "Ingress", "spec", "rules", 0, "host"), "another address"),
    "no TLS": (put([], "Ingress", "spec", "tls"), "tls"),
    "an open namespace": (put({"x": "y"}, "Namespace", "metadata", "labels"), "not confined"),
    "a misspelt key": (put(1, "Deployment", "spec", "replica"), "replica"),
    "a service to the outside": (put("NodePort", "Service", "spec", "type"), "type"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), KUBERNETES_FAULTS.values(), ids=KUBERNETES_FAULTS)
def test_a_planted_fault_in_a_manifest_is_found(change: Change, fault: str) -> None:
    changed = copy.deepcopy(OBJECTS)
    change({thing["kind"]: thing for thing in reversed(changed)})
    assert any(fault in found for found in kubernetes_faults(changed, IMAGE))


def test_a_network_that_is_open_before_holes_are_made_is_found() -> None:
    changed = [thing for thing in OBJECTS if thing["metadata"]["name"] != "nothing"]
    assert "not everything is closed before holes are made" in kubernetes_faults(changed, IMAGE)


def test_an_unknown_kind_is_found() -> None:
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole"}
    assert any("not one of ours" in found for found in kubernetes_faults([*OBJECTS, role], IMAGE))


IMAGE_FAULTS = {
    "root": ("USER 10001:10001\n", "", "numbered user"),
    "a named user": ("USER 10001:10001", "USER silkroad", "numbered user"),
    "root in the end": ("WORKDIR /data", "USER 0:0\nWORKDIR /data", "numbered user"),
    "a base that changes": ("=python:3.11-slim-bookworm\n", "=python:latest\n", "not pinned"),
    "a base without a tag": ("=node:20-bookworm-slim\n", "=node\n", "not pinned"),
    "a base of somebody else": ("FROM ${NODE}", "FROM evil:1", "not named above"),
    "packages without hashes": (', "--require-hashes"', "", "without hashes: pip"),
    "scripts of packages": (', "--ignore-scripts"', "", "its own scripts"),
    "an address": ("COPY web ./", "ADD https://x.example/y /", "ADD fetches"),
    "a download": ('["npm", "run", "build"]', '["curl", "x"]', "a download"),
    "a shell": ('["npm", "run", "build"]', "npm run build", "left to a shell"),
    "a hidden shell": ('["npm", "run", "build"]', '["sh", "-c", "x"]', "a shell"),
    "packages of the system": ('["npm", "run", "build"]', '["apt-get", "x"]', "apt-get"),
    "a secret": ("WORKDIR /data", "ENV API_TOKEN=x\nWORKDIR /data", "baked in"),
    "another signal": ("STOPSIGNAL SIGTERM\n", "", "SIGTERM"),
    "no health": ("/healthz", "/", "health"),
    "another port": ("EXPOSE 8420", "EXPOSE 80", "port"),
    "another volume": ("VOLUME /data", "VOLUME /", "/data is kept"),
    "a build in the end": ("WORKDIR /data", 'RUN ["true"]\nWORKDIR /data', "builds something"),
}  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "fault"), IMAGE_FAULTS.values(), ids=IMAGE_FAULTS)
def test_a_planted_fault_in_the_image_is_found(good: str, bad: str, fault: str) -> None:
    assert good in IMAGE
    assert any(fault in found for found in dockerfile.faults(IMAGE.replace(good, bad)))
