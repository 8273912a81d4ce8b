"""Containers: what can be known of them without running one. That they run is not proven here."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import ROOT

from . import dockerfile
from .files import IMAGE, OBJECTS, SCALE, SMALL
from .rules import KNOWN, Yaml, compose_faults, kubernetes_faults, of_kind, ports_of


def test_the_image_keeps_its_rules() -> None:
    assert list(dockerfile.faults(IMAGE)) == []


@pytest.mark.parametrize("compose", [SMALL, SCALE], ids=["small", "scale"])
def test_the_compose_files_keep_their_rules(compose: Yaml) -> None:
    assert list(compose_faults(compose, IMAGE)) == []


def test_the_manifests_keep_their_rules() -> None:
    assert list(kubernetes_faults(OBJECTS, IMAGE)) == []


def test_the_small_installation_is_one_container_and_one_volume() -> None:
    assert (len(SMALL["services"]), len(SMALL["volumes"])) == (1, 1)


def test_all_of_them_run_the_same_image_and_listen_where_it_listens() -> None:
    ours = {
        service["image"]
        for compose in (SMALL, SCALE)
        for service in compose["services"].values()
        if service["image"].startswith("silkroad:")
    }
    pods = [owner["spec"]["template"]["spec"] for owner in of_kind(OBJECTS, "Deployment", "Job")]
    ours |= {container["image"] for pod in pods for container in pod["containers"]}
    assert len(ours) == 1
    port = dockerfile.parsed(IMAGE)["port"]
    caddy = (ROOT / "deploy" / "scale" / "Caddyfile").read_text()
    assert re.findall(r"dynamic a node (\d+)", caddy) == [port]
    assert int(port) in ports_of(OBJECTS)
    holes = [
        hole["port"]
        for policy in of_kind(OBJECTS, "NetworkPolicy")
        for way in policy["spec"].get("ingress", [])
        for hole in way["ports"]
    ]
    assert set(holes) == ports_of(OBJECTS), "nothing else can be knocked at"


def test_the_image_is_made_of_what_is_let_in() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = {
        source
        for stage in dockerfile.stages(IMAGE)
        for step in stage
        if step.word == "COPY" and "--from" not in step.rest
        for source in step.rest.split()[:-1]
    }
    assert {"web" if source.startswith("web/") else source for source in copied} == allowed
    assert [source for source in copied if not (ROOT / source).exists()] == []


def test_the_examples_name_settings_that_exist_and_hold_no_password() -> None:
    examples = sorted((ROOT / "deploy" / "scale").glob("*.example"))
    assert {f"./deploy/scale/secrets/{path.stem}" for path in examples} <= secret_files()
    for path in examples:
        text = path.read_text()
        assert set(re.findall(r"\bSILKROAD_\w+", text)) <= KNOWN
        secrets = re.findall(
            r":([^:@/\s]+)@|(?:password: |SECRET_ACCESS_KEY=|\"secretKey\": \")(\w+)", text
        )
        assert {a or b for a, b in secrets} == {"PASSWORD"}, path.name


def secret_files() -> set[str]:
    files = {entry["file"] for entry in SCALE["secrets"].values()}
    return files | {file for s in SCALE["services"].values() for file in s.get("env_file", [])}


def test_no_secret_and_no_state_can_be_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    kept = {"/deploy/scale/secrets/", "/deploy/scale/state/"}
    assert kept <= set(ignored)
    for service in SCALE["services"].values():
        mounts = [v.partition(":")[0] for v in service.get("volumes", []) if not v.endswith(":ro")]
        assert all(mount.startswith("./deploy/scale/state/") for mount in mounts)
    assert all(file.startswith("./deploy/scale/secrets/") for file in secret_files())
