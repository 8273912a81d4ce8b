"""Reading a Dockerfile, and what is wrong with one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple


class Step(NamedTuple):
    """One instruction: ``RUN`` and what follows it."""

    word: str
    rest: str

    @property
    def command(self) -> list[str]:
        """The program and its arguments; [] when it is left to a shell to find them."""
        form = self.rest[self.rest.find("[") :] if "[" in self.rest else ""
        try:
            return [str(part) for part in json.loads(form)]
        except json.JSONDecodeError:
            return []


def steps(text: str) -> list[Step]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [Step(*line.split(" ", 1)) for line in lines]


def stages(text: str) -> list[list[Step]]:
    """Return the steps of each stage; what stands before the first FROM is a stage of its own."""
    found: list[list[Step]] = [[]]
    for step in steps(text):
        if step.word == "FROM":
            found.append([])
        found[-1].append(step)
    return found


def environment(stage: list[Step]) -> dict[str, str]:
    pairs = [pair for step in stage if step.word == "ENV" for pair in step.rest.split()]
    return dict(pair.split("=", 1) for pair in pairs)


def only(stage: list[Step], word: str) -> str:
    """Return what follows the one instruction with this word, or nothing."""
    found = [step.rest for step in stage if step.word == word]
    return found[0] if len(found) == 1 else ""


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with a Dockerfile."""
    head, *built = stages(text)
    bases = dict(step.rest.split("=", 1) for step in head if step.word == "ARG")
    for name, image in bases.items():
        if ":" not in image or image.endswith(":latest"):
            yield f"{name} is not pinned"
    for stage in built:
        if stage[0].rest.split()[0].strip("${}") not in bases:
            yield f"a base is not named above: {stage[0].rest}"
        yield from (fault for step in stage for fault in _step(step))
    yield from _last(built[-1])


def _step(step: Step) -> Iterator[str]:
    if step.word == "ADD":
        yield "ADD fetches and unpacks: use COPY"
    if step.word in {"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"}:
        if not step.command:
            yield f"{step.word} is left to a shell"
        yield from _run(step.command)
    if re.search(r"(?i)(password|secret|token|api_key)\w*=", step.rest):
        yield "a secret is baked in"


def _run(command: list[str]) -> Iterator[str]:
    if {"curl", "wget", "sh", "bash", "/bin/sh"} & set(command):
        yield "a shell or a download at build time"
    if command[:1] == ["apt-get"]:
        yield "packages without hashes: apt-get"
    if command[:1] == ["npm"] and command[1:2] != ["run"] and command[1:2] != ["ci"]:
        yield "packages without hashes: npm"
    if command[:2] == ["npm", "ci"] and "--ignore-scripts" not in command:
        yield "a package may run its own scripts"
    fetches = "pip" in command and {"install", "wheel", "download"} & set(command)
    if fetches and not {"--require-hashes", "--no-index"} & set(command):
        yield "packages without hashes: pip"


def _last(stage: list[Step]) -> Iterator[str]:
    if not re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", only(stage, "USER")):
        yield "the last stage does not end as a numbered user"
    if any(step.word == "RUN" for step in stage):
        yield "the last stage builds something"
    if only(stage, "STOPSIGNAL") != "SIGTERM":
        yield "it is not stopped by SIGTERM"
    if "/healthz" not in only(stage, "HEALTHCHECK"):
        yield "its health is not asked for"
    if only(stage, "VOLUME") != "/data":
        yield "something else than /data is kept"
    listening = environment(stage)
    if only(stage, "EXPOSE") != listening.get("SILKROAD_PORT"):
        yield "the port that is exposed is not the one it listens on"


def parsed(text: str) -> dict[str, Any]:
    """Return what other files have to agree with."""
    last = stages(text)[-1]
    return {"user": only(last, "USER"), "port": only(last, "EXPOSE"), "env": environment(last)}
