"""What has to hold between the files that put Silkroad into containers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from silkroad.settings import PREFIX, Settings

from . import dockerfile
from .compose_schema import COMPOSE
from .kubernetes_schema import SPECS, schema_of
from .schema import Schema

Yaml = Any
OURS = "silkroad:"
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.__struct_fields__}
OWNERS = "SILKROAD_DATABASE_OWNER_URL"
SECRET = re.compile(r"(?i)password|secret|token|_KEY$|(?<!BASE)_URL$|://[^/]*@")


def compose_faults(compose: Yaml, image: str) -> Iterator[str]:
    """Yield what is wrong with a compose file, beside the Dockerfile ``image``."""
    yield from unlike(compose, COMPOSE)
    known = dockerfile.parsed(image)
    for name, service in compose["services"].items():
        yield from _service(name, service, compose)
        if service["image"].startswith(OURS):
            if service["user"] != known["user"]:
                yield f"{name}: another user than the image's"
            if any(port.split(":")[-1] != known["port"] for port in service.get("ports", [])):
                yield f"{name}: another port than the image's"
    yield from _trust(compose)


def _service(name: str, service: Yaml, compose: Yaml) -> Iterator[str]:
    if service["image"].endswith(":latest"):
        yield f"{name}: an image that changes by itself"
    for kind in ("networks", "secrets"):
        if missing := set(service.get(kind, [])) - set(compose.get(kind, {})):
            yield f"{name}: unknown {kind} {missing}"
    named = {v.partition(":")[0] for v in service.get("volumes", []) if not v.startswith(".")}
    if missing := named - set(compose.get("volumes", {})):
        yield f"{name}: unknown volumes {missing}"
    yield from _variables(name, service.get("environment", {}))
    inside = all(
        compose["networks"].get(network, {}).get("internal") for network in service["networks"]
    )
    if inside and service.get("ports"):
        yield f"{name}: an engine that is reached from outside"
    for port in service.get("ports", []):
        if not (port.startswith("127.0.0.1:") or name == "proxy"):
            yield f"{name}: reached without TLS"
    if service.get("cap_add") and name != "proxy":
        yield f"{name}: has a privilege"


def _variables(place: str, variables: dict[str, str]) -> Iterator[str]:
    for name, value in variables.items():
        if name.startswith(PREFIX) and name not in KNOWN:
            yield f"{place}: no such setting: {name}"
        by_file = name.endswith("_FILE")
        if not by_file and (SECRET.search(name) or SECRET.search(value)):
            yield f"{place}: a secret in the open: {name}"


def _trust(compose: Yaml) -> Iterator[str]:
    """Nodes believe their own proxy and nobody else."""
    addresses = [config["gateway"] for config in _address_plans(compose)]
    for service in compose["services"].values():
        if isinstance(service["networks"], dict):
            addresses += [place["ipv4_address"] for place in service["networks"].values()]
    for name, service in compose["services"].items():
        trusted = service.get("environment", {}).get("SILKROAD_TRUSTED_PROXIES")
        if trusted and trusted not in addresses:
            yield f"{name}: trusts {trusted}, which is not the proxy"


def _address_plans(compose: Yaml) -> Iterator[dict[str, str]]:
    for network in compose["networks"].values():
        yield from network.get("ipam", {}).get("config", [])


def kubernetes_faults(objects: list[Yaml], image: str) -> Iterator[str]:
    """Yield what is wrong with the manifests, beside the Dockerfile ``image``."""
    for thing in objects:
        kind = f"{thing['apiVersion']} {thing['kind']}"
        if kind not in {*SPECS, "v1 Namespace", "v1 ServiceAccount"}:
            yield f"{kind}: not one of ours"
        else:
            yield from unlike(thing, schema_of(kind))
    for owner in of_kind(objects, "Deployment", "Job"):
        yield from _pod(owner["metadata"]["name"], owner["spec"]["template"]["spec"], image)
    for deployment in of_kind(objects, "Deployment"):
        yield from _deployment(deployment, objects)
    yield from _namespace(objects)


def _pod(name: str, pod: Yaml, image: str) -> Iterator[str]:
    known = dockerfile.parsed(image)
    user = f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}"
    if user != known["user"]:
        yield f"{name}: another user than the image's"
    volumes = {volume["name"] for volume in pod["volumes"]}
    for container in [*pod.get("initContainers", []), *pod["containers"]]:
        if not container["image"].startswith(OURS):
            yield f"{name}: another image than ours"
        if missing := {mount["name"] for mount in container["volumeMounts"]} - volumes:
            yield f"{name}: unknown volumes {missing}"
        variables = {v["name"]: v["value"] for v in container.get("env", []) if "value" in v}
        yield from _variables(name, variables)
        referred = {v["name"]: "" for v in container.get("env", []) if "valueFrom" in v}
        if unknown := referred.keys() - KNOWN:
            yield f"{name}: no such setting: {unknown}"
        if OWNERS in referred and container.get("args") != ["migrate"]:
            yield f"{name}: holds the owner's password and only serves"


def _deployment(deployment: Yaml, objects: list[Yaml]) -> Iterator[str]:
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    probes = {kind: container.get(f"{kind}Probe") for kind in ("startup", "liveness", "readiness")}
    asked = {kind: probe["httpGet"]["path"] for kind, probe in probes.items() if probe}
    if asked != {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}:
        yield f"its health is asked for at {asked}"
    selectors = [deployment["spec"]["selector"]["matchLabels"]]
    selectors += [s["spec"]["selector"] for s in of_kind(objects, "Service")]
    selectors += [
        b["spec"]["selector"]["matchLabels"] for b in of_kind(objects, "PodDisruptionBudget")
    ]
    if len(selectors) != len(("deployment", "service", "budget")):
        yield "service or disruption budget is missing"
    if any(selector != labels for selector in selectors):
        yield "something selects other pods than the nodes"
    base = {v["name"]: v.get("value") for v in container["env"]}.get("SILKROAD_BASE_URL")
    hosts = [rule["host"] for i in of_kind(objects, "Ingress") for rule in i["spec"]["rules"]]
    if [f"https://{host}" for host in hosts] != [base]:
        yield "the ingress has another address than the nodes"


def _namespace(objects: list[Yaml]) -> Iterator[str]:
    (namespace,) = of_kind(objects, "Namespace")
    enforced = namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce")
    if enforced != "restricted":
        yield "the namespace takes what is not confined"
    nothing = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    if nothing not in [policy["spec"] for policy in of_kind(objects, "NetworkPolicy")]:
        yield "not everything is closed before holes are made"


def of_kind(objects: list[Yaml], *kinds: str) -> list[Yaml]:
    return [thing for thing in objects if thing["kind"] in kinds]


def ports_of(objects: list[Yaml]) -> set[int]:
    """Return the ports that pods listen on."""
    pods = [owner["spec"]["template"]["spec"] for owner in of_kind(objects, "Deployment", "Job")]
    return {
        port["containerPort"]
        for pod in pods
        for container in pod["containers"]
        for port in container.get("ports", [])
    }


def unlike(found: Yaml, schema: Schema) -> Iterator[str]:
    """Yield where something differs from its schema."""
    for error in Draft202012Validator(schema).iter_errors(found):
        yield f"{error.json_path}: {error.message}"
